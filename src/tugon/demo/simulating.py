"""A month of support, played through the real operations in a minute and taken back: how many promises would be kept.

Everything happens in one transaction that is rolled back, so the demo is afterwards as it was. What was promised, kept
and broken is then counted once more, minute by minute and from the events alone (`sla.counting`), and compared.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from random import Random

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.events.models import Event
from tugon.events.reactions import without
from tugon.lib.clock import now, standing_at
from tugon.lib.remember import remembering
from tugon.sla import attainment, choosing, watching
from tugon.sla.calendars import BusinessHours
from tugon.sla.counting import Happening, Wall, count
from tugon.sla.models import Clock
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.operations import NewMessage

LATER = (
    "tugon.search.", "tugon.tickets.live.", "tugon.escalation.", "tugon.notifications.", "tugon.feedback.",
    "tugon.delivery.", "tugon.routing.", "tugon.understanding.",
)  # fmt: skip
"""Reactions that have nothing to do with promises; letters are written and not sent."""

DAYS = 30
FLU = range(9, 14)
"""Days of the month when nearly everybody is ill, so that promises break."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SUBJECTS = ("Video stops", "Refund please", "Cannot sign in", "Payout is late", "Wrong name on my page")


@dataclass
class Outcome:
    """What the month came to. disagreements: clocks that the slow model counts differently."""

    arrived: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    kinds: list[attainment.Line] = field(default_factory=list)
    teams: list[attainment.Line] = field(default_factory=list)
    clocks: int = 0
    disagreements: list[str] = field(default_factory=list)


class _TakenBack(Exception):
    """The end of the transaction."""


def simulate(
    *,
    arrivals: int = 80,
    seed: int = 1,
    told: Callable[[], None] = lambda: None,
    says: Callable[[str], None] = lambda _words: None,
) -> Outcome:
    """Play the month before now. arrivals: requests in it. told: called after every one of `DAYS` × 24 hours."""
    outcome = Outcome()
    try:
        with transaction.atomic(), without(*LATER), remembering(for_seconds=inf):
            month = _Month(outcome, arrivals=arrivals, seed=seed)
            month.play(told)
            says("counting every minute again")
            with standing_at(month.end):
                outcome.kinds = _lines("kind", month.ids)
                outcome.teams = _lines("ticket__team_id", month.ids)
                _compare(outcome, month)
            raise _TakenBack
    except _TakenBack:
        choosing.forget()
    return outcome


