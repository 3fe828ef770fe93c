"""Sentence vectors: texts of several languages as points, near where they mean the same. Optional by design."""
