"""`Date`, `Datetime`, `Time`, locales and business hours."""
