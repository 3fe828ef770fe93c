from collections.abc import Iterable
from typing import TYPE_CHECKING

from tugon.events.actors import Actor, ActorKind
from tugon.lib.errors import NotAllowed

from .errors import GrantsTooMuch

if TYPE_CHECKING:
    from .models import Agent, Role


def allowed(by: Actor, permission: str) -> bool:
    """Whether the actor holds the permission. Rules and Tugon itself may do what their makers configured."""
    if by.kind in (ActorKind.SYSTEM, ActorKind.RULE):
        return True
    return by.kind is ActorKind.AGENT and by.subject is not None and by.subject.may(permission)


def require(by: Actor, permission: str) -> None:
    """Raises NotAllowed unless the actor holds the permission."""
    if not allowed(by, permission):
        raise NotAllowed


def require_self(by: Actor, agent: "Agent") -> None:
    """Raises NotAllowed unless the actor is this agent."""
    if by.kind is not ActorKind.AGENT or by.id != agent.pk:
        raise NotAllowed


def require_may_grant(by: Actor, roles: "Iterable[Role]") -> None:
    """Raises GrantsTooMuch when a role holds what the actor does not: nobody makes somebody mightier than oneself."""
    require_holds(by, {name for role in roles for name in role.permissions})


def require_holds(by: Actor, permissions: Iterable[str]) -> None:
    """Raises GrantsTooMuch unless the actor holds every one of the permissions."""
    if not all(allowed(by, name) for name in permissions):
        raise GrantsTooMuch
