"""HTTP callouts and REST."""
