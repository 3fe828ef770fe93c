"""All or nothing: a transaction without inner savepoints, for work that is taken back and done otherwise if it fails.

Savepoints are a third of what a letter asks of the database, and nearly always for nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


class TakenBack(Exception):
    """Something inside failed and somebody caught it; the whole was rolled back all the same."""


@contextmanager
def together() -> Iterator[None]:
    """One transaction (within another: one savepoint) that every inner `atomic` joins without a savepoint of its own.

    Whatever raises inside one of them takes everything back, also where somebody catches it: then TakenBack is raised
    at the end, if no later statement raised before.
    """
    with transaction.atomic():
        # What is prepared here has only one good plan; without this, PostgreSQL makes it anew to see whether it is.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        before = connection.features.uses_savepoints
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = before
        if connection.needs_rollback:
            raise TakenBack


def is_together() -> bool:
    """Whether a failure now takes everything back, so that nobody need protect the rest from it."""
    return connection.in_atomic_block and not connection.features.uses_savepoints
