"""`Schema`, sObject values and type names."""
