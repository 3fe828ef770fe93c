"""What happened, in the past tense: timeline, audit log and domain events are one table.

A fact is a frozen dataclass registered with `@fact`; `record()` writes it as an `Event` row inside the caller's
transaction and calls who reacts (see `project/wiring.py`). Rows are never edited: they hold ids, not personal data,
so erasing a person leaves the numbers right.
"""
