"""Routes as they stand now: open or closed, and how long until a person answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.lib.clock import now
from tugon.sla.calendars import BusinessHours, stretches
from tugon.sla.promises import promises

from .choosing import Choice, Question, RouteNow, RuleNow, advise
from .models import Measure, Route, Rule

AT_ONCE = frozenset((Route.Kind.ARTICLE, Route.Kind.TROUBLESHOOTER, Route.Kind.BILLING, Route.Kind.COMMUNITY))
"""Nobody has to be there."""
WRITTEN = frozenset((Route.Kind.FORM, Route.Kind.EMAIL, Route.Kind.SOCIAL))
"""What is sent outside the hours waits; it is not closed."""
FEWEST = 5
"""Answers below which a measured wait says nothing yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A route and how it is now. promised: open time. measure: None where nothing was measured yet."""

    route: Route
    address: str
    hours: BusinessHours | None
    is_open: bool
    opens_at: datetime | None
    promised: timedelta | None
    measure: Measure | None

    @property
    def wait(self) -> timedelta | None:
        """How long half of the people waited lately; the promise where too few were answered to say."""
        if self.route.kind in AT_ONCE:
            return None
        known = self.measure
        if known is not None and known.middle_seconds is not None and known.answered >= FEWEST:
            return timedelta(seconds=known.middle_seconds)
        return self.promised


@dataclass(frozen=True, slots=True)
class Advised:
    """A recommended route: how it stands, how it was judged, the rules that spoke for it."""

    standing: Standing
    choice: Choice
    rules: tuple[Rule, ...]


def standings(at: datetime | None = None) -> list[Standing]:
    """Every route in use that leads somewhere, in order. Six queries at most."""
    moment = at or now()
    rows = Route.objects.filter(is_enabled=True).select_related("calendar", "channel")
    measures = {row.channel_id: row for row in Measure.objects.all()}
    mailbox = Mailbox.objects.default()
    found = [
        _standing(row, measures, moment, address=row.address or _own_address(row, mailbox))
        for row in rows.prefetch_related("audiences", "topics")
        if row.channel is None or row.channel.is_enabled
    ]
    return [standing for standing in found if standing.address]


def recommend(question: Question, *, at: datetime | None = None) -> list[Advised]:
    """The routes for this question, the best first. Eight queries at most."""
    by_key = {standing.route.key: standing for standing in standings(at)}
    rules = {rule.pk: rule for rule in Rule.objects.select_related("route").prefetch_related("topics")}
    choices = advise(
        question,
        [_route_now(standing) for standing in by_key.values()],
        [_rule_now(rule) for rule in rules.values()],
    )
    return [
        Advised(by_key[choice.route.key], choice, tuple(rules[key] for key in choice.rules))
        for choice in choices
    ]


def _own_address(route: Route, mailbox: Mailbox | None) -> str:
    return mailbox.address if mailbox is not None and route.kind == Route.Kind.EMAIL else ""


def _standing(route: Route, measures: dict[int, Measure], at: datetime, *, address: str) -> Standing:
    hours = route.calendar.hours(zone=company.get("zone")) if route.calendar else None
    opens_at = None
    is_open = True
    if hours is not None and route.kind not in AT_ONCE:
        first = next(stretches(at, hours), None)
        is_open = first is not None and first[0] <= at
        opens_at = None if is_open or first is None else first[0]
    return Standing(
        route,
        address,
        hours,
        is_open,
        opens_at,
        _promised(route),
        measures.get(route.channel_id) if route.channel_id else None,
    )


def _promised(route: Route) -> timedelta | None:
    if route.promised_minutes is not None:
        return timedelta(minutes=route.promised_minutes)
    return promises().first_response if route.kind in WRITTEN else None


def _route_now(standing: Standing) -> RouteNow:
    route = standing.route
    return RouteNow(
        key=route.key,
        audiences=frozenset(audience.key for audience in route.audiences.all()),
        topics=frozenset(topic.key for topic in route.topics.all()),
        languages=frozenset(route.languages),
        is_open=standing.is_open or route.kind in WRITTEN,
        opens_at=standing.opens_at,
        wait=standing.wait,
    )


def _rule_now(rule: Rule) -> RuleNow:
    return RuleNow(
        route=rule.route.key,
        points=rule.points,
        key=rule.pk,
        topics=frozenset(topic.key for topic in rule.topics.all()),
        urgencies=frozenset(rule.urgencies),
        efforts=frozenset(rule.efforts),
    )
