from tugon.events.actors import Actor, ActorKind
from tugon.lib.errors import NotAllowed


def allowed(by: Actor, permission: str) -> bool:
    """Whether the actor holds the permission. Rules and Tugon itself may do what their makers configured."""
    if by.kind in (ActorKind.SYSTEM, ActorKind.RULE):
        return True
    return by.kind is ActorKind.AGENT and by.subject is not None and by.subject.may(permission)


def require(by: Actor, permission: str) -> None:
    """Raises NotAllowed unless the actor holds the permission."""
    if not allowed(by, permission):
        raise NotAllowed
