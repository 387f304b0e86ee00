"""`Dom` and XML streams."""
