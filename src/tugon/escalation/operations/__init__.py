"""The only writers of escalation. One verb per function; each is one transaction and one fact."""

from .answering import confirm_answer, letter_failed, receive_answer, redact_letter
from .asking import ask, end_inquiry, mark_overdue, write_again
from .paging import acknowledge, call_next, page
from .raising import de_escalate, end_with, escalate

__all__ = [
    "acknowledge",
    "ask",
    "call_next",
    "confirm_answer",
    "de_escalate",
    "end_inquiry",
    "end_with",
    "escalate",
    "letter_failed",
    "mark_overdue",
    "page",
    "receive_answer",
    "redact_letter",
    "write_again",
]
