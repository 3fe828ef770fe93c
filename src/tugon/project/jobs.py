"""The worker's loop. Django must be ready before this is imported."""

import os

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


async def run(queues: list[str], *, concurrency: int = 0, once: bool = False) -> None:
    """Work until told to stop. A worker that has lost the database ends, and is started again by who watches it."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # Only the worker's own loop gets the asynchronous connector. A job that enqueues another goes on using Django's
    # connection, so that the new job is committed or rolled back together with what the job did. That is why this is
    # with_connector and not replace_connector, which would change it for the jobs too.
    working = app.with_connector(connector.get_worker_connector())
    async with working.open_async():
        await working.run_worker_async(
            queues=queues,
            concurrency=concurrency or settings.WORKER_CONCURRENCY,
            wait=not once,
            name=f"{os.uname().nodename}-{os.getpid()}",
        )
