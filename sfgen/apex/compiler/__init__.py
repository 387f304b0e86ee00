"""Apex trees into Python code: names and types resolved, positions and coverage kept."""
