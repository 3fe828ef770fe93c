import logging

from django.db import close_old_connections, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from tugon.database.inserting import run

logger = logging.getLogger(__name__)

WAITING = "intake.process_waiting"
_IS_WAITING = "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'"


def wake_worker() -> None:
    """See that a job waits which will read what is stored. Called after commit: a job that is already waiting will see
    it too, so one is enough. Should this fail, the sweep of every minute finds what waits.
    """
    if run(_IS_WAITING, [WAITING]):
        return
    try:
        with transaction.atomic():
            process_waiting.configure(queueing_lock=WAITING).defer()
    except exceptions.AlreadyEnqueued:
        return


@app.task(name=WAITING, queue="mail-in")
def process_waiting() -> None:
    """Read everything that waits. Any number of workers may do this at once."""
    from .operations import process_waiting as run

    # A connection that died with an earlier job of this thread is not asked again.
    close_old_connections()
    run()


@app.task(name="intake.sweep", queue="mail-in", queueing_lock="intake.sweep")
def sweep(timestamp: int) -> None:
    """Read what still waits because a job was lost. timestamp: seconds, of the clock."""
    process_waiting()


@app.task(name="intake.forget_old_payloads", queue="slow", queueing_lock="intake.forget_old_payloads")
def forget_old_payloads(timestamp: int) -> None:
    """Remove raw mail older than the company keeps it."""
    from .operations import forget_old_payloads as run

    run()
