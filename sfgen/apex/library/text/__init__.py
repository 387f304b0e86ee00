"""`String`, `Pattern` and `Matcher`."""
