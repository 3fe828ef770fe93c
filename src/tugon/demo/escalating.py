"""What of the demo is escalated today: three tickets, one of them with a department outside that has answered.

Made after the sixty days, so that the levels' own criteria do not raise what was long over.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.escalation.models import Department, Inquiry, Level, Rota, RotaPlace
from tugon.escalation.operations import acknowledge, ask, escalate, receive_answer
from tugon.escalation.starting import SUGGESTED, create_starting_rows
from tugon.events.reactions import without
from tugon.lib.clock import standing_at
from tugon.lib.errors import DomainError
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.operations import NewMessage

from .house import House
from .scenes import LATER

Act = Callable[[Ticket, Department, datetime], None]
ADDRESSES = ("payments-desk@bank-partner.example", "counsel@reyes-law.example", "noc@video-cloud.example")


def escalate_some(house: House, *, today: datetime) -> int:
    """Levels, departments, a rota, and three open tickets that are escalated. Returns how many."""
    create_starting_rows()
    departments = [
        Department.objects.create(**given, address=address, position=place)
        for place, (given, address) in enumerate(zip(SUGGESTED, ADDRESSES, strict=True))
    ]
    _on_call(house)
    tickets = _tickets()
    acts = (_second_tier, _to_the_lead, _to_the_management)
    raised = 0
    with without(*LATER):
        for act, ticket in zip(acts, tickets, strict=False):
            raised += _quietly(act, ticket, departments[0], today)
    return raised


def _on_call(house: House) -> None:
    """Two people, week and week about; the highest level calls them."""
    rota = Rota.objects.create(name="Nights and weekends", changes_at=time(9))
    people = Agent.objects.filter(email__startswith="rafael@") | Agent.objects.filter(
        email__startswith="noor@"
    )
    RotaPlace.objects.bulk_create(
        RotaPlace(rota=rota, agent=agent, position=place) for place, agent in enumerate(people.order_by("pk"))
    )
    Level.objects.filter(position=3).update(rota=rota)


def _tickets() -> list[Ticket]:
    """Three open tickets that an agent has, those with the longest stories first."""
    rows = Ticket.objects.filter(status=Status.OPEN, is_spam=False, merged_into=None, assignee__isnull=False)
    money = rows.filter(team__name="Billing").order_by("-message_count", "pk")[:1]
    others = rows.exclude(team__name="Billing").order_by("-message_count", "pk")[:2]
    return [*money, *others]


def _second_tier(ticket: Ticket, department: Department, today: datetime) -> None:
    """Asked the bank's partner, which has answered: the next word is ours."""
    by = _agent(ticket).actor
    with standing_at(today - timedelta(hours=5)):
        escalate(
            ticket,
            Level.objects.get(position=1),
            reason="The amounts do not agree with ours",
            note="Statement and our ledger differ by one charge. Asked the partner; answer the member today.",
            by=by,
        )
        said = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING).order_by("-pk")[:1]
        row = ask(
            ticket,
            department,
            message=NewMessage(
                body="Was this card charged once or twice? Please tell us the reference of each."
            ),
            quotes=[one.pk for one in said],
            waits=True,
            by=by,
        )
    with standing_at(today - timedelta(hours=1, minutes=20)):
        _answer(row)


def _answer(row: Inquiry) -> None:
    person = {"name": "Payments desk", "address": row.address}
    words = (
        "Good afternoon,\n\nwe see two authorisations and one settlement. The second authorisation lapses by itself "
        "within three banking days; nothing was taken twice.\n\nPayments desk"
    )
    receive_answer(row, NewMessage(body=words, envelope={"from": person}), is_confirmed=True)


def _to_the_lead(ticket: Ticket, department: Department, today: datetime) -> None:
    with standing_at(today - timedelta(hours=2)):
        escalate(
            ticket,
            Level.objects.get(position=2),
            reason="Third message, and the promise is close",
            note="Please decide who takes it over while I am away this afternoon.",
            by=_agent(ticket).actor,
        )


def _to_the_management(ticket: Ticket, department: Department, today: datetime) -> None:
    with standing_at(today - timedelta(minutes=35)):
        escalate(
            ticket,
            Level.objects.get(position=3),
            reason="A journalist asks about it",
            by=_agent(ticket).actor,
        )
    page = ticket.pages.first()
    if page is not None:
        with standing_at(today - timedelta(minutes=30)):
            acknowledge(page, by=page.calls.select_related("agent")[0].agent.actor)


def _quietly(act: Act, ticket: Ticket, department: Department, today: datetime) -> bool:
    """One ticket; where an operation refuses, the demo loads all the same."""
    try:
        with transaction.atomic():
            act(ticket, department, today)
    except DomainError:
        return False
    return True


def _agent(ticket: Ticket) -> Agent:
    return ticket.assignee or Agent.objects.active().get(email__startswith="rafael@")
