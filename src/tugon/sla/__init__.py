"""Promises: by when a ticket is answered and solved. One clock per promise; the soonest stands on the ticket.

Time is open time or wall time: a calendar says when the company is open, a policy how much of it an answer may take.
A clock stands still while it is not our turn (waiting for the customer, on hold, solved), and is never set back.
`calendars`, `targets` and `reckoning` are pure; `keeping` is the one writer of clocks; `clocks.of(ticket)` reads them.
"""
