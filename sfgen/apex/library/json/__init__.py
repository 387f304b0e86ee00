"""`JSON` and its parser and generator."""
