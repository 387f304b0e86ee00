"""The tiers of proof: each returns whether it ran, why not, and what it found."""
