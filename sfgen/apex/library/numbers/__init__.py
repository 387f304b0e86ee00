"""`Integer`, `Long`, `Double`, `Decimal`, `Math` and hash codes."""
