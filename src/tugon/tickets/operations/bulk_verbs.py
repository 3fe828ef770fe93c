"""The verbs of a bulk action, one by one. An action is `{verb: value}`; all of it happens to a ticket, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.accounts.models import Agent, Team
from tugon.events.actors import Actor
from tugon.lib.clock import now

from ..errors import BulkInvalid
from ..models import Merge, State, Ticket
from ..prioritising import prioritise
from .assigning import assign, transfer
from .changing import set_tags
from .deciding import move_to, set_status, snooze, solve
from .merging import merge, undo_merge
from .spam import mark_spam, unmark_spam

LABELS: dict[str, str | Promise] = {
    "status": gettext_lazy("Status"),
    "state": gettext_lazy("State"),
    "assignee": gettext_lazy("Assignee"),
    "team": gettext_lazy("Team"),
    "priority": gettext_lazy("Priority"),
    "tags": gettext_lazy("Tags"),
    "snoozed_until": gettext_lazy("Snoozed until"),
    "spam": gettext_lazy("Spam"),
    "merged_into": gettext_lazy("Merged into another ticket"),
}
"""What an action may change about a ticket."""


def standing(ticket: Ticket) -> dict[str, Any]:
    """How the ticket stands, in JSON values, by the names of LABELS."""
    return {
        "status": ticket.status,
        "state": ticket.state_id,
        "assignee": ticket.assignee_id,
        "team": ticket.team_id,
        "priority": ticket.priority,
        "tags": list(ticket.tags),
        "snoozed_until": ticket.snoozed_until.isoformat() if ticket.snoozed_until else None,
        "spam": ticket.is_spam,
        "merged_into": ticket.merged_into_id,
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """field → (before, after), where they differ."""
    return {name: (before[name], after[name]) for name in LABELS if before[name] != after[name]}


def require_known(action: Mapping[str, Any]) -> None:
    """Raises BulkInvalid for an empty action, and for verbs there are not."""
    unknown = [name for name in action if name not in VERBS]
    if unknown or not action:
        raise BulkInvalid(reason=_("choose what to do: {verbs}.").format(verbs=", ".join(VERBS)))


def perform(ticket: Ticket, action: Mapping[str, Any], *, by: Actor) -> None:
    """Do every verb of the action to one ticket, in the order of VERBS. Raises what the operations raise."""
    for name, verb in VERBS.items():
        if name in action:
            verb(ticket, action[name], by)


def put_back(ticket: Ticket, values: Mapping[str, Any], *, by: Actor) -> None:
    """Set what an action changed to what it was before. Raises what the operations raise."""
    if "merged_into" in values and values["merged_into"] is None:
        row = Merge.objects.filter(source=ticket, undone_at=None).order_by("-pk").first()
        if row is not None:
            undo_merge(row, by=by)
        return
    if "spam" in values:
        (mark_spam if values["spam"] else unmark_spam)(ticket, by=by)
    if "team" in values:
        transfer(ticket, to=_team(values["team"]), by=by)
    if "assignee" in values:
        assign(ticket, to=_agent(values["assignee"]), by=by)
    if "priority" in values:
        prioritise(ticket, values["priority"], by=by)
    if "tags" in values:
        now_there = Ticket.objects.values_list("tags", flat=True).get(pk=ticket.pk)
        gone = [tag for tag in now_there if tag not in values["tags"]]
        set_tags(ticket, add=values["tags"], remove=gone, by=by)
    if "status" in values or "state" in values:
        _step_back(ticket, values, by)
    if values.get("snoozed_until") and (until := _moment(values["snoozed_until"])) > now():
        snooze(ticket, until=until, by=by)


def _step_back(ticket: Ticket, values: Mapping[str, Any], by: Actor) -> None:
    locked = Ticket.objects.locked(ticket.pk)
    state = State.objects.filter(pk=values.get("state") or 0).first()
    move_to(locked, values.get("status", locked.status), by=by, state=state, checks=False, is_undo=True)


def _assign(ticket: Ticket, value: Any, by: Actor) -> None:
    assign(ticket, to=by.subject if value == "me" else _agent(value), by=by)


def _transfer(ticket: Ticket, value: Any, by: Actor) -> None:
    transfer(ticket, to=_team(value), by=by)


def _status(ticket: Ticket, value: Any, by: Actor) -> None:
    set_status(ticket, to=str(value), by=by)


def _state(ticket: Ticket, value: Any, by: Actor) -> None:
    state = State.objects.filter(pk=value, archived_at=None).first()
    if state is None:
        raise BulkInvalid(reason=_("this state is no longer there."))
    set_status(ticket, to=state.status, state=state, by=by)


def _tags(ticket: Ticket, value: Any, by: Actor) -> None:
    set_tags(ticket, add=value.get("add", ()), remove=value.get("remove", ()), by=by)


def _priority(ticket: Ticket, value: Any, by: Actor) -> None:
    given = value if isinstance(value, dict) else {"to": value}
    prioritise(ticket, int(given["to"]), reason=str(given.get("reason", "")), by=by)


def _snooze(ticket: Ticket, value: Any, by: Actor) -> None:
    snooze(ticket, until=_moment(value), by=by)


def _solve(ticket: Ticket, value: Any, by: Actor) -> None:
    words = value if isinstance(value, dict) else {}
    cause, done, prevention = (str(words.get(name, "")) for name in ("cause", "done", "prevention"))
    solve(ticket, by=by, cause=cause, done=done, prevention=prevention)


def _merge(ticket: Ticket, value: Any, by: Actor) -> None:
    target = Ticket.objects.filter(pk=value).first()
    if target is None:
        raise BulkInvalid(reason=_("the ticket to merge into is not there."))
    if target.pk != ticket.pk:
        merge(ticket, into=target, by=by)


def _spam(ticket: Ticket, value: Any, by: Actor) -> None:
    (mark_spam if value else unmark_spam)(ticket, by=by)


VERBS: dict[str, Callable[[Ticket, Any, Actor], None]] = {
    "team": _transfer,
    "assign": _assign,
    "priority": _priority,
    "tags": _tags,
    "status": _status,
    "state": _state,
    "snooze": _snooze,
    "solve": _solve,
    "merge": _merge,
    "spam": _spam,
}
"""Verb → how. Values: an id or None (team, assign; "me"), 1–4 or {"to": 1–4, "reason": ""} (priority), {"add": [],
"remove": []} (tags), a status, an id (state, merge), a moment (snooze), {"cause": "", "done": "", "prevention": ""} or
true (solve), true or false (spam).
"""


def _agent(value: Any) -> Agent | None:
    if value in (None, ""):
        return None
    row = Agent.objects.active().filter(pk=value).first()
    if row is None:
        raise BulkInvalid(reason=_("this agent is no longer there."))
    return row


def _team(value: Any) -> Team | None:
    if value in (None, ""):
        return None
    row = Team.objects.filter(pk=value).first()
    if row is None:
        raise BulkInvalid(reason=_("this team is no longer there."))
    return row


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    if moment is None or moment.tzinfo is None:
        raise BulkInvalid(reason=_("give the moment with its time zone."))
    return moment
