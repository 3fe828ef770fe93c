"""Words to people and machines: to agents, a note, a letter to the customer, a call to another system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.accounts.models import Agent, Membership
from tugon.events.operations import record
from tugon.tickets import operations as tickets
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewMessage

from .. import calling, letters
from ..events import AgentsAlerted
from .model import Action, Doing, Left, Names, refuse, text_of

WHO = {
    "assignee": gettext_lazy("who has it"),
    "followers": gettext_lazy("its followers"),
    "team": gettext_lazy("its team"),
    "leads": gettext_lazy("those who lead its team"),
}
MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Alert(Action):
    """Tell agents: who has it, followers, the team or its leads, or people by name."""

    do = "notify"
    label = gettext_lazy("Tell colleagues")
    emits = ("AgentsAlerted",)
    repeats = True

    who: tuple[str, ...] = ()
    agents: tuple[int, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Alert:
        who, agents = given.get("who") or [], given.get("agents") or []
        if not isinstance(who, list | tuple) or any(one not in WHO for one in who):
            refuse(_("{field}: choose one").format(field=_("Whom to tell")))
        if not isinstance(agents, list | tuple) or not all(str(one).isdecimal() for one in agents):
            refuse(_("{field}: choose one").format(field=_("Whom to tell")))
        if not who and not agents:
            refuse(_("{field}: choose one").format(field=_("Whom to tell")))
        return cls(tuple(one for one in WHO if one in who), tuple(int(one) for one in agents))

    def written(self) -> dict[str, Any]:
        return {
            "do": self.do,
            "who": list(self.who),
            **({"agents": list(self.agents)} if self.agents else {}),
        }

    def perform(self, doing: Doing) -> Left | None:
        told = sorted(self._told(Ticket.objects.get(pk=doing.ticket.pk)))
        if not told:
            return Left(_("there is nobody to tell."), is_failure=False)
        record(
            AgentsAlerted(ticket_id=doing.ticket.pk, rule_id=doing.version.rule_id, agent_ids=tuple(told)),
            by=doing.by,
        )
        return None

    def _told(self, ticket: Ticket) -> set[int]:
        told = set(Agent.objects.active().filter(pk__in=self.agents).values_list("pk", flat=True))
        if "assignee" in self.who and ticket.assignee_id:
            told.add(ticket.assignee_id)
        if "followers" in self.who:
            told |= set(ticket.followers.values_list("pk", flat=True))
        if ticket.team_id and {"team", "leads"} & set(self.who):
            members = Membership.objects.filter(team=ticket.team_id, agent__is_active=True)
            if "team" not in self.who:
                members = members.filter(leads=True)
            told |= set(members.values_list("agent_id", flat=True))
        return told

    def words(self, names: Names) -> str:
        people = [str(WHO[one]) for one in self.who] + [names.of("agent", one) for one in self.agents]
        return _("Tell {people}").format(people=", ".join(people))

    def rows(self) -> dict[str, set[Any]]:
        return {"agent": set(self.agents)} if self.agents else {}


@dataclass(frozen=True, slots=True)
class WriteNote(Action):
    do = "note"
    label = gettext_lazy("Write a note")
    emits = ("NoteAdded",)
    repeats = True

    text: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> WriteNote:
        return cls(text_of(given, "text", _("Note"), most=MOST_WORDS))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "text": self.text}

    def perform(self, doing: Doing) -> Left | None:
        tickets.add_note(doing.ticket, NewMessage(body=self.text), by=doing.by)
        return None

    def words(self, names: Names) -> str:
        return _("Write the note “{text}”").format(text=_short(self.text))


@dataclass(frozen=True, slots=True)
class Reply(Action):
    """A letter to the customer: own words per language, or a reply template by its key.

    acknowledges: it stands in place of the ordinary acknowledgement. Never to machines, never twice for one rule and
    ticket, within the caps on automatic mail.
    """

    do = "reply"
    label = gettext_lazy("Write to the customer")
    kinds = frozenset({"trigger", "automation"})
    emits = ("AutomaticReplySent",)
    repeats = True

    texts: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    acknowledges: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Reply:
        template = text_of(given, "template", _("Reply template"), most=80, may_be_empty=True)
        texts = given.get("texts") or {}
        if not isinstance(texts, Mapping):
            refuse(_("{field}: write some words").format(field=_("Letter")))
        words = {
            str(language): text_of(texts, language, _("Letter"), most=MOST_WORDS)
            for language in texts
            if str(texts[language]).strip()
        }
        if not template and not words:
            refuse(_("{field}: write some words").format(field=_("Letter")))
        unknown = sorted({name for text in words.values() for name in letters.unknown(text)})
        if unknown:
            refuse(_("the letter names {names}, which there is not").format(names=", ".join(unknown)))
        return cls(words, template, bool(given.get("acknowledges")))

    def written(self) -> dict[str, Any]:
        return {
            "do": self.do,
            **({"template": self.template} if self.template else {}),
            **({"texts": dict(self.texts)} if self.texts else {}),
            **({"acknowledges": True} if self.acknowledges else {}),
        }

    def perform(self, doing: Doing) -> Left | None:
        return letters.send(
            doing.ticket,
            message=doing.message,
            texts=self.texts,
            template=self.template,
            acknowledges=self.acknowledges,
            rule_id=doing.version.rule_id,
            by=doing.by,
        )

    def words(self, names: Names) -> str:
        said = (
            names.of("template", self.template) if self.template else _short(next(iter(self.texts.values())))
        )
        if self.acknowledges:
            return _("Acknowledge with “{text}”").format(text=said)
        return _("Write to the customer: “{text}”").format(text=said)


@dataclass(frozen=True, slots=True)
class Webhook(Action):
    """Send what the ticket says to another system, signed."""

    do = "webhook"
    label = gettext_lazy("Call another system")
    emits = ()
    repeats = True

    address: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Webhook:
        address = text_of(given, "address", _("Address"), most=500)
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname or parts.username:
            refuse(_("{field}: give an address that begins with https://").format(field=_("Address")))
        return cls(address)

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "address": self.address}

    def perform(self, doing: Doing) -> Left | None:
        calling.plan(doing.ticket, self.address, version=doing.version, occasion=doing.occasion)
        return None

    def words(self, names: Names) -> str:
        return _("Call {address}").format(address=self.address)


@dataclass(frozen=True, slots=True)
class InsertText(Action):
    """A macro's words, put into the composer for the agent to look at; nothing is sent."""

    do = "text"
    label = gettext_lazy("Put words into the answer")
    kinds = frozenset({"macro"})
    repeats = True

    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> InsertText:
        read = Reply.read({"texts": given.get("texts")})
        return cls(read.texts)

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "texts": dict(self.texts)}

    def perform(self, doing: Doing) -> Left | None:
        return None

    def words(self, names: Names) -> str:
        return _("Put into the answer: “{text}”").format(text=_short(next(iter(self.texts.values()), "")))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
