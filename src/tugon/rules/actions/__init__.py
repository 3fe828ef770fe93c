"""What rules can do. One class per action; each calls one operation of a lower package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .giving import Escalate, Follow, GiveAgent, GiveTeam, Link, ShareOut
from .model import Action, Doing, Left, Names, refuse
from .setting import ChangeTags, MarkSpam, SetField, SetProperty, SetStatus, Snooze, StaySolved
from .setting_aside import Ignore, Quarantine
from .telling import Alert, InsertText, Reply, Webhook, WriteNote

__all__ = ["ACTIONS", "Action", "Doing", "Left", "Names", "offered", "read_all"]

ACTIONS: Mapping[str, type[Action]] = {
    one.do: one
    for one in (
        SetProperty,
        SetField,
        ChangeTags,
        SetStatus,
        GiveTeam,
        GiveAgent,
        ShareOut,
        Follow,
        Alert,
        Reply,
        WriteNote,
        InsertText,
        Link,
        Escalate,
        Snooze,
        StaySolved,
        MarkSpam,
        Webhook,
        Ignore,
        Quarantine,
    )
}
MOST = 20


def offered(kind: str) -> list[type[Action]]:
    """What a rule of this kind can do, in the order of the editor."""
    return [one for one in ACTIONS.values() if kind in one.kinds]


def read_all(given: Any, *, kind: str) -> tuple[Action, ...]:
    """The actions of a definition. Raises RuleInvalid, whose words name the place."""
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        refuse(_("say what it does"))
    if len(given) > MOST:
        refuse(_("a rule does at most {number} things").format(number=MOST))
    return tuple(_read(one, number, kind) for number, one in enumerate(given, 1))


def _read(given: Any, number: int, kind: str) -> Action:
    from ..errors import RuleInvalid

    action = ACTIONS.get(str(given.get("do"))) if isinstance(given, Mapping) else None
    if action is None or kind not in action.kinds:
        refuse(_("action {number}: this kind of rule cannot do that").format(number=number))
    try:
        return action.read(given)
    except RuleInvalid as error:
        refuse(_("action {number}: {reason}").format(number=number, reason=error.values["reason"]))
