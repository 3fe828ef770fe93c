"""What of tickets belongs to a customer, and moves when two customers turn out to be one person."""

from typing import Any

from django.db.models import Model

from tugon.customers import holdings
from tugon.events.actors import Actor
from tugon.events.operations import record

from .events import CustomerOfTicketChanged
from .models import Message, Participant, Ticket


def register_all() -> None:
    holdings.register("tickets", _move_tickets, _return_tickets)
    holdings.register("messages", *_silent(Message))
    holdings.register("participants", *_silent(Participant))


def _move_tickets(source: int, target: int, by: Actor) -> list[int]:
    ids = list(Ticket.objects.filter(customer=source).order_by("pk").values_list("pk", flat=True))
    _give(ids, source, target, by)
    return ids


def _return_tickets(ids: list[int], holder: int, receiver: int, by: Actor) -> None:
    still_there = (
        Ticket.objects.filter(pk__in=ids, customer=holder).order_by("pk").values_list("pk", flat=True)
    )
    _give(list(still_there), holder, receiver, by)


def _give(ids: list[int], holder: int, receiver: int, by: Actor) -> None:
    Ticket.objects.filter(pk__in=ids).update(customer=receiver)
    for pk in ids:
        record(CustomerOfTicketChanged(ticket_id=pk, from_id=holder, to_id=receiver), by=by)


def _silent(model: type[Model]) -> tuple[holdings.Move, holdings.MoveBack]:
    """For rows that only name their author: no fact of their own."""
    rows: Any = model._default_manager

    def move(source: int, target: int, _by: Actor) -> list[int]:
        ids = list(rows.filter(customer=source).values_list("pk", flat=True))
        rows.filter(pk__in=ids).update(customer=target)
        return ids

    def move_back(ids: list[int], holder: int, receiver: int, _by: Actor) -> None:
        rows.filter(pk__in=ids, customer=holder).update(customer=receiver)

    return move, move_back
