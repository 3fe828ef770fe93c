"""Reads about signed-in browsers, and the sweeping of those that ended by themselves."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from tugon.lib.clock import now

from .models import Agent, AgentSession


def open_sessions(agent: Agent) -> list[AgentSession]:
    """The agent's browsers that are still signed in, last seen first. One query and one for each row."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    return [row for row in agent.sessions.all() if store.exists(row.key)]


def sweep() -> None:
    """Remove expired sessions and what we knew of them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    oldest = now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    AgentSession.objects.filter(seen_at__lt=oldest).delete()
