"""The only writers of rules. One verb per function; each is one transaction and one fact."""

from .lists import remove_word_list, save_word_list
from .publishing import publish, roll_back, switch, switch_off_broken
from .writing import archive, change, copy, create, give_macro, reorder, save_draft

__all__ = [
    "archive",
    "change",
    "copy",
    "create",
    "give_macro",
    "publish",
    "remove_word_list",
    "reorder",
    "roll_back",
    "save_draft",
    "save_word_list",
    "switch",
    "switch_off_broken",
]
