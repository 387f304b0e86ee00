"""An Apex runtime: syntax, types, library, data, testing (docs/reference/apex-runtime.md)."""