class _Month:
    """Requests arrive, agents answer the soonest promise first while it is open, customers write back or do not."""

    def __init__(self, outcome: Outcome, *, arrivals: int, seed: int) -> None:
        self.outcome, self.rng = outcome, Random(seed)  # noqa: S311 - a play
        self.end = now().replace(second=0, microsecond=0)
        self.begin = self.end - timedelta(days=DAYS)
        self.agents = list(Agent.objects.active().exclude(roles__name="Collaborator").distinct()) or []
        self.customers = list(Customer.objects.select_related("audience")[:60])
        self.channels = list(Channel.objects.filter(kind__in=["email", "form"], is_enabled=True))
        self.ids: list[int] = []
        self.busy: dict[int, datetime] = {agent.pk: self.begin for agent in self.agents}
        self.absent: dict[tuple[int, int], bool] = {}
        self.touched: dict[int, datetime] = {}
        self.waiting: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.number = 0
        hours = choosing.policies()[-1].hours
        for _arrival in range(arrivals):
            self._at(self._arrival_time(hours), self._arrives)

    def play(self, told: Callable[[], None]) -> None:
        """Hour by hour: what happens, who is free, what the minute's job would do."""
        hours, moment = choosing.policies()[-1].hours, self.begin
        while moment < self.end:
            later = min(moment + HOUR, self.end)
            while self.waiting and self.waiting[0][0] <= later:
                at, _number, step = heapq.heappop(self.waiting)
                with standing_at(at):
                    step(at)
            if any(start <= moment < end for start, end in hours.on(moment.astimezone(hours.zone).date())):
                self._work(moment, later)
            with standing_at(later):
                self.outcome.counted["looked at"] += watching.look()
            moment = later
            told()

    def _at(self, at: datetime, step: Callable[[datetime], None]) -> None:
        self.number += 1
        heapq.heappush(self.waiting, (at, self.number, step))

    def _arrival_time(self, hours: BusinessHours) -> datetime:
        """More by day than by night, at a whole minute."""
        while True:
            at = self.begin + MINUTE * self.rng.randrange(DAYS * 24 * 60 - 240)
            if 8 <= at.astimezone(hours.zone).hour < 23 or self.rng.random() < 0.15:
                return at

    def _arrives(self, at: datetime) -> None:
        customer, channel = self.rng.choice(self.customers), self.rng.choice(self.channels)
        person = {"from": {"name": customer.name, "address": f"{customer.pk}@sining.example"}}
        ticket = tickets.open_ticket(
            customer=customer, subject=self.rng.choice(SUBJECTS), by=customer.actor, channel=channel,
            message=NewMessage(body="Please help me with this.", envelope={**person, "may_answer": True}),
            priority=self.rng.choices([1, 2, 3, 4], [2, 14, 3, 1])[0],
        )  # fmt: skip
        self.ids.append(ticket.pk)
        self.touched[ticket.pk] = at
        self.outcome.arrived += 1

    def _work(self, moment: datetime, later: datetime) -> None:
        """Each agent who is there and free answers what is due soonest, in half an hour to an hour and a half."""
        day = (moment - self.begin).days
        for agent in self.agents:
            if self._is_absent(agent, day):
                continue
            while self.busy[agent.pk] < later:
                start = max(self.busy[agent.pk], moment)
                done = start + MINUTE * self.rng.randint(25, 90)
                ticket = self._next(start) if self.owed(start) else None
                if ticket is None or done > self.end or done > later + HOUR:
                    break
                self.busy[agent.pk] = done
                at = max(done, self.touched[ticket.pk] + MINUTE)
                self.touched[ticket.pk] = at
                self._at(at, self._answer(ticket.pk, agent))
                self.outcome.counted["taken"] += 1

    def _is_absent(self, agent: Agent, day: int) -> bool:
        if (agent.pk, day) not in self.absent:
            self.absent[agent.pk, day] = self.rng.random() < (0.95 if day in FLU else 0.2)
        return self.absent[agent.pk, day]

    def owed(self, at: datetime) -> bool:
        """Whether anything at all may wait, so that nobody asks the database through an empty night."""
        return any(touched <= at for touched in self.touched.values())

    def _next(self, at: datetime) -> Ticket | None:
        free = [pk for pk, touched in self.touched.items() if touched <= at]
        rows = Ticket.objects.filter(pk__in=free, status__in=(Status.NEW, Status.OPEN))
        return rows.order_by("due_at", "pk").first()

    def _answer(self, pk: int, agent: Agent) -> Callable[[datetime], None]:
        def step(at: datetime) -> None:
            ticket = Ticket.objects.get(pk=pk)
            if ticket.status not in (Status.NEW, Status.OPEN):
                return
            then = self.rng.choices(["waiting", "solved", "hold", ""], [10, 6, 2, 2])[0]
            tickets.reply(
                ticket, NewMessage(body="Here is what to do.", language="en"), by=agent.actor, then=then, undo_seconds=0
            )  # fmt: skip
            self.outcome.counted["answers"] += 1
            if then == "waiting" and self.rng.random() < 0.8:
                self._at(at + MINUTE * self.rng.randint(20, 2880), self._writes(pk))
            elif then == "solved" and self.rng.random() < 0.12:
                self._at(at + MINUTE * self.rng.randint(60, 4320), self._writes(pk, key="reopened"))
            elif then == "hold":
                self._at(at + MINUTE * self.rng.randint(600, 4320), self._opens(pk, agent))

        return step

    def _writes(self, pk: int, *, key: str = "wrote back") -> Callable[[datetime], None]:
        def step(at: datetime) -> None:
            ticket = Ticket.objects.select_related("customer").get(pk=pk)
            tickets.add_incoming(
                ticket, NewMessage(body="It still does not work."), by=ticket.customer.actor, customer=ticket.customer
            )  # fmt: skip
            self.outcome.counted[key] += 1
            self.touched[pk] = at

        return self._unless_later(pk, step)

    def _opens(self, pk: int, agent: Agent) -> Callable[[datetime], None]:
        def step(at: datetime) -> None:
            tickets.set_status(Ticket.objects.get(pk=pk), to=Status.OPEN, by=agent.actor)
            self.outcome.counted["back from hold"] += 1
            self.touched[pk] = at

        return self._unless_later(pk, step)

    def _unless_later(self, pk: int, step: Callable[[datetime], None]) -> Callable[[datetime], None]:
        """Two things never happen to a ticket in the same minute: the slow model could not tell their order."""

        def checked(at: datetime) -> None:
            if self.touched[pk] >= at:
                self._at(self.touched[pk] + MINUTE, checked)
            else:
                step(at)

        return checked


def _lines(by: str, ids: list[int]) -> list[attainment.Line]:
    """The month by kind or team."""
    found: dict[int | str | None, Counter[str]] = {}
    rows = Clock.objects.filter(ticket__in=ids).values_list(by, "broken_at", "ended_at")
    for key, broken_at, ended_at in rows:
        if broken_at is not None or ended_at is not None:
            found.setdefault(key, Counter())["broken" if broken_at else "kept"] += 1
    shares = {key: attainment.Share(one["kept"], one["broken"]) for key, one in found.items()}
    return [attainment.Line(key, share, share) for key, share in shares.items()]


_WORDS = {"TicketOpened": "opened", "AgentReplied": "replied", "CustomerWrote": "wrote"}


def _compare(outcome: Outcome, month: _Month) -> None:
    """Count every ticket's promises minute by minute from its events, and note where the clocks say otherwise."""
    walls: dict[int, Wall] = {}
    for pk in month.ids:
        story = [
            Happening(event.at, _WORDS.get(event.name) or event.data["to_status"])
            for event in Event.objects.about("ticket", pk).named(*_WORDS, "StatusChanged").order_by("id")
        ]
        rows = list(Clock.objects.filter(ticket=pk))
        terms = choosing.with_id(rows[0].policy_id).terms if rows else {}
        own = {kind: walls.setdefault(id(term.hours), Wall(term.hours)) for kind, term in terms.items()}
        counted = count(story, terms, until=month.end, walls=own)
        outcome.clocks += len(rows)
        if {(row.kind, row.cycle) for row in rows} != set(counted):
            outcome.disagreements.append(f"#{pk}: {sorted(counted)}")
            continue
        for row in rows:
            slow = counted[row.kind, row.cycle]
            said, found = (
                (row.ended_at, row.broken_at),
                (slow.ended_at, slow.due_at if slow.is_broken else None),
            )
            if said != found:
                outcome.disagreements.append(f"#{pk} {row.kind} {row.cycle}: {said} / {found}")
    outcome.counted["letters with a new time"] = Message.objects.filter(
        ticket__in=month.ids, automatic="promise"
    ).count()
