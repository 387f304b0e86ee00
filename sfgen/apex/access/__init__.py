"""Access: permissions, sharing, and what source files grant."""
