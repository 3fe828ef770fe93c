"""Letters that follow from facts about accounts."""

from typing import Any

from . import tasks
from .events import AgentInvited, PasswordChanged, PasswordResetRequested, SecondFactorChanged


def send_invitation(fact: AgentInvited, event: Any) -> None:
    tasks.send_invitation.defer(agent_id=fact.agent_id)


def send_reset(fact: PasswordResetRequested, event: Any) -> None:
    tasks.send_reset.defer(agent_id=fact.agent_id)


def tell_about_password(fact: PasswordChanged, event: Any) -> None:
    tasks.send_notice.defer(agent_id=fact.agent_id, what="password")


def tell_about_second_factor(fact: SecondFactorChanged, event: Any) -> None:
    tasks.send_notice.defer(agent_id=fact.agent_id, what=f"{fact.kind}-{fact.change}")
