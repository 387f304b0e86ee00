"""`Database`, approvals, lead conversion."""
