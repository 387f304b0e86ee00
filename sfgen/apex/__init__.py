"""An Apex runtime: syntax, types, runtime, library, data, testing (docs/reference/apex-runtime.md)."""
