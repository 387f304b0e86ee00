"""Results of DML and queries."""
