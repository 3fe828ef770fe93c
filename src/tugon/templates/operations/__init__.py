from .counting import forget_texts, refresh_outcomes
from .creating import (
    add_file,
    add_translation,
    archive,
    change,
    create_template,
    remove_file,
    restore,
)
from .folders import change_folder, create_folder, remove_folder
from .publishing import publish, roll_back, unpublish
from .reviewing import approve, ask_review, decline, mark_read
from .using import insert
from .writing import Saved, discard_draft, draft_from, write_draft

__all__ = [
    "Saved",
    "add_file",
    "add_translation",
    "approve",
    "archive",
    "ask_review",
    "change",
    "change_folder",
    "create_folder",
    "create_template",
    "decline",
    "discard_draft",
    "draft_from",
    "forget_texts",
    "insert",
    "mark_read",
    "publish",
    "refresh_outcomes",
    "remove_file",
    "remove_folder",
    "restore",
    "roll_back",
    "unpublish",
    "write_draft",
]
