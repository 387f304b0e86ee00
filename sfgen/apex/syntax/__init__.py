"""Apex, SOQL and SOSL source text into trees."""
