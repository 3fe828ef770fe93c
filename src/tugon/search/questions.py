"""Pure: what somebody typed into the search field → words to find, and conditions on fields.

`refund "blank page" -paypal status:open from:ana@example.ph #1042` asks for the words refund and "blank page" (next to
each other), not paypal, on open tickets of Ana; a number alone is a ticket's.
"""

import re
from dataclasses import dataclass
from typing import Any

FIELDS = {
    "status": "status",
    "state": "status",
    "priority": "priority",
    "type": "kind",
    "kind": "kind",
    "tag": "tags",
    "team": "team",
    "assignee": "assignee",
    "from": "from",
    "customer": "from",
    "language": "language",
    "channel": "channel",
    "audience": "audience",
    "before": "before",
    "after": "after",
    "is": "is",
    "has": "has",
    "number": "number",
    "topic": "topic",
    "area": "area",
    "mood": "mood",
    "urgency": "urgency",
}
"""What may stand before the colon, and what it means."""

_NO_FIELDS = frozenset(("re", "fw", "fwd", "aw", "wg", "sv", "vs", "http", "https", "mailto"))
"""What stands before a colon in subjects and addresses, and is never meant as a field."""

MOST_LETTERS = 500
_TOKEN = re.compile(
    r'(?P<minus>-)?(?:(?P<name>[a-z_]{2,12}):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """text: for PostgreSQL's websearch_to_tsquery. words: what to mark in results. numbers: tickets asked for.
    filters: (field, value, is_negated) in the order typed. unknown: what stood before a colon but is no field;
    it was taken as words.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    filters: tuple[tuple[str, str, bool], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.numbers or self.filters)


def understand(typed: str) -> Question:
    """Read a search line. Never fails: what is no known field is words. Only the first 500 letters count."""
    parts: list[str] = []
    words: list[str] = []
    numbers: list[int] = []
    filters: list[tuple[str, str, bool]] = []
    unknown: list[str] = []
    for match in _TOKEN.finditer(typed[:MOST_LETTERS].replace("\0", " ")):
        value = match["phrase"] if match["phrase"] is not None else (match["word"] or "")
        name, negated = (match["name"] or "").lower(), bool(match["minus"])
        if name in FIELDS and value:
            filters.append((FIELDS[name], value, negated))
            continue
        if name:
            if value and not value.startswith("//") and name not in _NO_FIELDS:
                unknown.append(name)
            value = f"{match['name']}:{value}"
        if not value.strip("-#\"' "):
            continue
        number = re.fullmatch(r"#?(\d{1,15})", value)
        if number and not negated and match["phrase"] is None:
            numbers.append(int(number[1]))
            if value.startswith("#"):
                continue
        quoted = f'"{value}"' if match["phrase"] is not None else value.replace('"', "")
        parts.append(f"-{quoted}" if negated else quoted)
        if not negated:
            words.append(value)
    filters += [("number", str(number), False) for number in numbers if not parts and f"#{number}" in typed]
    named = tuple(dict.fromkeys(unknown))
    return Question(" ".join(parts), tuple(words), tuple(numbers), tuple(filters), named)


def as_conditions(question: Question) -> dict[str, Any]:
    """The field filters in the condition language of views, `from:` and `number:` excepted. Raises nothing: values are
    checked when the conditions are compiled.
    """
    wanted: list[dict[str, Any]] = []
    unwanted: list[dict[str, Any]] = []
    for name, value, negated in question.filters:
        leaf = _leaf(name, value)
        if leaf is not None:
            (unwanted if negated else wanted).append(leaf)
    return {"all": wanted, "none": unwanted}


def _leaf(name: str, value: str) -> dict[str, Any] | None:
    match name:
        case "from" | "number":
            return None
        case "before":
            return {"field": "created_at", "is": "before", "value": value}
        case "after":
            return {"field": "created_at", "is": "after", "value": value}
        case "has":
            return {"field": "has_attachments", "is": "is", "value": True}
        case "is":
            return _IS.get(value.lower())
        case "tags":
            return {"field": "tags", "is": "any_of", "value": [value.lower()]}
        case _:
            return {"field": name, "is": "in", "value": [value.lower()]}


_IS: dict[str, dict[str, Any]] = {
    "open": {"field": "status", "is": "in", "value": ["new", "open"]},
    "active": {"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]},
    "solved": {"field": "status", "is": "in", "value": ["solved", "closed"]},
    "unassigned": {"field": "assignee", "is": "in", "value": ["nobody"]},
    "mine": {"field": "assignee", "is": "in", "value": ["me"]},
    "spam": {"field": "is_spam", "is": "is", "value": True},
}
