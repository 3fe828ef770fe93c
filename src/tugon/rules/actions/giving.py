"""Who gets it: team, person, by a way of sharing out; who follows; how high it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.accounts.models import Agent, Team
from tugon.routing.models import Strategy
from tugon.tickets import operations as tickets
from tugon.tickets.models import Ticket, TicketLink

from .. import reaching
from ..standing import Standing
from .model import EVERYWHERE, TICKET_AND_FILTER, Action, Doing, Left, Names, refuse, row_of, text_of

STRATEGIES: Mapping[str, str | Promise] = dict(Strategy.choices)


def team_named(given: int | str) -> Team | None:
    """A team in use, by id, or by name whatever the letter case. One query."""
    rows = Team.objects.filter(archived_at=None)
    return (
        rows.filter(pk=given).first() if isinstance(given, int) else rows.filter(name__iexact=given).first()
    )


@dataclass(frozen=True, slots=True)
class GiveTeam(Action):
    """Move to a team. A name (in the rules Tugon brings) that no team has is passed over; an id is not."""

    do = "team"
    label = gettext_lazy("Move to a team")
    kinds = TICKET_AND_FILTER
    emits = ("TicketTransferred", "TicketAssigned")

    team: int | str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> GiveTeam:
        return cls(row_of(given, "team", _("Team")))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "team": self.team}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {} if standing.get("team") == self.team else {"team": self.team}

    def perform(self, doing: Doing) -> Left | None:
        team = team_named(self.team)
        if team is None:
            return Left(_("there is no team {team}.").format(team=self.team), is_failure=False)
        tickets.transfer(doing.ticket, to=team, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        return _("Move to {team}").format(team=names.of("team", self.team))

    def rows(self) -> dict[str, set[Any]]:
        return {"team": {self.team}} if isinstance(self.team, int) else {}


@dataclass(frozen=True, slots=True)
class GiveAgent(Action):
    """Assign to one agent; 0 releases it; "me" (macros) is who chooses the macro."""

    do = "agent"
    label = gettext_lazy("Assign to a person")
    emits = ("TicketAssigned",)

    agent: int | str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> GiveAgent:
        if given.get("agent") in (0, "0", "me", "nobody"):
            return cls("me" if given["agent"] == "me" else 0)
        return cls(row_of(given, "agent", _("Person")))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "agent": self.agent}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {} if standing.get("assignee") == (self.agent or None) else {"assignee": self.agent or None}

    def perform(self, doing: Doing) -> Left | None:
        if self.agent == "me":
            if doing.by.subject is None:
                return Left(_("nobody chose it, so “me” is nobody."))
            tickets.assign(doing.ticket, to=doing.by.subject, by=doing.by)
            return None
        agent = Agent.objects.active().filter(pk=self.agent).first() if self.agent else None
        if self.agent and agent is None:
            return Left(_("this agent is no longer there."))
        ticket = Ticket.objects.select_related("team").get(pk=doing.ticket.pk)
        if agent and ticket.team and not ticket.team.has(agent):
            return Left(
                _("{agent} is not in the team {team}.").format(agent=agent.name, team=ticket.team.name)
            )
        tickets.assign(doing.ticket, to=agent, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        if not self.agent:
            return _("Release it: nobody has it")
        who = _("who chooses the macro") if self.agent == "me" else names.of("agent", self.agent)
        return _("Assign to {agent}").format(agent=who)

    def rows(self) -> dict[str, set[Any]]:
        return {"agent": {self.agent}} if isinstance(self.agent, int) and self.agent else {}


@dataclass(frozen=True, slots=True)
class ShareOut(Action):
    """Assign within the ticket's team by a way of sharing out, unless somebody has it."""

    do = "route"
    label = gettext_lazy("Share out within the team")
    emits = ("TicketAssigned", "TicketRouted")

    strategy: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> ShareOut:
        if given.get("strategy") not in STRATEGIES:
            refuse(_("{field}: choose one").format(field=_("How it is shared out")))
        return cls(str(given["strategy"]))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "strategy": self.strategy}

    def effects(self, standing: Standing) -> dict[str, Any]:
        if standing.get("assignee") or not standing.get("team"):
            return {}
        return {"assignee": _("somebody ({strategy})").format(strategy=STRATEGIES[self.strategy])}

    def perform(self, doing: Doing) -> Left | None:
        words = reaching.route(doing.ticket, self.strategy, by=doing.by)
        return Left(words, is_failure=False) if words else None

    def words(self, names: Names) -> str:
        return _("Share out within the team: {strategy}").format(strategy=STRATEGIES[self.strategy])


