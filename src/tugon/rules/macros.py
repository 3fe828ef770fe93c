"""Macros: several things at once, because an agent chose them. The agent does them, with the agent's own
permissions."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.intake import acknowledging
from tugon.lib.clock import now
from tugon.lib.errors import Conflict
from tugon.lib.remember import remembered
from tugon.tickets import policies
from tugon.tickets.conditions import Asker, matches
from tugon.tickets.models import Ticket

from . import applying
from .actions import Action
from .actions.telling import InsertText
from .compiled import Compiled, compile_rule
from .errors import MacroGone
from .events import MacroApplied
from .letters import fill, html_of
from .models import Firing, Rule
from .planning import Planned, Step, foresee
from .standing import Happened, of_ticket


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a macro would do to a ticket. html: what it puts into the composer. fits: whether its conditions hold."""

    macro: Rule
    steps: tuple[Step, ...]
    html: str
    fits: bool


def offered(agent: Agent) -> list[Rule]:
    """Macros that the agent may choose, in their order. One query; none where decisions are remembered."""
    return list(_offered(agent.pk, agent.team_ids)) if agent.may("ticket.edit") else []


@remembered
def _offered(agent: int, teams: frozenset[int]) -> tuple[Rule, ...]:
    return tuple(Rule.objects.offered_to(agent, teams))


def foreseen(macro: Rule, ticket: Ticket, *, agent: Agent) -> Foreseen:
    """Look first: nothing is changed. Raises MacroGone where it can no longer be read."""
    return _foreseen(_read(macro, agent), ticket, agent)


@transaction.atomic
def apply(macro: Rule, ticket: Ticket, *, by: Actor) -> tuple[Firing, str]:
    """Do all of it, or nothing. Returns the line of the log and the words for the composer.

    Raises NotAllowed, MacroGone, and what its operations raise.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    one = _read(macro, by.subject)
    ticket = Ticket.objects.select_related("customer", "channel").get(pk=ticket.pk)
    found = _foreseen(one, ticket, by.subject)
    who = Actor(by.kind, by.id, by.subject, via=one.via)
    planned = Planned(one, found.steps, of_ticket(ticket, Happened(now=now())))
    firing = applying.perform(planned, ticket, by=who, occasion=MacroApplied.__name__)
    failed = [step for step in firing.steps if step["result"] == applying.FAILED]
    if failed:
        raise _Refused(words=failed[0]["why"])
    record(MacroApplied(ticket_id=ticket.pk, rule_id=macro.pk, version=one.version.number), by=who)
    return firing, found.html


class _Refused(Conflict):
    code = "macro-refused"

    @property
    def message(self) -> str:
        return str(self.values["words"])


def _read(macro: Rule, agent: Agent | None) -> Compiled:
    row = Rule.objects.filter(pk=macro.pk)
    rule = (row.offered_to(agent.pk, agent.team_ids) if agent is not None else row.working()).first()
    if rule is None:
        raise MacroGone
    return compile_rule(rule)


def _foreseen(one: Compiled, ticket: Ticket, agent: Agent | None) -> Foreseen:
    moment = now()
    standing = of_ticket(ticket, Happened(now=moment))
    asker = Asker(agent.pk, frozenset(agent.team_ids), zone=agent.time_zone) if agent else Asker()
    steps, _after = foresee(one.definition.actions, standing)
    fits = matches(one.definition.conditions, standing, moment, asker)
    return Foreseen(one.rule, steps, _html(one.definition.actions, ticket), fits)


def _html(actions: tuple[Action, ...], ticket: Ticket) -> str:
    """Words for the composer in the ticket's language, filled in."""
    language = acknowledging.language_for(ticket.language)
    found = []
    for action in actions:
        if isinstance(action, InsertText):
            text = action.texts.get(language) or next(iter(action.texts.values()), "")
            name = ticket.customer.name.partition(" ")[0]
            found.append(html_of(fill(text, ticket, None, name=name, language=language)))
    return "".join(found)
