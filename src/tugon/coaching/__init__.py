"""Reads a draft and remarks on clarity, empathy, accuracy and completeness. Never blocks unless a check is required.

`remarking.coach(draft, context)` and everything it calls are pure; what a company chose stands in `models`.
"""
