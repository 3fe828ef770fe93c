"""Which route suits a problem. Pure: values in, values out; the words are the caller's.

Every rule that fits the answers gives its route points. What is closed, slow for how urgent it is, or speaks another
language loses some. The highest wins; equal ones stand in the company's own order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Urgency(StrEnum):
    NOW = "now"
    TODAY = "today"
    DAYS = "days"

    @classmethod
    def choices(cls) -> list[tuple[str, Promise]]:
        return [
            (cls.NOW, _("Right now: I cannot go on")),
            (cls.TODAY, _("Today would be good")),
            (cls.DAYS, _("It can wait some days")),
        ]


class Effort(StrEnum):
    QUICK = "quick"
    SOME = "some"
    DEEP = "deep"

    @classmethod
    def choices(cls) -> list[tuple[str, Promise]]:
        return [
            (cls.QUICK, _("A quick question")),
            (cls.SOME, _("It needs some explaining")),
            (cls.DEEP, _("Complicated: several things, or it took long already")),
        ]


PATIENCE = {
    Urgency.NOW: timedelta(hours=1),
    Urgency.TODAY: timedelta(hours=10),
    Urgency.DAYS: timedelta(days=4),
}
"""How long an answer may take before it comes too late for how urgent it is."""
CLOSED = {Urgency.NOW: -60, Urgency.TODAY: -15, Urgency.DAYS: 0}
SLOW = {Urgency.NOW: -25, Urgency.TODAY: -15, Urgency.DAYS: -5}
OTHER_LANGUAGE = -20


@dataclass(frozen=True, slots=True)
class Question:
    """What the person said. topic: a key, "" where none fits. audience: a key, "" where unknown."""

    topic: str
    urgency: Urgency
    effort: Effort
    audience: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class RouteNow:
    """A route as it stands. audiences, topics, languages: empty means all. wait: until a person answers, None for at
    once or unknown. opens_at: aware, None while open or where it never opens.
    """

    key: str
    audiences: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    is_open: bool = True
    opens_at: datetime | None = None
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class RuleNow:
    """One rule. Empty topics, urgencies, efforts mean any. key: names the rule to the caller."""

    route: str
    points: int
    key: int = 0
    topics: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()
    efforts: frozenset[str] = frozenset()

    def fits(self, question: Question) -> bool:
        return (
            (not self.topics or question.topic in self.topics)
            and (not self.urgencies or question.urgency in self.urgencies)
            and (not self.efforts or question.effort in self.efforts)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A route with its points and why. rules: keys of the rules that spoke for it, the strongest first."""

    route: RouteNow
    points: int
    rules: tuple[int, ...] = field(default=())
    is_closed: bool = False
    is_slow: bool = False
    speaks_another: bool = False


def advise(question: Question, routes: Sequence[RouteNow], rules: Sequence[RuleNow]) -> list[Choice]:
    """Every route that is open to this person and topic, the best first. Empty only where there is none."""
    found = [_judged(question, route, rules) for route in routes if _concerns(question, route)]
    return sorted(found, key=lambda choice: -choice.points)


def _concerns(question: Question, route: RouteNow) -> bool:
    """Whoever did not say who they are is shown what everybody may use, and each audience's own too."""
    theirs = not route.audiences or not question.audience or question.audience in route.audiences
    return theirs and (not route.topics or question.topic in route.topics)


def _judged(question: Question, route: RouteNow, rules: Sequence[RuleNow]) -> Choice:
    fitting = [rule for rule in rules if rule.route == route.key and rule.fits(question)]
    points = sum(rule.points for rule in fitting)
    is_slow = route.wait is not None and route.wait > PATIENCE[question.urgency]
    speaks_another = bool(route.languages and question.language and question.language not in route.languages)
    points += 0 if route.is_open else CLOSED[question.urgency]
    points += SLOW[question.urgency] if is_slow else 0
    points += OTHER_LANGUAGE if speaks_another else 0
    spoke = sorted((rule for rule in fitting if rule.points > 0), key=lambda rule: -rule.points)
    return Choice(
        route, points, tuple(rule.key for rule in spoke), not route.is_open, is_slow, speaks_another
    )
