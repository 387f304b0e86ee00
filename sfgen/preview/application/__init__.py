"""A local stand-in for the external application: OAuth login, channel authorization, texts."""
