from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tugon.company import settings as company
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import links, policies, starting
from ..errors import AddressInvalid, AddressTaken, AlreadySetUp, LinkSpent, NameMissing, RolesMissing
from ..events import AgentInvited, AgentJoined
from ..models import Agent, Membership, Role, Team
from .passwords import set_checked_password


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    teams: Iterable[Team] = (),
    language: str = "",
    zone: str = "",
    by: Actor,
) -> Agent:
    """Make an account without a password and invite its owner by mail.

    Raises NotAllowed, GrantsTooMuch, AddressInvalid, AddressTaken, NameMissing, RolesMissing.
    """
    policies.require(by, "admin.people")
    given, groups = list(roles), list(teams)
    if not given:
        raise RolesMissing
    policies.require_may_grant(by, given)
    agent = _new(email, name, language=language, zone=zone)
    agent.invited_at = now()
    agent.set_unusable_password()
    agent.save()
    agent.roles.set(given)
    Membership.objects.bulk_create(Membership(team=team, agent=agent) for team in groups)
    record(AgentInvited(agent_id=agent.pk), by=by)
    return agent


@transaction.atomic
def invite_again(agent: Agent, *, by: Actor) -> Agent:
    """Send a fresh invitation; the older link is spent. Nothing happens when the person has joined already."""
    policies.require(by, "admin.people")
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    if agent.joined_at or not agent.is_active:
        return agent
    agent.invited_at = now()
    agent.save(update_fields=["invited_at"])
    record(AgentInvited(agent_id=agent.pk), by=by)
    return agent


@transaction.atomic
def accept_invitation(token: str, *, password: str, name: str = "") -> Agent:
    """The invited person chooses a password. Raises LinkSpent, PasswordRefused."""
    agent = links.agent_behind(token, "invitation")
    if agent is None:
        raise LinkSpent
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    if agent.joined_at:
        raise LinkSpent
    agent.name = name.strip() or agent.name
    set_checked_password(agent, password)
    agent.joined_at = now()
    agent.save(update_fields=["name", "password", "joined_at"])
    record(AgentJoined(agent_id=agent.pk), by=agent.actor)
    return agent


@transaction.atomic
def create_agent(*, email: str, name: str, roles: Iterable[Role], password: str, by: Actor) -> Agent:
    """Make an account that works at once, for the command line. Raises as `invite`, and PasswordRefused."""
    policies.require(by, "admin.people")
    given = list(roles)
    if not given:
        raise RolesMissing
    policies.require_may_grant(by, given)
    agent = _new(email, name, language="", zone="")
    set_checked_password(agent, password)
    agent.joined_at = now()
    agent.save()
    agent.roles.set(given)
    record(AgentJoined(agent_id=agent.pk), by=by)
    return agent


@transaction.atomic
def create_first_administrator(
    *, email: str, name: str, password: str, language: str = "", zone: str = "", by: Actor = SYSTEM
) -> Agent:
    """The one who invites all others. Raises AlreadySetUp, and what `invite` and `accept_invitation` raise."""
    starting.create_roles()
    administrator = Role.objects.select_for_update().filter(permissions__contains=["admin.people"]).first()
    if Agent.objects.administrators().exists():
        raise AlreadySetUp
    agent = _new(email, name, language=language, zone=zone)
    set_checked_password(agent, password)
    agent.joined_at = now()
    agent.save()
    agent.roles.add(administrator or starting.create_administrator_role())
    record(AgentJoined(agent_id=agent.pk), by=by)
    return agent


def _new(email: str, name: str, *, language: str, zone: str) -> Agent:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressInvalid(email=address) from error
    if not name.strip():
        raise NameMissing
    if Agent.objects.filter(email__iexact=address).exists():
        raise AddressTaken(email=address)
    return Agent(
        email=address,
        name=name.strip(),
        language=language or company.get("language"),
        time_zone=zone or company.get("zone"),
    )
