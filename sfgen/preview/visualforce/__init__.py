"""The Visualforce origin: renders pages and answers JavaScript remoting."""
