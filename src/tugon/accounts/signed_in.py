"""Who asks, in one statement: the session, its agent with roles and teams, and the name of the company's decisions.

`SESSION_ENGINE`: Django's sessions in the database, which bring along the agent that this session was of when it was
last seen here. Whether it still is says the session alone: see `agent_of_session`.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from tugon.database.reading import gather, read
from tugon.database.revision import REVISION
from tugon.lib.clock import now

from .models import Agent, Membership, Role

MOST_KNOWN = 20_000

_last_of: dict[str, int] = {}
"""Whom a session was of when it was last asked for in this process: only a guess, so that both are asked at once."""


class SessionStore(db.SessionStore):
    agent: Agent | None = None
    revision: str = ""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        guess = _last_of.get(key, 0)
        found, agents, roles, teams = gather(
            _session(key, now()), _agent(guess), _roles(guess), _teams(guess)
        )
        if not found:
            self._session_key = None  # as Django does: a key that is not known is not taken over
            return None
        if agents:
            self.agent = agents[0]
            self.agent._role_rows = roles
            self.agent.team_ids = frozenset(teams)
        self.revision = found[0].revision or ""
        return found[0]  # type: ignore[no-any-return]


def agent_of_session(session: SessionBase) -> Agent | None:
    """The agent that came with the session, if it is theirs by all that Django asks for; None to ask the long way."""
    owner = session.get(SESSION_KEY)
    agent = getattr(session, "agent", None)
    if owner is None or session.session_key is None:
        return None
    if agent is None or str(agent.pk) != owner:
        _note(session.session_key, owner)
        return None
    is_theirs = (
        agent.is_active
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), agent.get_session_auth_hash())
    )
    return agent if is_theirs else None


def _note(key: str, owner: str) -> None:
    if len(_last_of) > MOST_KNOWN:
        _last_of.clear()
    if owner.isdecimal():
        _last_of[key] = int(owner)


@read
def _session(key: str, at: datetime) -> QuerySet[Session, Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at).annotate(revision=REVISION)


@read
def _agent(pk: int) -> QuerySet[Agent, Agent]:
    return Agent.objects.filter(pk=pk)


@read
def _roles(agent: int) -> QuerySet[Role, tuple[list[str], bool]]:
    return Role.objects.filter(agents=agent).values_list("permissions", "requires_second_factor")


@read
def _teams(agent: int) -> QuerySet[Membership, int]:
    return Membership.objects.filter(agent=agent).values_list("team_id", flat=True)
