"""Apex unit tests: discovery, isolation, parallel runs, results."""
