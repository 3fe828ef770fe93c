"""Telling agents: in the console at once, by e-mail a little later if they have not looked, never in quiet hours.

Who is told of which fact is decided by pure functions in `deciding.py`; nobody is told of what they did themselves.
"""
