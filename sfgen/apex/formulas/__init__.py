"""Formulas of fields and validation rules."""
