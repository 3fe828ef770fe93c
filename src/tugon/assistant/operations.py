"""Deciding about the assistant, showing what would be sent, sending it. Nothing here waits for anybody's server but
`answer`, which a job runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex
from typing import Any

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.realtime.publish import publish
from tugon.tickets import policies
from tugon.tickets.models import Ticket

from . import answers, endpoint, limits
from .errors import AlreadySent, AssistantOff, AudienceForbids, Trouble
from .events import AssistantUsed, AssistantWordsTaken
from .kinds import State
from .masking import Mark, Masks
from .models import Asking, Setup
from .prompts import Material, messages

KEPT = timedelta(hours=25)
"""For so long the words of a question are kept: the limit looks back 24 hours."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a question is made of. people: names. known: addresses and numbers that we hold of the customer.

    articles: number, title, address of what may be cited; their texts stand in the material.
    """

    material: Material
    language: str
    people: Sequence[str] = ()
    known: Sequence[str] = ()
    articles: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def setup() -> Setup:
    """What was decided; where nothing was, it is off. One query."""
    return Setup.objects.filter(pk=1).first() or Setup()


@transaction.atomic
def show(ticket: Ticket, task: str, given: Given, *, agent: Agent, hidden_too: Sequence[str] = ()) -> Asking:
    """Make the exact words that would be sent, masked. Nothing leaves the house.

    hidden_too: words that the agent wants masked besides. Raises NotAllowed, AssistantOff, AudienceForbids.
    """
    policies.require(agent.actor, "reply", ticket)
    decided = _offered(task, ticket)
    masks = Masks(people=[*given.people, *hidden_too], known=given.known)
    payload = messages(task, given.material, masks, fence=token_hex(6))
    Asking.objects.filter(ticket=ticket, agent=agent, state=State.SHOWN).delete()
    return Asking.objects.create(
        ticket=ticket,
        agent=agent,
        task=task,
        model=decided.model,
        language=given.language,
        payload=payload,
        marks={name: [mark.kind, mark.original, mark.is_ours] for name, mark in masks.marks.items()},
        articles=[dict(one) for one in given.articles],
        hidden_too=list(hidden_too),
        begun_from=given.material.draft,
        made_at=now(),
    )


@transaction.atomic
def send(asking: Asking, *, by: Actor) -> None:
    """Let a job send what was shown. Raises NotAllowed, AssistantOff, AudienceForbids, LimitReached, AlreadySent."""
    row = (
        Asking.objects.select_for_update(of=("self",))
        .select_related("ticket__customer", "agent")
        .get(pk=asking.pk)
    )
    policies.require(by, "reply", row.ticket)
    decided = _offered(row.task, row.ticket)
    if row.state != State.SHOWN:
        raise AlreadySent
    limits.require(decided, row.agent)
    Asking.objects.filter(agent=row.agent, ticket=row.ticket, state=State.SENT).update(state=State.CANCELLED)
    Asking.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=now(), model=decided.model)
    asking.state = State.SENT
    from .tasks import defer_answer

    defer_answer(row.pk)


@transaction.atomic
def cancel(asking: Asking, *, by: Actor) -> None:
    """Wait no longer. What the service still says is thrown away."""
    _end(asking, State.CANCELLED, "cancelled", by=by)


@transaction.atomic
def put_away(asking: Asking, *, by: Actor) -> None:
    """Off the screen, its words forgotten."""
    cancel(asking, by=by)
    row = Asking.objects.filter(pk=asking.pk)
    row.update(state=State.PUT_AWAY, **asking.forget_words())


@transaction.atomic
def take(asking: Asking, *, into: str, by: Actor) -> None:
    """Keep on record that machine-made words went into a draft or a note."""
    policies.require(by, "reply", asking.ticket)
    record(
        AssistantWordsTaken(
            ticket_id=asking.ticket_id, asking_id=asking.pk, task=asking.task, model=asking.model, into=into
        ),
        by=by,
    )


def answer(pk: int) -> None:
    """Ask the service and keep what it says, checked. Run by a job; ends whatever the service does."""
    row = Asking.objects.select_related("ticket", "agent").filter(pk=pk, state=State.SENT).first()
    if row is None:
        return
    decided = setup()
    try:
        service = decided.service(_key(decided))
        raw = endpoint.ask(service, row.payload, is_cancelled=lambda: not _is_waited_for(pk))
    except Trouble as trouble:
        _end(row, State.FAILED, trouble.code, by=row.agent.actor)
        return
    _keep(row, raw)


def ask_once(decided: Setup) -> str:
    """A word from the service, for who sets it up. Raises Trouble."""
    hello = [{"role": "user", "content": "Answer with one word: ready"}]
    service = decided.service(_key(decided))
    return endpoint.ask(
        endpoint.Service(service.address, service.model, service.key, min(20.0, service.seconds)), hello
    )


def forget_old() -> int:
    """Delete questions whose words were kept long enough; fail those whose job was lost. Returns how many went."""
    lost = now() - timedelta(minutes=15)
    for row in Asking.objects.filter(state=State.SENT, sent_at__lt=lost).select_related("ticket", "agent")[
        :200
    ]:
        _end(row, State.FAILED, "lost", by=row.agent.actor)
    return Asking.objects.filter(made_at__lt=now() - KEPT).delete()[0]


def put_away_answered(ticket_id: int, agent_id: int) -> None:
    """The agent answered the customer: what was asked for it has served."""
    rows = Asking.objects.filter(
        ticket_id=ticket_id, agent_id=agent_id, state__in=[State.DONE, State.FAILED, State.SHOWN]
    )
    rows.update(state=State.PUT_AWAY, **Asking().forget_words())


def forget_ticket(ticket_id: int) -> None:
    """Words of a ticket were removed for good: so are they here."""
    Asking.objects.filter(ticket_id=ticket_id).update(state=State.PUT_AWAY, **Asking().forget_words())


def _offered(task: str, ticket: Ticket) -> Setup:
    decided = setup()
    if decided.forbids(ticket):
        raise AudienceForbids
    if not decided.offers(task, ticket):
        raise AssistantOff
    return decided


def _key(decided: Setup) -> str:
    try:
        return secrets.unseal(decided.sealed_key)
    except ValueError:
        raise Trouble("no-key") from None


def _is_waited_for(pk: int) -> bool:
    return Asking.objects.filter(pk=pk, state=State.SENT).exists()


@transaction.atomic
def _keep(row: Asking, raw: str) -> None:
    masks = Masks()
    masks.marks = {name: Mark(*values) for name, values in row.marks.items()}
    material = "\n".join(one["content"] for one in row.payload)
    found = answers.checked(raw, task=row.task, masks=masks, given=row.links, material=material)
    taken = [[one.what, one.words] for one in found.taken]
    changed = Asking.objects.filter(pk=row.pk, state=State.SENT).update(
        state=State.DONE,
        answer=found.text,
        taken_out=taken,
        doubtful=list(found.doubtful),
        articles=[one for one in row.articles if int(one["number"]) in found.cited],
        ended_at=now(),
    )
    if changed:
        _told(row, "done", received=len(raw), taken_out=len(taken), by=row.agent.actor)


@transaction.atomic
def _end(row: Asking, state: State, trouble: str, *, by: Actor) -> None:
    """Whatever ends a question without an answer; one that ended already stays as it is."""
    was = Asking.objects.select_for_update().get(pk=row.pk)
    if was.state not in (State.SENT, State.SHOWN):
        return
    Asking.objects.filter(pk=row.pk).update(state=state, trouble=trouble, ended_at=now())
    if was.state == State.SENT:
        _told(was, trouble, received=0, taken_out=0, by=by)


def _told(row: Asking, outcome: str, *, received: int, taken_out: int, by: Actor) -> None:
    took = now() - row.sent_at if row.sent_at else timedelta()
    record(
        AssistantUsed(
            ticket_id=row.ticket_id,
            asking_id=row.pk,
            task=row.task,
            model=row.model,
            outcome=outcome,
            sent=row.letters,
            received=received,
            milliseconds=round(took.total_seconds() * 1000),
            taken_out=taken_out,
        ),
        by=by,
    )
    publish(f"assistant:{row.pk}")
