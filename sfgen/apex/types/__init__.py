"""Apex types, their names and their conversions."""
