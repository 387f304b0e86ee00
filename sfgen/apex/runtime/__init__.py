"""Values, exceptions, the current transaction, and Apex compiled to Python."""
