"""marchland: who holds sway where, open to the last sentence."""
