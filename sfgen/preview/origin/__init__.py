"""What the three origins share: addresses, access, security policies, static files, errors."""
