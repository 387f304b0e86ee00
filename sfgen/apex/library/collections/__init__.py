"""`List`, `Set`, `Map` and iterators."""
