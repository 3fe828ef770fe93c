"""The only writers of tickets. One verb per function; each is one transaction and one fact."""

from .assigning import assign, follow, take, transfer, unfollow
from .changing import change, set_fields, set_tags
from .deciding import close, confirm_solution, reject_solution, reopen, set_status, snooze, solve, wake
from .deleting import delete
from .drafts import discard_draft, save_draft
from .linking import link, open_children, unlink
from .merging import merge, undo_merge
from .opening import NewFile, NewMessage, open_ticket
from .participants import add_participant, confirm_participant, remove_participant
from .redacting import redact_attachment, redact_message, redact_words
from .spam import mark_spam, unmark_spam
from .splitting import split
from .states import archive_state, change_state, create_state, make_default_state, restore_state
from .views import (
    change_view,
    create_view,
    delete_view,
    keep_view_to_oneself,
    reorder_views,
    share_view,
    views_for,
)
from .writing import add_incoming, add_note, reply, send_automatic, withdraw

__all__ = [
    "NewFile",
    "NewMessage",
    "add_incoming",
    "add_note",
    "add_participant",
    "archive_state",
    "assign",
    "change",
    "change_state",
    "change_view",
    "close",
    "confirm_participant",
    "confirm_solution",
    "create_state",
    "create_view",
    "delete",
    "delete_view",
    "discard_draft",
    "follow",
    "keep_view_to_oneself",
    "link",
    "make_default_state",
    "mark_spam",
    "merge",
    "open_children",
    "open_ticket",
    "redact_attachment",
    "redact_message",
    "redact_words",
    "reject_solution",
    "remove_participant",
    "reopen",
    "reorder_views",
    "reply",
    "restore_state",
    "save_draft",
    "send_automatic",
    "set_fields",
    "set_status",
    "set_tags",
    "share_view",
    "snooze",
    "solve",
    "split",
    "take",
    "transfer",
    "undo_merge",
    "unfollow",
    "unlink",
    "unmark_spam",
    "views_for",
    "wake",
    "withdraw",
]
