"""A person's walks move along when two customers become one."""

from tugon.customers.holdings import register
from tugon.events.actors import Actor

from .models import Walk


def register_all() -> None:
    register("walks", _move, _move_back)


def _move(source: int, target: int, _by: Actor) -> list[int]:
    ids = list(Walk.objects.filter(customer_id=source).values_list("pk", flat=True))
    Walk.objects.filter(pk__in=ids).update(customer_id=target)
    return ids


def _move_back(ids: list[int], source: int, target: int, _by: Actor) -> None:
    Walk.objects.filter(pk__in=ids, customer_id=source).update(customer_id=target)
