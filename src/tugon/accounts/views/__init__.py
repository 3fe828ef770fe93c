"""Pages of signing in that allauth does not have, and an agent's own profile."""
