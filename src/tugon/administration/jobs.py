"""Jobs that gave up after their last attempt: what they were, and having them done after all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.lib.clock import now
from tugon.lib.errors import Conflict

MOST_SHOWN = 50


class JobWaitsAlready(Conflict):
    code = "job-waits-already"
    words = _("The same job waits already, so this one was taken away: the other does its work.")


@dataclass(frozen=True, slots=True)
class FailedJob:
    """task: the name under which the code knows it. given: what it was given. failed_at: None where nobody noted it."""

    pk: int
    task: str
    given: dict[str, Any]
    attempts: int
    failed_at: datetime | None


def failed_jobs() -> list[FailedJob]:
    """The newest `MOST_SHOWN`. One query."""
    rows = ProcrastinateJob.objects.filter(status="failed").annotate(at=Max("procrastinateevent__at"))
    return [
        FailedJob(row.pk, row.task_name, row.args, row.attempts, row.at)
        for row in rows.order_by("-id")[:MOST_SHOWN]
    ]


def do_again(job_id: int, *, by: Actor) -> None:
    """Have a worker try a failed job again now. One that is not failed any more stays as it is.

    Raises NotAllowed, JobWaitsAlready (the failed one is removed then).
    """
    require(by, "admin.audit")
    if not ProcrastinateJob.objects.filter(pk=job_id, status="failed").exists():
        return
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job_id, retry_at=now())
    except UniqueViolation as error:
        forget(job_id, by=by)
        raise JobWaitsAlready from error


def forget(job_id: int, *, by: Actor) -> None:
    """Remove a failed job for good. A repeat does nothing."""
    require(by, "admin.audit")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'failed'", [job_id])
