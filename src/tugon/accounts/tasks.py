from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import mail, sessions
from .models import Agent

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="accounts.send_invitation", queue="default", retry=RETRY)
def send_invitation(agent_id: int) -> None:
    agent = Agent.objects.active().filter(pk=agent_id, joined_at=None).first()
    if agent is not None:
        mail.send_invitation(agent)


@app.task(name="accounts.send_reset", queue="default", retry=RETRY)
def send_reset(agent_id: int) -> None:
    agent = Agent.objects.active().filter(pk=agent_id).first()
    if agent is not None:
        mail.send_reset(agent)


@app.task(name="accounts.send_notice", queue="default", retry=RETRY)
def send_notice(agent_id: int, what: str) -> None:
    agent = Agent.objects.filter(pk=agent_id).first()
    if agent is not None:
        mail.send_notice(agent, what)


@app.task(name="accounts.sweep_sessions", queue="slow", queueing_lock="accounts.sweep_sessions")
def sweep_sessions(timestamp: int = 0, **_more: Any) -> None:
    sessions.sweep()
