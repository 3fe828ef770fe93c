"""Prepared replies: per language and audience, reviewed and versioned; each use and its outcome is recorded."""
