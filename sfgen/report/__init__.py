"""Formats results as text, JSON, JUnit, SARIF or annotations."""
