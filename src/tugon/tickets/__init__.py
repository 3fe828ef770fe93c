"""Tickets: a customer's problem, its messages, and what was done about it.

A ticket belongs to one customer, is owned by a team and perhaps an agent, and has one state whose category every part
of Tugon understands: new · open · waiting for customer · on hold · solved · closed. Only `operations` writes; every
change is a fact on the timeline. What a customer sent is never edited; redaction leaves its trace.
Records the facts of `events.py`.
"""
