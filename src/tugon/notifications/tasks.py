from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from tugon.accounts.models import Agent

from .deciding import mail_after

DELAY = timedelta(minutes=2)
"""Who looks at the console meanwhile gets no mail, and what happens meanwhile goes into one letter."""


def schedule_mail(agent: Agent, moment: datetime) -> None:
    """One letter per agent waits at a time: it will hold whatever is unread when it is written."""
    job = mail_unread.configure(
        schedule_at=mail_after(moment + DELAY, agent.preferences, agent.time_zone),
        queueing_lock=f"notifications-{agent.pk}",
    )
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        job.defer(agent_id=agent.pk)


@app.task(name="notifications.mail_unread", queue="default", retry=5)
def mail_unread(agent_id: int) -> None:
    """Mail an agent what they have not looked at."""
    from .mailing import mail_unread_to

    mail_unread_to(agent_id)
