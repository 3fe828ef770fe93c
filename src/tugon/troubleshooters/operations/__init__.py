"""The only writers of troubleshooters and walks."""

from .drawing import change, create, import_draft, redo, save_draft, undo
from .publishing import archive, publish, restore, roll_back, unpublish
from .walking import answer, attach, begin, join, mark_left

__all__ = [
    "answer",
    "archive",
    "attach",
    "begin",
    "change",
    "create",
    "import_draft",
    "join",
    "mark_left",
    "publish",
    "redo",
    "restore",
    "roll_back",
    "save_draft",
    "undo",
    "unpublish",
]