@dataclass(frozen=True, slots=True)
class Follow(Action):
    do = "follow"
    label = gettext_lazy("Let somebody follow")
    emits = ("FollowersChanged",)

    agents: tuple[int, ...]

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Follow:
        agents = given.get("agents") or []
        if (
            not isinstance(agents, list | tuple)
            or not agents
            or not all(str(one).isdecimal() for one in agents)
        ):
            refuse(_("{field}: choose one").format(field=_("Person")))
        return cls(tuple(dict.fromkeys(int(one) for one in agents)))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "agents": list(self.agents)}

    def effects(self, standing: Standing) -> dict[str, Any]:
        before = list(standing.get("followers") or [])
        added = [one for one in self.agents if one not in before]
        return {"followers": before + added} if added else {}

    def perform(self, doing: Doing) -> Left | None:
        for agent in Agent.objects.active().filter(pk__in=self.agents):
            tickets.follow(doing.ticket, who=agent, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        people = ", ".join(names.of("agent", one) for one in self.agents)
        return _("Let {people} follow").format(people=people)

    def rows(self) -> dict[str, set[Any]]:
        return {"agent": set(self.agents)}


@dataclass(frozen=True, slots=True)
class Link(Action):
    """Link to a ticket by its number: as related, or as part of it."""

    do = "link"
    label = gettext_lazy("Link to a ticket")
    kinds = EVERYWHERE
    emits = ("TicketLinked",)
    repeats = True

    number: int
    kind: str = "related"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Link:
        number, kind = given.get("number"), given.get("kind", "related")
        if (
            not str(number).isdecimal()
            or not int(str(number))
            or kind not in ("related", "duplicate", "parent")
        ):
            refuse(_("{field}: give the number of a ticket").format(field=_("Link")))
        return cls(int(str(number)), str(kind))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "number": self.number, "kind": self.kind}

    def perform(self, doing: Doing) -> Left | None:
        other = Ticket.objects.filter(pk=self.number, merged_into=None).first()
        if other is None or other.pk == doing.ticket.pk:
            return Left(_("#{number} is not there to link to.").format(number=self.number), is_failure=False)
        known = TicketLink.objects.filter(target=doing.ticket, kind="parent")
        if self.kind == "parent":
            if known.exists():
                return Left(_("it is part of another ticket already."), is_failure=False)
            tickets.link(other, doing.ticket, kind="parent", by=doing.by)
        else:
            tickets.link(doing.ticket, other, kind=self.kind, by=doing.by)
        return None

    def words(self, names: Names) -> str:
        said = {"related": _("Link to #{number}"), "duplicate": _("Link as a duplicate of #{number}")}
        return said.get(self.kind, _("Make it part of #{number}")).format(number=self.number)


@dataclass(frozen=True, slots=True)
class Escalate(Action):
    do = "escalate"
    label = gettext_lazy("Escalate")
    kinds = frozenset({"trigger", "automation", "macro"})
    emits = ("TicketEscalated",)
    repeats = True

    level: str
    reason: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Escalate:
        level = str(given.get("level") or "")
        if not level or len(level) > 60:
            refuse(_("{field}: choose one").format(field=_("Level")))
        return cls(level, text_of(given, "reason", _("Reason")))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "level": self.level, "reason": self.reason}

    def perform(self, doing: Doing) -> Left | None:
        words = reaching.escalate(doing.ticket, self.level, reason=self.reason, by=doing.by)
        return Left(words) if words else None

    def words(self, names: Names) -> str:
        level = names.of("level", int(self.level) if self.level.isdecimal() else self.level)
        return _("Escalate to {level}: {reason}").format(level=level, reason=self.reason)
