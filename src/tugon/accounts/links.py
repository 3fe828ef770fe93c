"""One-time links by mail: invitation and password reset. Signed, dated, and spent as soon as the password changes."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tugon.lib.secrets import sign

from .models import Agent

INVITATION_DAYS = 7
RESET_MINUTES = 60

_AGES = {"invitation": INVITATION_DAYS * 86400, "reset": RESET_MINUTES * 60}
"""Seconds that a link of each purpose holds."""


def token(agent: Agent, purpose: str) -> str:
    """A token for one purpose ("invitation", "reset"); it tells nothing about the agent but its id."""
    return signing.dumps([agent.pk, _fingerprint(agent, purpose)], salt=f"accounts.{purpose}", compress=False)


def agent_behind(value: str, purpose: str) -> Agent | None:
    """The active agent the token was made for, or None when it is forged, too old or spent."""
    try:
        pk, fingerprint = signing.loads(value, salt=f"accounts.{purpose}", max_age=_AGES[purpose])
    except (signing.BadSignature, ValueError, TypeError):
        return None
    agent = Agent.objects.active().filter(pk=pk).first()
    if agent is None or _fingerprint(agent, purpose) != fingerprint:
        return None
    return agent


def invitation_address(agent: Agent) -> str:
    return _absolute("accounts:invitation", token(agent, "invitation"))


def reset_address(agent: Agent) -> str:
    return _absolute("account_reset_password_with", token(agent, "reset"))


def _absolute(name: str, value: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[value])}"


def _fingerprint(agent: Agent, purpose: str) -> str:
    """Changes when the link is used (another password), when the address changes, and on every newer invitation."""
    invited = agent.invited_at.isoformat() if agent.invited_at else ""
    last = agent.last_login.isoformat() if agent.last_login else ""
    return sign(f"accounts.{purpose}", agent.pk, agent.email, agent.password, invited, last)
