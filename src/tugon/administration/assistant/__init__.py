"""Whose service the assistant asks, for what, about whom and how often."""
