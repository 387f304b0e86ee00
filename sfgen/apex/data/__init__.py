"""Data: the schema, records, SOQL, DML with triggers, rules, settings and access."""
