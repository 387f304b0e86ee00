"""Lightning Web Security: its packages, and the form of its answers."""
