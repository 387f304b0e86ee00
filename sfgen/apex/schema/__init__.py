"""Objects and fields: the standard ones, and those of the project's source."""
