"""What of the help center belongs to a customer, and moves when two customers turn out to be one person."""

from __future__ import annotations

from tugon.customers import holdings
from tugon.events.actors import Actor

from .models import Vote


def register_all() -> None:
    holdings.register("article_votes", _move, _move_back)


def _move(source: int, target: int, _by: Actor) -> list[int]:
    ids = list(Vote.objects.filter(customer=source).values_list("pk", flat=True))
    Vote.objects.filter(pk__in=ids).update(customer=target)
    return ids


def _move_back(ids: list[int], holder: int, receiver: int, _by: Actor) -> None:
    Vote.objects.filter(pk__in=ids, customer=holder).update(customer=receiver)
