"""Who is behind a session cookie, asked outside of a request."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore


@dataclass(frozen=True)
class Identity:
    """The person a stream belongs to: an agent, or a customer of the portal, or both in one browser."""

    session_key: str
    agent_id: int | None = None
    customer_id: int | None = None


def identity_of(session_key: str | None) -> Identity | None:
    """The person of this session now, or nobody if it has ended or the agent was deactivated. Up to 2 queries.

    Reads the session's row, not a cache: a session revoked by another process must be seen.
    """
    if not session_key:
        return None
    session = SessionStore(session_key)
    agent = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    customer_id = session.get("customer_id")
    if not agent.is_authenticated and customer_id is None:
        return None
    return Identity(
        session_key=session_key,
        agent_id=agent.pk if agent.is_authenticated else None,
        customer_id=int(customer_id) if customer_id is not None else None,
    )
