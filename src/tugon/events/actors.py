"""Who did it: an agent, a customer, a rule, an API token, or Tugon itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ActorKind(StrEnum):
    AGENT = "agent"
    CUSTOMER = "customer"
    RULE = "rule"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `subject` is the row behind it (an Agent, a Customer), for policies; it is not stored.

    `via` says what the actor used when that explains the act: a rule's name and version, "bulk", "undo".
    """

    kind: ActorKind
    id: int | None = None
    subject: Any = field(default=None, compare=False, repr=False)
    via: str = ""


SYSTEM = Actor(ActorKind.SYSTEM)
