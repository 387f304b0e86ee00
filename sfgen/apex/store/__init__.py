"""Rows of the org: kept in SQLite, saved and rolled back."""
