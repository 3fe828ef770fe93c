"""A rule's definition: JSON → checked values, and back.

{"on": ["opened"], "conditions": {…}, "actions": [{"do": …}], "stop": true, "from": moment, "until": moment,
 "every": minutes, "once": "turn" | "ever" | "no"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tugon.tickets.conditions import Group, context_fields, parse, to_json
from tugon.tickets.conditions.fields import Operator
from tugon.tickets.conditions.naming import checked
from tugon.tickets.conditions.parsing import Leaf, leaves
from tugon.tickets.errors import ConditionInvalid

from .actions import Action, read_all
from .actions.model import refuse
from .actions.setting_aside import Ignore, Quarantine
from .context import BEFORE_A_TICKET
from .models import Rule
from .occasions import OCCASIONS
from .wording import pattern

EVERY = (5, 15, 60, 240, 1440)
"""Minutes between an automation's looks."""

ONCE = ("turn", "ever", "no")
"""How often an automation acts on one ticket: once until somebody writes again, once for ever, every time."""


@dataclass(frozen=True, slots=True)
class Definition:
    """on: occasions (triggers). every: minutes, once: one of ONCE (automations). starts, ends: aware; None: no
    bound."""

    kind: str
    conditions: Group
    actions: tuple[Action, ...]
    on: tuple[str, ...] = ()
    stops: bool = False
    starts: datetime | None = None
    ends: datetime | None = None
    every: int = 60
    once: str = "turn"

    def is_active(self, moment: datetime) -> bool:
        """Whether its schedule covers this moment."""
        return (self.starts is None or self.starts <= moment) and (self.ends is None or moment < self.ends)


def read(given: Mapping[str, Any] | None, *, kind: str) -> Definition:
    """Check a definition by its form. No query where it names rows by id. Raises RuleInvalid, ConditionInvalid."""
    if not isinstance(given, Mapping):
        refuse(_("it is empty"))
    conditions = _conditions(given.get("conditions") or {}, kind)
    actions = read_all(given.get("actions"), kind=kind)
    _require_sense(kind, conditions, actions)
    starts, ends = _moment(given.get("from")), _moment(given.get("until"))
    if starts and ends and ends <= starts:
        refuse(_("it ends before it begins"))
    definition = Definition(
        kind, conditions, actions, stops=bool(given.get("stop")), starts=starts, ends=ends
    )
    if kind == Rule.Kind.TRIGGER:
        return replace(definition, on=_occasions(given.get("on")))
    if kind == Rule.Kind.AUTOMATION:
        return replace(
            definition, every=_every(given.get("every", 60)), once=_once(given.get("once", "turn"))
        )
    return definition


def write(definition: Definition) -> dict[str, Any]:
    """As it is kept."""
    found: dict[str, Any] = {
        "conditions": to_json(definition.conditions),
        "actions": [one.written() for one in definition.actions],
    }
    if definition.kind == Rule.Kind.TRIGGER:
        found["on"] = list(definition.on)
    if definition.kind == Rule.Kind.AUTOMATION:
        found |= {"every": definition.every, "once": definition.once}
    if definition.stops:
        found["stop"] = True
    for name, moment in (("from", definition.starts), ("until", definition.ends)):
        if moment is not None:
            found[name] = moment.isoformat()
    return found


def verified(given: Mapping[str, Any] | None, *, kind: str) -> Definition:
    """As `read`, and names, fields and rows must exist. A few queries. Raises RuleInvalid, ConditionInvalid."""
    definition = read(given, kind=kind)
    tree = checked((given or {}).get("conditions") or {}, context=context_fields())
    return replace(definition, conditions=tree)


def _conditions(given: Any, kind: str) -> Group:
    tree = parse(given, context=context_fields())
    for leaf in leaves(tree):
        if leaf.operator is Operator.MATCHES:
            _require_pattern(leaf)
        if kind == Rule.Kind.FILTER and leaf.field not in BEFORE_A_TICKET:
            refuse(_("“{field}” is not known before a ticket exists").format(field=leaf.field))
    return tree


def _require_pattern(leaf: Leaf) -> None:
    try:
        pattern(str(leaf.value))
    except ValueError as error:
        raise ConditionInvalid(reason=str(error)) from error


def _require_sense(kind: str, conditions: Group, actions: tuple[Action, ...]) -> None:
    """What would be done to everything is nearly always a slip."""
    empty = not any(True for _leaf in leaves(conditions))
    if empty and kind in (Rule.Kind.AUTOMATION, Rule.Kind.FILTER):
        refuse(_("say for which it is: without a condition it would be for all"))
    set_aside = [one for one in actions if isinstance(one, Ignore | Quarantine)]
    if set_aside and len(actions) > 1:
        refuse(_("what is ignored or kept aside becomes no ticket, so nothing else can be done to it"))


def _occasions(given: Any) -> tuple[str, ...]:
    names = given if isinstance(given, list | tuple) else []
    if not names:
        refuse(_("say when it begins"))
    for name in names:
        if name not in OCCASIONS:
            refuse(_("“{name}” is nothing that can begin a rule").format(name=str(name)[:40]))
    return tuple(dict.fromkeys(str(name) for name in names))


def _every(given: Any) -> int:
    if not str(given).isdecimal() or not 5 <= int(given) <= 10_080:
        refuse(_("it looks every five minutes at most, and every week at least"))
    return int(given)


def _once(given: Any) -> str:
    if given not in ONCE:
        refuse(_("say how often it acts on one ticket"))
    return str(given)


def _moment(given: Any) -> datetime | None:
    if given in (None, ""):
        return None
    moment = given if isinstance(given, datetime) else parse_datetime(str(given))
    if moment is None or moment.tzinfo is None:
        refuse(_("give moments with their time zone"))
    return moment
