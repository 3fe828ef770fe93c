"""The only writers of tickets. One verb per function; each is one transaction and one fact."""

from .assigning import assign, follow, transfer, unfollow
from .changing import change, set_fields, set_tags
from .deciding import close, confirm_solution, reject_solution, reopen, set_status, snooze, solve, wake
from .opening import NewFile, NewMessage, open_ticket
from .writing import add_incoming, add_note, reply, send_automatic, withdraw

__all__ = [
    "NewFile",
    "NewMessage",
    "add_incoming",
    "add_note",
    "assign",
    "change",
    "close",
    "confirm_solution",
    "follow",
    "open_ticket",
    "reject_solution",
    "reopen",
    "reply",
    "send_automatic",
    "set_fields",
    "set_status",
    "set_tags",
    "snooze",
    "solve",
    "transfer",
    "unfollow",
    "wake",
    "withdraw",
]
