"""Everything that comes in: the raw payload is stored and committed first, then understood in named steps.

Invariant: received = ticketed + ignored (with the reason) + quarantined + waiting. Nothing is acknowledged to a server
before its bytes are committed, nothing is understood twice, and what cannot be understood is kept where an
administrator reads, retries or releases it. Records the facts of `events.py`; see docs/reference/intake.md.
"""
