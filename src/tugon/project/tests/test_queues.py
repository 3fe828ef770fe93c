from procrastinate.contrib.django import app

from tugon.project.work import QUEUES


def test_every_job_of_ours_goes_into_a_queue_that_a_worker_works():
    ours = {task for task in app.tasks.values() if task.func.__module__.startswith("tugon.")}
    assert ours
    assert {task.name for task in ours if task.queue not in QUEUES} == set()
