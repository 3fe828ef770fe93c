"""Properties, fields, tags and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.lib.clock import now
from tugon.tickets import operations as tickets
from tugon.tickets.conditions import moments
from tugon.tickets.conditions.fields import FIELDS
from tugon.tickets.models import State, Status
from tugon.tickets.models.ticket import Side
from tugon.tickets.operations.changing import CHANGEABLE
from tugon.tickets.tagging import tag_word

from ..standing import Standing
from .model import TICKET_AND_FILTER, Action, Doing, Left, Names, refuse, row_of, text_of

PROPERTIES = ("priority", "kind", "severity", "side", "language")


@dataclass(frozen=True, slots=True)
class SetProperty(Action):
    """Priority, type, severity, side, language. at_least: of levels, never lower than it stands. why: shown to
    agents."""

    do = "set"
    label = gettext_lazy("Set a property")
    kinds = TICKET_AND_FILTER
    emits = ("TicketChanged",)

    field: str
    value: Any
    at_least: bool = False
    why: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> SetProperty:
        name = given.get("field")
        if name not in PROPERTIES:
            refuse(_("“{name}” is no property that can be set").format(name=str(name)[:40]))
        value, choices = given.get("value"), CHANGEABLE[str(name)]
        if name in ("priority", "severity") and isinstance(value, str):
            value = int(value) if value.isdecimal() else FIELDS[str(name)].names.get(value.lower())
        if choices is not None and value not in choices:
            refuse(_("{field}: choose one").format(field=FIELDS[str(name)].label))
        if choices is None and (not isinstance(value, str) or not value.strip() or len(value) > 16):
            refuse(_("{field}: choose one").format(field=FIELDS[str(name)].label))
        at_least = bool(given.get("at_least")) and name in ("priority", "severity")
        why = text_of(given, "why", _("Reason"), may_be_empty=True)
        return cls(str(name), value, at_least, why)

    def written(self) -> dict[str, Any]:
        return {
            "do": self.do,
            "field": self.field,
            "value": self.value,
            **({"at_least": True} if self.at_least else {}),
            **({"why": self.why} if self.why else {}),
        }

    def effects(self, standing: Standing) -> dict[str, Any]:
        before = standing.get(self.field)
        if before == self.value or (self.at_least and before is not None and before >= self.value):
            return {}
        return {self.field: self.value}

    def perform(self, doing: Doing) -> Left | None:
        tickets.change(doing.ticket, **{self.field: self.value}, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        value = names.of(self.field, self.value)
        label = str(FIELDS[self.field].label)
        words = _("Raise {field} to {value} at least") if self.at_least else _("Set {field} to {value}")
        said = words.format(field=label, value=value)
        return _("{action}, because: {why}").format(action=said, why=self.why) if self.why else said


def property_names() -> dict[str, dict[Any, str]]:
    """What values of properties are called, in the language active now."""
    found: dict[str, dict[Any, str]] = {}
    for name in PROPERTIES:
        choices = dict(Side.choices) if name == "side" else FIELDS[name].choices
        found[name] = {value: str(words).partition(":")[0] for value, words in choices.items()}
    found["severity"][None] = _("not said")
    return found


@dataclass(frozen=True, slots=True)
class SetField(Action):
    """A custom field of the ticket; an empty value empties it."""

    do = "field"
    label = gettext_lazy("Fill in a field")
    kinds = TICKET_AND_FILTER
    emits = ("TicketChanged",)

    key: str
    value: Any

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> SetField:
        return cls(text_of(given, "key", _("Field"), most=40), given.get("value"))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "key": self.key, "value": self.value}

    def effects(self, standing: Standing) -> dict[str, Any]:
        fields = standing.get("fields", {})
        if fields.get(self.key) == self.value:
            return {}
        return {"fields": {**fields, self.key: self.value}}

    def perform(self, doing: Doing) -> Left | None:
        tickets.set_fields(doing.ticket, values={self.key: self.value}, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        value = self.value if self.value not in (None, "", []) else _("nothing")
        return _("Set {field} to {value}").format(field=names.of("field", self.key), value=value)

    def rows(self) -> dict[str, set[Any]]:
        return {"field": {self.key}}


@dataclass(frozen=True, slots=True)
class ChangeTags(Action):
    do = "tags"
    label = gettext_lazy("Add or remove tags")
    kinds = TICKET_AND_FILTER
    emits = ("TagsChanged",)

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> ChangeTags:
        found = []
        for name in ("add", "remove"):
            value = given.get(name) or []
            words = value.split(",") if isinstance(value, str) else value
            if not isinstance(words, list | tuple) or len(words) > 20:
                refuse(_("give at most twenty tags"))
            found.append(tuple(dict.fromkeys(tag for word in words if (tag := tag_word(str(word))))))
        if not any(found):
            refuse(_("give at least one tag"))
        return cls(*found)

    def written(self) -> dict[str, Any]:
        lists = {"add": list(self.add), "remove": list(self.remove)}
        return {"do": self.do, **{name: tags for name, tags in lists.items() if tags}}

    def effects(self, standing: Standing) -> dict[str, Any]:
        before = list(standing.get("tags") or [])
        after = [tag for tag in before if tag not in self.remove]
        after += [tag for tag in self.add if tag not in after]
        return {} if after == before else {"tags": after}

    def perform(self, doing: Doing) -> Left | None:
        tickets.set_tags(doing.ticket, add=self.add, remove=self.remove, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        parts = []
        if self.add:
            parts.append(_("Add the tags {tags}").format(tags=", ".join(self.add)))
        if self.remove:
            parts.append(_("Remove the tags {tags}").format(tags=", ".join(self.remove)))
        return _(" and ").join(parts)


@dataclass(frozen=True, slots=True)
class SetStatus(Action):
    """One of the six statuses, or a company's own state."""

    do = "status"
    label = gettext_lazy("Set the state")
    emits = ("StatusChanged", "TicketSolved", "TicketClosed", "TicketReopened", "TicketWoke")

    status: str = ""
    state: int | str = 0

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> SetStatus:
        if given.get("state"):
            return cls("", row_of(given, "state", _("State")))
        status = given.get("status")
        if status not in Status.values:
            refuse(_("{field}: choose one").format(field=_("State")))
        return cls(str(status))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, **({"state": self.state} if self.state else {"status": self.status})}

    def effects(self, standing: Standing) -> dict[str, Any]:
        if self.state:
            return {} if standing.get("state") == self.state else {"state": self.state}
        return {} if standing.get("status") == self.status else {"status": self.status}

    def perform(self, doing: Doing) -> Left | None:
        state = State.objects.filter(pk=self.state, archived_at=None).first() if self.state else None
        if self.state and state is None:
            return Left(_("this state is no longer there."))
        tickets.set_status(doing.ticket, to=self.status, state=state, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        value = names.of("state", self.state) if self.state else names.of("status", self.status)
        return _("Set {field} to {value}").format(field=_("State"), value=value)

    def rows(self) -> dict[str, set[Any]]:
        return {"state": {self.state}} if self.state else {}


@dataclass(frozen=True, slots=True)
class Snooze(Action):
    """Put away for a while: a length such as "2 days"."""

    do = "snooze"
    label = gettext_lazy("Put away for a while")
    emits = ("StatusChanged", "TicketSnoozed")
    repeats = True

    length: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Snooze:
        try:
            moments.duration(given.get("length"))
        except ValueError as error:
            refuse(str(error))
        return cls(" ".join(str(given["length"]).lower().split()))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "length": self.length}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {} if standing.get("status") == Status.HOLD else {"status": Status.HOLD.value}

    def perform(self, doing: Doing) -> Left | None:
        tickets.snooze(doing.ticket, until=now() + moments.duration(self.length), by=doing.by)
        return None

    def words(self, names: Names) -> str:
        return _("Put away for {length}").format(length=moments.duration_words(self.length))


@dataclass(frozen=True, slots=True)
class MarkSpam(Action):
    do = "spam"
    label = gettext_lazy("Mark as spam")
    kinds = TICKET_AND_FILTER
    emits = ("TicketMarkedSpam",)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> MarkSpam:
        return cls()

    def written(self) -> dict[str, Any]:
        return {"do": self.do}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {} if standing.get("is_spam") else {"is_spam": True}

    def perform(self, doing: Doing) -> Left | None:
        tickets.mark_spam(doing.ticket, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        return _("Mark as spam")


@dataclass(frozen=True, slots=True)
class StaySolved(Action):
    """The message does not open the ticket again: it only says thanks."""

    do = "stay"
    label = gettext_lazy("Leave it solved: the message opens nothing")
    kinds = frozenset({"trigger"})
    repeats = True

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> StaySolved:
        return cls()

    def written(self) -> dict[str, Any]:
        return {"do": self.do}

    def perform(self, doing: Doing) -> Left | None:
        if doing.occasion != "CustomerWrote" or doing.message is None:
            return Left(_("only where the customer writes again."), is_failure=False)
        doing.message.reopens = False
        return None

    def words(self, names: Names) -> str:
        return _("Leave it solved: the message opens nothing")
