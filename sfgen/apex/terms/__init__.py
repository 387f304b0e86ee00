"""Terms that every room above shares: access modes and the results of DML."""
