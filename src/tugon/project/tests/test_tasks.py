"""Jobs of workers that died."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tugon.delivery.tasks import send_due
from tugon.project.tasks import retry_stalled_jobs

LOCK = "only.one"


@pytest.fixture(autouse=True)
def no_other_jobs(transactional_db):
    """The tables of the queue are not Django's, so its flush leaves them."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")


def a_job_of_a_dead_worker() -> int:
    job = send_due.configure(queueing_lock=LOCK).defer()
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", [job])
    return job


def test_a_job_of_a_dead_worker_is_done_by_another():
    job = a_job_of_a_dead_worker()
    async_to_sync(retry_stalled_jobs.func)(0)
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"


def test_a_dead_job_whose_like_already_waits_does_not_hold_back_the_others():
    first, second = a_job_of_a_dead_worker(), a_job_of_a_dead_worker()
    async_to_sync(retry_stalled_jobs.func)(0)
    assert list(ProcrastinateJob.objects.filter(pk__in=[first, second]).values_list("status", flat=True)) == [
        "todo"
    ]
