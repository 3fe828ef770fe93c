"""A letter with the form's structure fills the same fields as the form (mission A6)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tugon.customers.errors import FieldInvalid
from tugon.customers.fields import clean_value
from tugon.customers.models import CustomField

_MINE = re.compile(
    r"\b(?:my|our|own)\b.{0,20}\b(?:side|end|device|account)\b|\bmy side\b|sa (?:aking|akin|amin)\b", re.I
)
_THEIRS = re.compile(
    r"\b(?:content|creator|studio|their|seller|website|site)(?:['’]?s)?\b|gumawa|sa kanila", re.I
)
_OWN_COLUMNS = frozenset({"subject", "description", "username", "name", "email", "phone", "where"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What the answers set on a ticket: its side, typed fields, and what is kept as context."""

    side: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


def read(answers: Mapping[str, str], known: Sequence[CustomField]) -> Answers:
    """Turn labelled answers into a ticket's fields. known: the ticket's custom fields.

    What fits no field, or not its type, is kept in the context as it was written: nothing a person said is lost.
    """
    if not answers:
        return Answers()
    by_key = {one.key: one for one in known}
    fields: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for key, value in answers.items():
        if key in by_key:
            try:
                fields[key] = clean_value(by_key[key], value)
                continue
            except FieldInvalid:
                pass
        if key not in _OWN_COLUMNS or key == "phone":
            kept[key] = value[:1000]
    context: dict[str, Any] = {"answers": kept} if kept else {}
    context |= {key: answers[key][:300] for key in ("username", "where") if answers.get(key)}
    return Answers(side(answers.get("where", "")), fields, context)


def side(where: str) -> str:
    """The side a person names in words: "mine", "theirs" or nothing."""
    if _MINE.search(where[:300]):
        return "mine"
    return "theirs" if _THEIRS.search(where[:300]) else ""
