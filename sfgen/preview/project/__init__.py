"""The previewed SFDX project as files: metadata, FlexiPages, the app and its utility bar."""
