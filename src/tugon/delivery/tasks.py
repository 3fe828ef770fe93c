"""Jobs that send. What is due is in the rows; a job that is lost is made up for by the sweep of every minute."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from procrastinate.contrib.django import app

from tugon.lib.clock import now


@app.task(name="delivery.send_due", queue="default")
def send_due() -> None:
    """Send every letter that is due."""
    from .sending import send_due as run

    run()


@app.task(name="delivery.sweep", queue="default", queueing_lock="delivery.sweep")
def sweep(timestamp: int) -> None:
    """Send what is due although its job was lost, and what was deferred. timestamp: seconds, of the clock."""
    send_due()


@app.task(name="delivery.keep_report", queue="default")
def keep_report(event_id: int) -> None:
    """Put a bounce or complaint on the deliveries it is about."""
    from tugon.events.models import Event

    from .handlers import keep_report as run

    run(Event.objects.get(pk=event_id).fact)


@app.task(name="delivery.tell_administrators", queue="default")
def tell_administrators(mailbox_id: int) -> None:
    """Tell administrators that a mailbox stopped working, unless it works again."""
    from tugon.channels.models import Mailbox

    from .alarms import tell_administrators as run

    for mailbox in Mailbox.objects.filter(pk=mailbox_id):
        run(mailbox)


@app.task(name="delivery.forget_letters", queue="slow", queueing_lock="delivery.forget_letters")
def forget_letters(timestamp: int) -> None:
    """Drop the bytes of letters long settled."""
    from .operations import forget_letters as run

    run()


ALARM_WAIT = timedelta(minutes=2)
"""A server that is only restarted is no alarm."""


def send_at(moment: datetime | None) -> None:
    """Enqueue sending for then, within the caller's transaction; at once when it is past."""
    if moment is not None and moment > now():
        send_due.configure(schedule_at=moment).defer()
    elif not _is_enqueued():
        send_due.defer()
        transaction.on_commit(_enqueued)


def _is_enqueued() -> bool:
    """Whether this transaction already has a job that sends at once: it will see whatever is committed with it."""
    inside = set(connection.savepoint_ids)
    return any(hook[1] is _enqueued and set(hook[0]) <= inside for hook in connection.run_on_commit)


def _enqueued() -> None:
    """Stands among what happens at commit as long as the job does; a savepoint rolled back takes both away."""
