"""Events in words for the timeline: an icon and a sentence in the language active now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Customer
from tugon.escalation.naming import name_of_level
from tugon.events.models import Event
from tugon.tickets.models import Kind, Priority, Severity, State, Status


@dataclass(frozen=True, slots=True)
class Names:
    """Names of what events point to, read together: at most four queries for any number of events."""

    agents: dict[int, str] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    customers: dict[int, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)

    def agent(self, pk: int | None) -> str:
        return self.agents.get(pk or 0, _("a former colleague"))

    def team(self, pk: int | None) -> str:
        return self.teams.get(pk or 0, _("no team"))


@dataclass(frozen=True, slots=True)
class Sentence:
    icon: str
    words: str


def names_for(events: Iterable[Event], known: Names | None = None) -> Names:
    """Everything the sentences need to name; only what is not `known` is read."""
    known = known or Names()
    agents: set[int] = set()
    teams: set[int] = set()
    customers: set[int] = set()
    states: set[int] = set()
    for event in events:
        data = event.data
        if event.actor_kind == "agent" and event.actor_id:
            agents.add(event.actor_id)
        if event.actor_kind == "customer" and event.actor_id:
            customers.add(event.actor_id)
        if event.name == "TicketAssigned":
            agents.update(pk for pk in (data.get("from_id"), data.get("to_id")) if pk)
        if event.name == "PageSent":
            agents.add(data["agent_id"])
        if event.name == "FollowersChanged":
            agents.update([*data.get("added", ()), *data.get("removed", ())])
        if event.name == "TicketTransferred":
            teams.update(pk for pk in (data.get("from_team_id"), data.get("to_team_id")) if pk)
        if data.get("state_id"):
            states.add(data["state_id"])
    agents, teams = agents - set(known.agents), teams - set(known.teams)
    customers, states = customers - set(known.customers), states - set(known.states)
    return Names(
        known.agents
        | (dict(Agent.objects.filter(pk__in=agents).values_list("pk", "name")) if agents else {}),
        known.teams | (dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")) if teams else {}),
        known.customers | _people(customers),
        known.states | (_states(states) if states else {}),
    )


def _states(ids: set[int]) -> dict[int, str]:
    language = get_language() or "en"
    return {row.pk: row.name_in(language) for row in State.objects.filter(pk__in=ids)}


def _people(ids: set[int]) -> dict[int, str]:
    return {row.pk: row.shown_name for row in Customer.objects.filter(pk__in=ids)} if ids else {}


def sentence(event: Event, names: Names) -> Sentence | None:
    """The event in words, or None for what the timeline shows in another way (messages, notes)."""
    write = _WRITERS.get(event.name) or _triage_writers().get(event.name)
    return write(event.data, _who(event, names), names) if write else None


@cache
def _triage_writers() -> dict[str, "Writer"]:
    from .triage.happenings import WRITERS

    return WRITERS


def _who(event: Event, names: Names) -> str:
    if event.actor_kind == "agent":
        return names.agent(event.actor_id)
    if event.actor_kind == "customer":
        return names.customers.get(event.actor_id or 0, _("The customer"))
    if event.actor_kind == "rule":
        return _("Rule {name}").format(name=event.via)
    return "Tugon"


Writer = Callable[[dict[str, Any], str, Names], Sentence | None]


def _opened(data: dict[str, Any], who: str, names: Names) -> Sentence:
    return Sentence("ticket", _("{who} opened the ticket").format(who=who))


def _assigned(data: dict[str, Any], who: str, names: Names) -> Sentence:
    to = names.agent(data["to_id"]) if data.get("to_id") else ""
    if not to:
        return Sentence("user-round-x", _("{who} released the ticket").format(who=who))
    if to == who:
        return Sentence("user-round-check", _("{who} took the ticket").format(who=who))
    return Sentence("user-round-check", _("{who} assigned the ticket to {to}").format(who=who, to=to))


def _transferred(data: dict[str, Any], who: str, names: Names) -> Sentence:
    return Sentence(
        "arrow-right-left",
        _("{who} moved the ticket to {team}").format(who=who, team=names.team(data.get("to_team_id"))),
    )


def _status(data: dict[str, Any], who: str, names: Names) -> Sentence:
    to = data["to_status"]
    word = names.states.get(data.get("state_id") or 0) or str(Status(to).label)
    return Sentence("circle-dot", _("{who} changed the state to {state}").format(who=who, state=word))


def _changed(data: dict[str, Any], who: str, names: Names) -> Sentence:
    parts = [_change_words(name, values) for name, values in data.get("changes", {}).items()]
    return Sentence("pencil", _("{who} changed {what}").format(who=who, what=", ".join(parts)))


def _change_words(name: str, values: list[Any]) -> str:
    labels = {
        "subject": _("the subject"),
        "kind": _("the type"),
        "priority": _("the priority"),
        "severity": _("the severity"),
        "side": _("where the problem lies"),
        "language": _("the language"),
    }
    label = labels.get(name) or _("the field {name}").format(name=name.removeprefix("fields."))
    if len(values) != 2:
        return label
    after = _choice_words(name, values[1])
    return _("{what} to {value}").format(what=label, value=after) if after else label


def _choice_words(name: str, value: Any) -> str:
    choices: dict[str, Any] = {"kind": Kind, "priority": Priority, "severity": Severity}
    if name in choices:
        try:
            return str(choices[name](value).label)
        except ValueError:
            return ""
    return str(value) if name in ("language",) else ""


def _escalated(data: dict[str, Any], who: str, names: Names) -> Sentence:
    level = name_of_level(data.get("level_id"))
    if data.get("how") == "criteria":
        return Sentence("chevrons-up", _("Escalated to “{level}” by its criteria").format(level=level))
    return Sentence("chevrons-up", _("{who} escalated to “{level}”").format(who=who, level=level))


def _lowered(data: dict[str, Any], who: str, names: Names) -> Sentence:
    level = name_of_level(data.get("level_id"))
    if data.get("to_level_id"):
        to = name_of_level(data["to_level_id"])
        words = _("{who} lowered from “{level}” to “{to}”").format(who=who, level=level, to=to)
    elif data.get("how") == "lowered":
        words = _("{who} lowered: no longer at “{level}”").format(who=who, level=level)
    else:
        words = _("The escalation to “{level}” ended").format(level=level)
    return Sentence("arrow-down", words)


def _paged(data: dict[str, Any], who: str, names: Names) -> Sentence:
    return Sentence("phone", _("On call: {name} was called").format(name=names.agent(data.get("agent_id"))))


def _answered_outside(data: dict[str, Any], who: str, names: Names) -> Sentence:
    if data.get("automatic"):
        return Sentence("building-2", _("An automatic answer came from outside"))
    if not data.get("confirmed"):
        return Sentence("building-2", _("A letter from outside waits to be accepted"))
    return Sentence("building-2", _("The department outside answered"))


def _tags(data: dict[str, Any], who: str, names: Names) -> Sentence:
    if data.get("added") and data.get("removed"):
        words = _("{who} added the tags {added} and removed {removed}")
    elif data.get("added"):
        words = _("{who} added the tags {added}")
    else:
        words = _("{who} removed the tags {removed}")
    return Sentence(
        "tag",
        words.format(
            who=who, added=", ".join(data.get("added", ())), removed=", ".join(data.get("removed", ()))
        ),
    )


def _followers(data: dict[str, Any], who: str, names: Names) -> Sentence:
    if data.get("added"):
        people = ", ".join(names.agent(pk) for pk in data["added"])
        words = _("{people} follows the ticket now").format(people=people)
    else:
        people = ", ".join(names.agent(pk) for pk in data.get("removed", ()))
        words = _("{people} follows the ticket no longer").format(people=people)
    return Sentence("eye", words)


def _numbered(icon: str, words: str, key: str) -> Writer:
    def write(data: dict[str, Any], who: str, names: Names) -> Sentence:
        return Sentence(icon, _(words).format(who=who, number=data.get(key)))

    return write


def _plain(icon: str, words: str) -> Writer:
    def write(data: dict[str, Any], who: str, names: Names) -> Sentence:
        return Sentence(icon, _(words).format(who=who))

    return write


def N_(words: str) -> str:
    """Marks words for translation where they are only kept."""
    return words


_WRITERS: dict[str, Writer] = {
    "TicketOpened": _opened,
    "TicketAssigned": _assigned,
    "TicketTransferred": _transferred,
    "StatusChanged": _status,
    "TicketChanged": _changed,
    "TagsChanged": _tags,
    "FollowersChanged": _followers,
    "TicketSnoozed": _plain("moon", N_("{who} put the ticket away for a while")),
    "TicketWoke": _plain("alarm-clock", N_("The ticket came back")),
    "SolutionConfirmed": _plain("circle-check-big", N_("{who} confirmed that it is solved")),
    "SolutionRejected": _plain("rotate-ccw", N_("{who} said that it is not solved yet")),
    "TicketMerged": _numbered("merge", N_("{who} merged this ticket into #{number}"), "into_id"),
    "TicketReceivedMerge": _numbered("merge", N_("{who} merged #{number} into this ticket"), "from_id"),
    "MergeUndone": _numbered("undo-2", N_("{who} undid the merge with #{number}"), "from_id"),
    "TicketSplit": _numbered("split", N_("{who} made a new ticket of a message: #{number}"), "new_ticket_id"),
    "TicketLinked": _numbered("link", N_("{who} linked #{number}"), "other_id"),
    "TicketUnlinked": _numbered("unlink", N_("{who} removed the link to #{number}"), "other_id"),
    "ReplyWithdrawn": _plain("undo-2", N_("{who} took a reply back before it left")),
    "MessageRedacted": _plain("eraser", N_("{who} removed words from a message for good")),
    "AttachmentRedacted": _plain("eraser", N_("{who} removed a file for good")),
    "TicketMarkedSpam": _plain("shield-alert", N_("{who} marked the ticket as spam")),
    "TicketUnmarkedSpam": _plain("shield-check", N_("{who} said that this is no spam")),
    "ParticipantChanged": _plain("at-sign", N_("{who} changed who takes part")),
    "CustomerOfTicketChanged": _plain("user-round", N_("{who} gave the ticket to another customer")),
    "DeliveryFailed": _plain("mail-warning", N_("A message could not be delivered")),
    "DeliveryBounced": _plain("mail-warning", N_("A message came back undelivered")),
    "TicketRated": _plain("star", N_("{who} rated the answer")),
    "AssistantWordsTaken": _plain("bot", N_("{who} took words that a machine made")),
    "TicketEscalated": _escalated,
    "TicketDeescalated": _lowered,
    "PageSent": _paged,
    "PageAcknowledged": _plain("phone", N_("{who} has it: the calls ended")),
    "PageUnanswered": _plain("phone", N_("Nobody on call answered")),
    "OutsideAsked": _plain("building-2", N_("{who} asked a department outside")),
    "OutsideAnswered": _answered_outside,
    "OutsideOverdue": _plain("building-2", N_("The department outside did not answer in time")),
    "OutsideFailed": _plain("mail-warning", N_("A letter to a department outside did not arrive")),
    "OutsideEnded": _plain("building-2", N_("{who} waits no longer for the department outside")),
}
