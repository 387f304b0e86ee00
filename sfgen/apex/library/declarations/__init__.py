"""How a platform class declares its members, and which names the platform has."""
