"""Mail filters: rules about a message before a ticket exists. Provided to intake by `project/wiring.py`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tugon.accounts.models import Team
from tugon.intake.filtering import PASSED, Filtered, Incoming
from tugon.intake.models import Received
from tugon.intake.steps.verdicts import Ignore as IgnoreIt
from tugon.intake.steps.verdicts import Quarantine as KeepAside
from tugon.lib.clock import now
from tugon.tickets import operations as tickets
from tugon.tickets.models import Kind, Priority, Ticket

from . import applying, hours
from .actions import Action
from .actions.setting import SetProperty
from .actions.setting_aside import Ignore, Quarantine
from .compiled import Compiled, rulebook
from .planning import Plan, Planned, plan
from .standing import Standing, lists_in, requests_of
from .wording import Words

OCCASION = "MessageReceived"


def filter_message(received: Received, incoming: Incoming) -> Filtered:
    """Weigh the filters in their order. What sets a message aside ends it; the log says which rule."""
    rules = rulebook().by_kind.get("filter", ())
    if not rules:
        return PASSED
    moment = now()
    found = plan(rules, standing_of(incoming, moment), now=moment)
    if not found.planned:
        return PASSED
    for planned in found.planned:
        for step in planned.steps:
            if isinstance(step.action, Ignore | Quarantine):
                return _set_aside(planned.compiled, step.action, received)
    return Filtered(settings=_settings(found), then=lambda ticket: _opened(found, ticket, received))


def standing_of(incoming: Incoming, moment: datetime) -> Standing:
    """How the ticket would stand if it were opened with this message. moment: aware."""
    person = incoming.customer
    readers: Mapping[str, Any] = {
        "message_text": lambda: Words(f"{incoming.subject}\n{incoming.text}"),
        "message_lists": lambda: lists_in(Words(f"{incoming.subject}\n{incoming.text}")),
        "sender": lambda: Words(incoming.sender),
        "recipient": lambda: Words(" ".join(incoming.recipients)),
        "who_wrote": lambda: "machine" if incoming.is_automatic else "customer",
        "message_has_files": lambda: incoming.has_files,
        "word_count": lambda: Words(incoming.text).count,
        "within_hours": lambda: hours.is_open(moment),
        "requests_in_7_days": lambda: requests_of(person.pk if person else None, 7, moment),
        "requests_in_30_days": lambda: requests_of(person.pk if person else None, 30, moment),
        "is_first_message": lambda: True,
        "subject": lambda: incoming.subject,
        "channel": lambda: incoming.channel.pk,
        "channel_kind": lambda: incoming.channel.kind,
        "language": lambda: incoming.language,
        "customer": lambda: person.pk if person else None,
        "organisation": lambda: person.organisation_id if person else None,
        "audience": lambda: person.audience_id if person else None,
        "plan": lambda: person.plan_id if person else None,
        "team": lambda: incoming.channel.team_id,
        "priority": lambda: Priority.NORMAL.value,
        "kind": lambda: Kind.QUESTION.value,
    }

    def read(name: str) -> Any:
        return readers[name]() if name in readers else _EMPTY.get(name)

    return Standing(read)


_EMPTY: Mapping[str, Any] = {"tags": [], "fields": {}, "is_spam": False, "side": "", "severity": None}


def _set_aside(one: Compiled, action: Action, received: Received) -> Filtered:
    reason = f"{action.reason} ({one.via})" if isinstance(action, Ignore | Quarantine) else ""
    applying.log(one, [_told(action)], ticket_id=None, occasion=OCCASION, received=received)
    return Filtered(IgnoreIt(reason) if isinstance(action, Ignore) else KeepAside(reason))


def _settings(found: Plan) -> dict[str, Any]:
    """What the plan changes, as a ticket is opened with it."""
    changed = {name: after for name, (_before, after) in found.changes.items()}
    if isinstance(changed.get("team"), int):
        changed["team"] = Team.objects.filter(pk=changed["team"], archived_at=None).first()
    elif "team" in changed:
        del changed["team"]
    return {name: value for name, value in changed.items() if value is not None}


def _opened(found: Plan, ticket: Ticket, received: Received) -> None:
    """What opening does not know (severity, language) is set; each filter is written into the ticket's log."""
    for planned in found.planned:
        _complete(planned, ticket)
        results = [_told(step.action) for step in planned.steps if not step.is_needless]
        applying.log(planned.compiled, results, ticket_id=ticket.pk, occasion=OCCASION, received=received)


def _complete(planned: Planned, ticket: Ticket) -> None:
    for step in planned.steps:
        action = step.action
        if isinstance(action, SetProperty) and action.field in ("severity", "language"):
            tickets.change(ticket, **{action.field: action.value}, by=applying.actor_of(planned.compiled))


def _told(action: Action) -> dict[str, Any]:
    return {"do": action.do, "action": action.written(), "result": applying.DONE}
