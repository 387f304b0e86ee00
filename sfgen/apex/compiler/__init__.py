"""Checked Apex into Python code: one Python line per Apex line, coverage kept."""
