"""What the org holds before a test begins: users, settings, records of the source."""
