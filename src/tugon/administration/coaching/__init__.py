"""Administration › Reply coach: what it looks for, for whom, its word lists, and how agents take it."""
