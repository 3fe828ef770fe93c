"""The only writers of the help center. One verb per function; each is one transaction and one fact."""

from .arranging import archive, change, delete, move, move_all, reorder, restore
from .attaching import attach_file, link_ticket, unlink_ticket
from .audiences import merge_audiences
from .chapters import (
    change_category,
    change_section,
    create_category,
    create_section,
    remove_category,
    remove_section,
    reorder_categories,
    reorder_sections,
)
from .creating import add_translation, create_article, remove_translation
from .naming import rename_slug
from .notices import change_notice, create_notice, end_notice
from .publishing import cancel_schedule, publish, publish_due, roll_back, schedule, unpublish
from .reviewing import approve, ask_review, decline, mark_reviewed
from .voting import resolve_vote, vote, withdraw_vote
from .writing import Saved, discard_draft, draft_from, write_draft

__all__ = [
    "Saved",
    "add_translation",
    "approve",
    "archive",
    "ask_review",
    "attach_file",
    "cancel_schedule",
    "change",
    "change_category",
    "change_notice",
    "change_section",
    "create_article",
    "create_category",
    "create_notice",
    "create_section",
    "decline",
    "delete",
    "discard_draft",
    "draft_from",
    "end_notice",
    "link_ticket",
    "mark_reviewed",
    "merge_audiences",
    "move",
    "move_all",
    "publish",
    "publish_due",
    "remove_category",
    "remove_section",
    "remove_translation",
    "rename_slug",
    "reorder",
    "reorder_categories",
    "reorder_sections",
    "resolve_vote",
    "restore",
    "roll_back",
    "schedule",
    "unlink_ticket",
    "unpublish",
    "vote",
    "withdraw_vote",
    "write_draft",
]
