"""Who gets a ticket. Pure: desks, tickets and habits in, choices with their reasons out.

Whoever is chosen is available, in the rotation, and below capacity in the ticket's lane. Skills and languages narrow
the choice where somebody of the rotation has them; a ticket waits a while for who fits, then anybody gets it, so that
none waits for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

NEVER = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)

Why = tuple[str, dict[str, Any]]
"""A reason's code and what it names; `wording` says it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One agent of the rotation. load, capacity: by lane. skills: id → level. languages: primary code → level."""

    agent_id: int
    capacity: Mapping[str, int]
    load: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[int, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    last_given_at: datetime | None = None
    is_available: bool = True

    def free(self, lane: str) -> int:
        """Places left; 0 for who is not available."""
        left = self.capacity.get(lane, 0) - self.load.get(lane, 0)
        return max(0, left) if self.is_available else 0

    @property
    def share(self) -> float:
        """How much of all it can do is taken: 1 for one full lane, more where several are."""
        return sum(self.load.get(lane, 0) / most for lane, most in self.capacity.items() if most)

    def given(self, lane: str, at: datetime) -> Desk:
        """The same desk with one ticket more."""
        return replace(
            self,
            load={**self.load, lane: self.load.get(lane, 0) + 1},
            last_given_at=max(at, self.last_given_at or at),
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket nobody has. since: when it came. declined: who put it back. last_agent_id: who had the customer last."""

    ticket_id: int
    lane: str
    since: datetime
    due_at: datetime | None = None
    priority: int = 2
    language: str = ""
    skill_id: int | None = None
    skill_level: int = 1
    last_agent_id: int | None = None
    declined: frozenset[int] = frozenset()

    @property
    def turn(self) -> tuple[datetime, int, datetime, int]:
        """The order of the queue: the oldest promise first; without one by priority, then by age."""
        return (self.due_at or LATEST, -self.priority, self.since, self.ticket_id)


@dataclass(frozen=True, slots=True)
class Ways:
    """How a team gives out."""

    strategy: str = "least_loaded"
    matches_skills: bool = True
    matches_languages: bool = True
    waits_for_fit: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """agent_id: None where the ticket waits. why: in order."""

    agent_id: int | None
    why: tuple[Why, ...]


def choose(ticket: Waiting, desks: Sequence[Desk], ways: Ways, *, now: datetime) -> Choice:
    """Who of the rotation gets the ticket now. desks: the whole rotation, who is away too."""
    if not desks:
        return Choice(None, (("nobody_in_rotation", {}),))
    willing = [desk for desk in desks if desk.agent_id not in ticket.declined] or list(desks)
    free = [desk for desk in willing if desk.free(ticket.lane)]
    if not free:
        code = "all_full" if any(desk.is_available for desk in willing) else "nobody_available"
        return Choice(None, ((code, {}),))
    pool, why = free, list[Why]()
    is_patient = now - ticket.since < ways.waits_for_fit
    for wanted, level_of, code, values in _needs(ticket, ways):
        pool, reason = _narrowed(pool, willing, wanted, level_of, code, values)
        if reason is not None and reason[0].startswith("no_") and is_patient:
            return Choice(None, ((f"waits_for_{code}", values),))
        why += [reason] if reason else []
    picked, because = _pick(ticket, pool, ways.strategy)
    return Choice(picked.agent_id, (*why, *because))


def plan(
    tickets: Iterable[Waiting], desks: Sequence[Desk], ways: Ways, *, now: datetime
) -> list[tuple[Waiting, Choice]]:
    """Choices for a queue, the oldest promise first; each sees what those before it were given."""
    here = {desk.agent_id: desk for desk in desks}
    made = []
    for ticket in sorted(tickets, key=lambda one: one.turn):
        choice = choose(ticket, list(here.values()), ways, now=now)
        if choice.agent_id is not None:
            here[choice.agent_id] = here[choice.agent_id].given(ticket.lane, now)
        made.append((ticket, choice))
    return made


def primary(language: str) -> str:
    """The part of a BCP 47 tag that agents are asked about."""
    return language.replace("_", "-").partition("-")[0].lower()


def _needs(ticket: Waiting, ways: Ways) -> list[tuple[int, Any, str, dict[str, Any]]]:
    """What narrows the choice: (least level, desk → level, code, values)."""
    needs: list[tuple[int, Any, str, dict[str, Any]]] = []
    skill, language = ticket.skill_id, primary(ticket.language)
    if skill is not None and (ways.matches_skills or ways.strategy == "skill"):
        needs.append((ticket.skill_level, lambda desk: desk.skills.get(skill, 0), "skill", {"skill": skill}))
    if language and (ways.matches_languages or ways.strategy == "language"):
        needs.append((1, lambda desk: desk.languages.get(language, 0), "language", {"language": language}))
    return needs


def _narrowed(
    pool: list[Desk],
    everybody: Sequence[Desk],
    wanted: int,
    level_of: Any,
    code: str,
    values: dict[str, Any],
) -> tuple[list[Desk], Why | None]:
    """Those of the pool who fit; all of them where nobody free does, with the reason."""
    fitting = [desk for desk in pool if level_of(desk) >= wanted]
    if fitting:
        return fitting, ((code, values) if len(fitting) < len(everybody) else None)
    if any(level_of(desk) >= wanted for desk in everybody):
        return pool, (f"no_{code}_free", values)
    return pool, None  # nobody of the team has it at all: nothing to wait for


def _pick(ticket: Waiting, pool: list[Desk], strategy: str) -> tuple[Desk, tuple[Why, ...]]:
    turn = lambda desk: (desk.last_given_at or NEVER, desk.agent_id)  # noqa: E731
    load = lambda desk: (desk.share, *turn(desk))  # noqa: E731
    if len(pool) == 1 and strategy != "last_agent":
        return pool[0], (("only_one", _load(pool[0], ticket.lane)),)
    match strategy:
        case "round_robin":
            return min(pool, key=turn), (("round_robin", {}),)
        case "last_agent":
            return _last(ticket, pool, load)
        case "skill":
            best = min(pool, key=lambda desk: (-desk.skills.get(ticket.skill_id or 0, 0), *load(desk)))
            return best, (("best_skilled", _load(best, ticket.lane)),)
        case "language":
            code = primary(ticket.language)
            best = min(pool, key=lambda desk: (-desk.languages.get(code, 0), *load(desk)))
            return best, (("best_language", _load(best, ticket.lane)),)
    least = min(pool, key=load)
    return least, (("least_loaded", _load(least, ticket.lane)),)


def _last(ticket: Waiting, pool: list[Desk], load: Any) -> tuple[Desk, tuple[Why, ...]]:
    for desk in pool:
        if desk.agent_id == ticket.last_agent_id:
            return desk, (("last_agent", {}),)
    least = min(pool, key=load)
    missing: tuple[Why, ...] = (
        (("last_agent_not_free", {"agent": ticket.last_agent_id}),) if ticket.last_agent_id else ()
    )
    return least, (*missing, ("least_loaded", _load(least, ticket.lane)))


def _load(desk: Desk, lane: str) -> dict[str, Any]:
    return {"load": desk.load.get(lane, 0), "capacity": desk.capacity.get(lane, 0)}
