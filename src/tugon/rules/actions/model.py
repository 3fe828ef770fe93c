"""What every action is: read from a definition, foreseen on paper, then done by one operation of a lower package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.tickets.models import Message, Ticket

from ..errors import RuleInvalid

if TYPE_CHECKING:
    from ..models import Version
    from ..standing import Standing

EVERYWHERE = frozenset({"trigger", "automation", "macro"})
TICKET_AND_FILTER = EVERYWHERE | {"filter"}


@dataclass(slots=True)
class Doing:
    """At hand while a rule acts on one ticket. standing: how it stood when the rule was weighed."""

    ticket: Ticket
    by: Actor
    version: Version
    standing: Standing
    message: Message | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """An action that was not done. why: words. is_failure: something was refused, rather than not needed."""

    why: str
    is_failure: bool = True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a rule does. A subclass is a dataclass of its values; `do` names it in definitions, for good."""

    do: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    kinds: ClassVar[frozenset[str]] = EVERYWHERE
    emits: ClassVar[tuple[str, ...]] = ()
    """Names of the facts it makes, for the search for circles."""
    repeats: ClassVar[bool] = False
    """Whether doing it again does more: a letter, a note, a call."""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Action:
        """The action of a definition. Raises RuleInvalid in words."""
        raise NotImplementedError

    def written(self) -> dict[str, Any]:
        """The action as a definition keeps it."""
        raise NotImplementedError

    def effects(self, standing: Standing) -> dict[str, Any]:
        """Field → value afterwards, of what would differ. Pure; empty where it changes no field."""
        return {}

    def needless(self, standing: Standing) -> bool:
        """Whether all is so already, so that nothing need be done."""
        return not self.repeats and not self.effects(standing)

    def perform(self, doing: Doing) -> Left | None:
        """Do it. None when done. Raises what the operations raise."""
        raise NotImplementedError

    def words(self, names: Names) -> str:
        """What it does, in the language active now."""
        raise NotImplementedError

    def rows(self) -> dict[str, set[int]]:
        """Rows it names by id, by kind ("team", "agent", "state"): when one is gone, the rule can be read no longer."""
        return {}


@dataclass(frozen=True, slots=True)
class Names:
    """What rows are called, by kind and id."""

    known: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)

    def of(self, kind: str, key: Any) -> str:
        return self.known.get(kind, {}).get(key) or (key if isinstance(key, str) else _("(no longer there)"))


def refuse(reason: str) -> NoReturn:
    raise RuleInvalid(reason=reason)


def text_of(
    given: Mapping[str, Any], name: str, label: str, *, most: int = 200, may_be_empty: bool = False
) -> str:
    """A piece of text in a definition. Raises RuleInvalid."""
    value = given.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        refuse(_("{field}: write some words").format(field=label))
    value = value.strip()
    if not value and not may_be_empty:
        refuse(_("{field}: write some words").format(field=label))
    if len(value) > most:
        refuse(_("{field}: write at most {number} letters").format(field=label, number=most))
    return value


def row_of(given: Mapping[str, Any], name: str, label: str) -> int | str:
    """An id, or a name (as the rules Tugon brings have it). Raises RuleInvalid."""
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str) or value in ("", 0):
        refuse(_("{field}: choose one").format(field=label))
    return int(value) if isinstance(value, str) and value.isdecimal() else value
