from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record

from .. import links, policies
from ..errors import LinkSpent, PasswordRefused, PasswordWrong
from ..events import PasswordChanged, PasswordResetRequested, SecondFactorChanged
from ..models import Agent
from .sessions import end_all_sessions


@transaction.atomic
def request_password_reset(email: str) -> None:
    """Send a reset link if the address belongs to an active agent who has joined. Never tells whether it does."""
    agent = Agent.objects.active().filter(email__iexact=email.strip(), joined_at__isnull=False).first()
    if agent is not None:
        record(PasswordResetRequested(agent_id=agent.pk), by=SYSTEM)


@transaction.atomic
def reset_password(token: str, *, password: str) -> Agent:
    """Choose a new password with a link from a letter; every session ends. Raises LinkSpent, PasswordRefused."""
    found = links.agent_behind(token, "reset")
    if found is None:
        raise LinkSpent
    agent = Agent.objects.select_for_update().get(pk=found.pk)
    if agent.password != found.password:
        raise LinkSpent
    set_checked_password(agent, password)
    agent.save(update_fields=["password"])
    end_all_sessions(agent, by=agent.actor)
    record(PasswordChanged(agent_id=agent.pk, how="reset"), by=agent.actor)
    return agent


@transaction.atomic
def change_password(agent: Agent, *, current: str, password: str, keep_session: str = "", by: Actor) -> Agent:
    """Change one's own password; all other sessions end. Raises NotAllowed, PasswordWrong, PasswordRefused."""
    policies.require_self(by, agent)
    if not agent.check_password(current):
        raise PasswordWrong
    set_checked_password(agent, password)
    agent.save(update_fields=["password"])
    end_all_sessions(agent, but=keep_session, by=by)
    record(PasswordChanged(agent_id=agent.pk, how="own"), by=by)
    return agent


@transaction.atomic
def set_password(agent: Agent, *, password: str, by: Actor) -> Agent:
    """For who manages accounts at a terminal: every session ends. Raises NotAllowed, GrantsTooMuch, PasswordRefused."""
    policies.require(by, "admin.people")
    policies.require_may_grant(by, list(agent.roles.all()))
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    set_checked_password(agent, password)
    agent.save(update_fields=["password"])
    end_all_sessions(agent, by=by)
    record(PasswordChanged(agent_id=agent.pk, how="reset"), by=by)
    return agent


@transaction.atomic
def forget_second_factor(agent: Agent, *, by: Actor) -> int:
    """For somebody who lost telephone and keys: codes, app and passkeys go, the password stays, every session ends.

    Returns how many factors went; a repeat does nothing. Raises NotAllowed, GrantsTooMuch.
    """
    policies.require(by, "admin.people")
    policies.require_may_grant(by, list(agent.roles.all()))
    rows = Authenticator.objects.select_for_update().filter(user=agent)
    kinds = list(rows.values_list("type", flat=True))
    if not kinds:
        return 0
    rows.delete()
    end_all_sessions(agent, by=by)
    for kind in dict.fromkeys(kinds):
        record(SecondFactorChanged(agent_id=agent.pk, kind=kind, change="removed"), by=by)
    return len(kinds)


def set_checked_password(agent: Agent, password: str) -> None:
    """Set, not save. Raises PasswordRefused with the reasons in words."""
    try:
        validate_password(password, agent)
    except ValidationError as error:
        raise PasswordRefused(reason=" ".join(error.messages)) from error
    agent.set_password(password)
