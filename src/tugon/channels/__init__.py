"""Ways in and out that a company has configured: a mailbox, a form, a widget, a number.

A `Channel` row names one; `email/`, `web/` … inside hold the adapters: bytes in, dataclass out, and back.
"""
