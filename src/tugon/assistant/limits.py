"""How much the assistant may be asked."""

from datetime import timedelta

from tugon.accounts.models import Agent
from tugon.lib.clock import now

from .errors import LimitReached
from .models import Asking, Setup


def require(decided: Setup, agent: Agent) -> None:
    """Raises LimitReached with the limit that is used up. Two queries."""
    lately = Asking.objects.filter(sent_at__gte=now() - timedelta(hours=24))
    if lately.filter(agent=agent).count() >= decided.agent_limit:
        raise LimitReached(limit=decided.agent_limit)
    if lately.count() >= decided.company_limit:
        raise LimitReached(limit=decided.company_limit)


def used() -> int:
    """Questions of everybody in the last 24 hours."""
    return Asking.objects.filter(sent_at__gte=now() - timedelta(hours=24)).count()
