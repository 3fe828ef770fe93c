"""Plan → apply: each rule's actions by their operations, as the rule, and a line in the log of what came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.database.inserting import insert
from tugon.database.together import is_together
from tugon.events.actors import Actor, ActorKind
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.tickets.models import Message, Ticket

from .actions import Doing
from .models import Firing
from .planning import Plan, Planned, Step

if TYPE_CHECKING:
    from .compiled import Compiled

logger = logging.getLogger(__name__)

DONE, NEEDLESS, LEFT, FAILED = "done", "needless", "left", "failed"


def actor_of(one: Compiled) -> Actor:
    """Who the rule is, on timelines: its row, and its name and version as they stood."""
    return Actor(ActorKind.RULE, one.rule.pk, via=one.via)


def apply(
    plan: Plan,
    ticket: Ticket,
    *,
    message: Message | None = None,
    occasion: str = "",
    root_id: int | None = None,
) -> list[Firing]:
    """Do what was planned. A rule that is refused, or breaks, is taken back alone and says so in the log."""
    return [
        perform(one, ticket, by=actor_of(one.compiled), message=message, occasion=occasion, root_id=root_id)
        for one in plan.planned
    ]


def perform(
    planned: Planned,
    ticket: Ticket,
    *,
    by: Actor,
    message: Message | None = None,
    occasion: str = "",
    root_id: int | None = None,
) -> Firing:
    """One rule's actions on one ticket."""
    version = planned.compiled.version
    doing = Doing(ticket, by, version, planned.standing, message, occasion)
    results = [_stepped(step, doing) for step in planned.steps]
    return log(planned.compiled, results, ticket_id=ticket.pk, occasion=occasion, root_id=root_id)


def log(
    one: Compiled,
    results: list[dict[str, Any]],
    *,
    ticket_id: int | None,
    occasion: str = "",
    root_id: int | None = None,
    received: Received | None = None,
) -> Firing:
    """Write down that a rule fitted, and what came of it."""
    firing = Firing(
        rule=one.rule,
        version=one.version,
        ticket_id=ticket_id,
        received=received,
        occasion=occasion,
        root_id=root_id,
        outcome=outcome_of(step["result"] for step in results),
        steps=results,
        at=now(),
    )
    insert(firing)
    return firing


def outcome_of(results: Iterable[str]) -> str:
    """The whole of several results."""
    found = set(results)
    if found <= {NEEDLESS, LEFT}:
        return Firing.Outcome.NOTHING
    if FAILED in found:
        return Firing.Outcome.PARTLY if DONE in found else Firing.Outcome.FAILED
    return Firing.Outcome.DONE


def _stepped(step: Step, doing: Doing) -> dict[str, Any]:
    told = {"do": step.action.do, "action": step.action.written()}
    if step.is_needless:
        return {**told, "result": NEEDLESS}
    changes = {name: [_kept(old), _kept(new)] for name, (old, new) in step.changes.items()}
    try:
        # Where all stands or falls together a failure is raised through, and who began that reads part by part.
        with transaction.atomic():
            left = step.action.perform(doing)
    except DomainError as error:
        if is_together():
            raise
        return {**told, "result": FAILED, "why": error.message[:300]}
    except Exception as error:
        if is_together():
            raise
        logger.exception(
            "%s of rule %s failed on #%s", step.action.do, doing.version.rule_id, doing.ticket.pk
        )
        words = _("Tugon could not do this ({error}). It is in the log.").format(error=type(error).__name__)
        return {**told, "result": FAILED, "why": words}
    if left is None:
        return {**told, "result": DONE, "changes": changes}
    return {**told, "result": FAILED if left.is_failure else LEFT, "why": left.why}


def _kept(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, str | int | float | bool | None):
        return value
    return (
        list(value)
        if isinstance(value, list | tuple | set)
        else str(value)
        if not isinstance(value, dict)
        else value
    )
