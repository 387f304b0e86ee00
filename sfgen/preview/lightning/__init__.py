"""The Lightning origin: renders the app's pages and serves what components ask for."""
