"""What compiled Apex calls: arithmetic, comparisons, conversions, members, statements."""
