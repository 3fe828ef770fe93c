"""Between the editor's form and a definition's actions.

The form has rows `a-<n>-do` and, by what is done, `a-<n>-<name>` (several values repeat the name).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http import QueryDict

from tugon.rules.actions import ACTIONS

MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as the editor shows it; given may be incomplete. name: what its inputs' names begin with."""

    number: int
    do: str
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"a-{self.number}"


def rows_of(actions: Iterable[Mapping[str, Any]]) -> list[ActionRow]:
    """The rows of stored actions; what this version does not know is left out."""
    return [
        ActionRow(number, one["do"], one) for number, one in enumerate(actions) if one.get("do") in ACTIONS
    ]


def rows_sent(data: QueryDict, kind: str) -> list[ActionRow]:
    """The rows as the form sent them, moved and removed as its buttons say."""
    numbers = sorted({int(match[1]) for name in data if (match := re.fullmatch(r"a-(\d{1,3})-do", name))})
    found = []
    for number in numbers[:MOST_ROWS]:
        do = data.get(f"a-{number}-do", "")
        if data.get("remove-action") == str(number) or do not in ACTIONS or kind not in ACTIONS[do].kinds:
            continue
        ask = partial(_sent, data, number)
        found.append({"do": do, **_READERS.get(do, _nothing)(ask)})
    up = data.get("action-up", "")
    if up.isdecimal() and 0 < int(up) < len(found):
        at = int(up)
        found[at - 1], found[at] = found[at], found[at - 1]
    return rows_of(found)


def _sent(data: QueryDict, number: int, name: str) -> list[str]:
    return [str(one) for one in data.getlist(f"a-{number}-{name}")]


def definition_of(rows: Iterable[ActionRow]) -> list[dict[str, Any]]:
    """The actions of a definition; whether they can be done is for `definitions` to say."""
    return [{**row.given, "do": row.do} for row in rows]


Ask = Callable[[str], list[str]]


def _one(ask: Ask, name: str) -> str:
    return (ask(name) or [""])[0].strip()


def _nothing(_ask: Ask) -> dict[str, Any]:
    return {}


def _set(ask: Ask) -> dict[str, Any]:
    name, value = _one(ask, "field") or "priority", _one(ask, "value")
    found: dict[str, Any] = {"field": name, "value": value, "why": _one(ask, "why")}
    if name in ("priority", "severity"):
        found["value"] = int(value) if value.isdecimal() else value
    if ask("at_least"):
        found["at_least"] = True
    return found


def _custom(ask: Ask) -> dict[str, Any]:
    value: Any = ask("value")
    return {"key": _one(ask, "key"), "value": value if len(value) > 1 else _one(ask, "value")}


def _status(ask: Ask) -> dict[str, Any]:
    kind, _colon, value = _one(ask, "to").partition(":")
    return {"state": int(value)} if kind == "state" and value.isdecimal() else {"status": value or kind}


def _texts(ask: Ask) -> dict[str, str]:
    return {language: words for language in ("en", "fil") if (words := _one(ask, f"texts-{language}"))}


def _number_or_name(value: str) -> int | str:
    return int(value) if value.isdecimal() else value


def _reply(ask: Ask) -> dict[str, Any]:
    found: dict[str, Any] = {"template": _one(ask, "template"), "texts": _texts(ask)}
    return found | ({"acknowledges": True} if ask("acknowledges") else {})


def _length(ask: Ask) -> dict[str, Any]:
    return {"length": f"{_one(ask, 'count') or '1'} {_one(ask, 'unit') or 'days'}"}


_READERS: Mapping[str, Callable[[Ask], dict[str, Any]]] = {
    "set": _set,
    "field": _custom,
    "tags": lambda ask: {"add": _one(ask, "add"), "remove": _one(ask, "remove")},
    "status": _status,
    "team": lambda ask: {"team": _number_or_name(_one(ask, "team"))},
    "agent": lambda ask: {"agent": _number_or_name(_one(ask, "agent"))},
    "route": lambda ask: {"strategy": _one(ask, "strategy")},
    "follow": lambda ask: {"agents": ask("agents")},
    "notify": lambda ask: {"who": ask("who"), "agents": ask("agents")},
    "reply": _reply,
    "note": lambda ask: {"text": _one(ask, "text")},
    "text": lambda ask: {"texts": _texts(ask)},
    "link": lambda ask: {
        "number": _one(ask, "number").removeprefix("#"),
        "kind": _one(ask, "kind") or "related",
    },
    "escalate": lambda ask: {"level": _one(ask, "level"), "reason": _one(ask, "reason")},
    "snooze": _length,
    "webhook": lambda ask: {"address": _one(ask, "address")},
    "ignore": lambda ask: {"reason": _one(ask, "reason")},
    "quarantine": lambda ask: {"reason": _one(ask, "reason")},
}
