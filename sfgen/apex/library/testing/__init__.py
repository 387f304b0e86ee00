"""`Test`, `Assert` and stubs."""
