"""Clocks: by when a ticket is answered next. Keeps `ticket.due_at` and `due_kind`; records nothing of its own.

Time is open time: a calendar says when the company is open, a policy how much of it an answer may take. The promise
stands still while it is not our turn (waiting for the customer, on hold, solved).
"""
