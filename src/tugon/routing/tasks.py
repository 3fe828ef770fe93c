"""Jobs about routing."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tugon.database.inserting import run

_IS_WAITING = "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s::text AND status = 'todo'"


def wake(team_id: int) -> None:
    """See that a job waits which drains the team's queue. Asked first: a refusal would take back what stands or falls
    together with it.
    """
    lock = f"routing.drain:{team_id}"
    if run(_IS_WAITING, [lock]):
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        drain.configure(queueing_lock=lock).defer(team_id=team_id)


@app.task(name="routing.sweep", queue="default", queueing_lock="routing.sweep")
def sweep(timestamp: int) -> None:
    """Who came and who went; and whatever still waits."""
    from .sweeping import sweep

    sweep()


@app.task(name="routing.drain", queue="default", retry=3)
def drain(team_id: int) -> None:
    """Give out what waits in one team's queue."""
    from .operations import drain

    drain(team_id)
