"""`System`, exceptions, limits, messaging and other platform services."""
