"""SOQL and SOSL: from the syntax tree to SQL, and the rows back."""
