"""Names of what can change, and who may hear of it.

A topic is `kind:id`, such as `ticket:1042`, `queue:7`, `agent:3`, `customer:9`. `presence:ticket:1042` is who looks at
that ticket; it is open to agents who may hear of the ticket itself. The packages above say who may hear of a kind:

    may_subscribe("ticket", lambda identity, ticket_id: Ticket.objects.visible_to_id(identity, ticket_id).exists())
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, Self

from tugon.realtime.identity import Identity

Rule = Callable[[Identity, str], bool]
PRESENCE = "presence:"
LENGTH = 100  # characters of a whole name
_name = re.compile(r"(?P<kind>(?:presence:)?[a-z][a-z_]{0,31}):(?P<id>[A-Za-z0-9_-]{1,64})")
_rules: dict[str, Rule] = {}


class Topic(NamedTuple):
    """One name. `str(Topic("ticket", 1042)) == "ticket:1042"`."""

    kind: str
    id: str | int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def presence(self) -> "Topic":
        """The topic of who looks at this one."""
        return Topic(PRESENCE + self.kind, self.id)

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """The topic of a name from outside, or None if it is not shaped like one."""
        match = _name.fullmatch(name) if len(name) <= LENGTH else None
        return cls(match["kind"], match["id"]) if match else None


def may_subscribe(kind: str, rule: Rule) -> None:
    """Let people hear of topics of this kind where `rule(identity, id)` says so. It may query the database."""
    _rules[kind] = rule


def allowed(identity: Identity, topics: Iterable[Topic]) -> set[Topic]:
    """Those of the topics this person may hear of. Costs what the rules cost; unknown kinds are refused."""
    return {topic for topic in topics if _is_allowed(identity, topic)}


def _is_allowed(identity: Identity, topic: Topic) -> bool:
    kind = topic.kind
    if kind.startswith(PRESENCE):
        if identity.agent_id is None:
            return False
        kind = kind.removeprefix(PRESENCE)
    rule = _rules.get(kind)
    return rule is not None and bool(rule(identity, str(topic.id)))
