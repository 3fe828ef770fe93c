"""Levels a ticket may be raised to, by criteria or by hand; what raising does; who outside is asked, and what they
answer.
"""
