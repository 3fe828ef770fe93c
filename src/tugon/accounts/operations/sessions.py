from importlib import import_module

from django.conf import settings
from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..events import AgentSignedIn, SecondFactorChanged, SessionsEnded
from ..models import Agent, AgentSession


def note_seen(agent: Agent, *, key: str, address: str, user_agent: str) -> None:
    """Keep where and with what the agent works, and when last. Called about once a minute and session."""
    moment = now()
    AgentSession.objects.update_or_create(
        key=key,
        defaults={
            "agent": agent,
            "address": address or None,
            "user_agent": user_agent[:300],
            "seen_at": moment,
        },
    )
    Agent.objects.filter(pk=agent.pk).update(last_seen_at=moment)


@transaction.atomic
def note_signed_in(agent: Agent) -> None:
    record(AgentSignedIn(agent_id=agent.pk), by=agent.actor)


@transaction.atomic
def note_second_factor(agent: Agent, *, kind: str, change: str) -> None:
    """kind: totp, webauthn, recovery_codes. change: added, removed. allauth keeps the factor itself."""
    record(SecondFactorChanged(agent_id=agent.pk, kind=kind, change=change), by=agent.actor)


@transaction.atomic
def end_session(session: AgentSession, *, by: Actor) -> None:
    """Sign out one browser. Raises NotAllowed unless it is one's own or one manages people."""
    _require(by, session.agent)
    _forget([session.key])
    record(SessionsEnded(agent_id=session.agent_id, number=1), by=by)


@transaction.atomic
def end_all_sessions(agent: Agent, *, but: str = "", by: Actor) -> int:
    """Sign the agent out everywhere, but for the session with the key `but`. Returns how many ended."""
    _require(by, agent)
    keys = list(
        AgentSession.objects.filter(agent=agent).exclude(key=but or None).values_list("key", flat=True)
    )
    if keys:
        _forget(keys)
        record(SessionsEnded(agent_id=agent.pk, number=len(keys)), by=by)
    return len(keys)


def _require(by: Actor, agent: Agent) -> None:
    if by.kind != "agent" or by.id != agent.pk:
        policies.require(by, "admin.people")


def _forget(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
    AgentSession.objects.filter(key__in=keys).delete()
