"""An Apex runtime: syntax, types, runtime, library, data, testing (docs/apex-runtime.md)."""
