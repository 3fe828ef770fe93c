"""What templates achieve, against answers to like tickets that were written without one (D11).

Like means: the same topic where one was recognised, else the same team. Each template is compared with the mixture of
topics and teams that it was itself used on, so that a template for hard questions is not measured by easy ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Aggregate, Avg, Count, Exists, FloatField, OuterRef, Q

from tugon.accounts.models import Agent
from tugon.templates.models import Template, Use
from tugon.templates.querysets import visible
from tugon.tickets.models import Ticket

ENOUGH = 20
"""Uses below which a rate says little: it is shown in grey, with words."""

Kind = tuple[int | None, int | None]
"""(topic, team) of a ticket; the team only where no topic was recognised."""


class Median(Aggregate):
    """PERCENTILE_CONT(0.5) of PostgreSQL."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(slots=True)
class Rates:
    """solved, reopened, rated: tickets. stars: the sum of the ratings."""

    solved: float = 0
    reopened: float = 0
    rated: float = 0
    stars: float = 0

    @property
    def reopen_rate(self) -> float | None:
        return self.reopened / self.solved if self.solved else None

    @property
    def csat(self) -> float | None:
        """Stars, 1 to 5."""
        return self.stars / self.rated if self.rated else None


@dataclass(slots=True)
class Effect:
    """One template in one language. edits: median share of its words that were changed, 0 to 1."""

    template_id: int
    language: str
    uses: int = 0
    edits: float | None = None
    own: Rates = field(default_factory=Rates)
    alike: Rates = field(default_factory=Rates)
    kinds: dict[Kind, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        return self.uses >= ENOUGH


def effects(agent: Agent, *, since: datetime, language: str = "") -> list[Effect]:
    """The templates the agent sees that were used since then, most used first. Three queries."""
    uses = Use.objects.filter(sent_at__gte=since).filter(visible(agent, "version__translation__template__"))
    if language:
        uses = uses.filter(language=language)
    found = _own(uses)
    rows = uses.values_list(
        "version__translation__template_id", "language", "ticket__reading__topic_id", "ticket__team_id"
    )
    for template_id, code, topic, team, count in rows.annotate(count=Count("pk")).order_by():
        kinds = found[template_id, code].kinds
        kinds[_kind(topic, team)] = kinds.get(_kind(topic, team), 0) + count
    baseline = without(since)
    for effect in found.values():
        effect.alike = _mixture(effect.kinds, baseline)
    return sorted(found.values(), key=lambda one: (-one.uses, one.template_id, one.language))


def _own(uses: object) -> dict[tuple[int, str], Effect]:
    counted = uses.values("version__translation__template_id", "language").annotate(  # type: ignore[attr-defined]
        count=Count("pk"),
        edits=Median("edit_share"),
        solved=Count("ticket", filter=Q(solved_at__isnull=False), distinct=True),
        reopened=Count("ticket", filter=Q(reopened_at__isnull=False), distinct=True),
        rated=Count("score"),
        stars=Avg("score"),
    )
    return {
        (row["version__translation__template_id"], row["language"]): Effect(
            template_id=row["version__translation__template_id"],
            language=row["language"],
            uses=row["count"],
            edits=row["edits"],
            own=Rates(row["solved"], row["reopened"], row["rated"], (row["stars"] or 0) * row["rated"]),
        )
        for row in counted.order_by()
    }


def without(since: datetime) -> dict[Kind, Rates]:
    """Rates of tickets that were answered since then without any template, by kind. One query."""
    used = Use.objects.filter(ticket=OuterRef("pk"), sent_at__isnull=False)
    rows = (
        Ticket.objects.filter(first_response_at__gte=since, is_spam=False, merged_into=None)
        .exclude(Exists(used))
        .values("reading__topic_id", "team_id")
        .annotate(
            solved=Count("pk", filter=Q(solved_at__isnull=False) | Q(reopen_count__gt=0), distinct=True),
            reopened=Count("pk", filter=Q(reopen_count__gt=0), distinct=True),
            rated=Count("ratings"),
            stars=Avg("ratings__score"),
        )
        .order_by()
    )
    found: dict[Kind, Rates] = defaultdict(Rates)
    for row in rows:
        rates = found[_kind(row["reading__topic_id"], row["team_id"])]
        rates.solved += row["solved"]
        rates.reopened += row["reopened"]
        rates.rated += row["rated"]
        rates.stars += (row["stars"] or 0) * row["rated"]
    return dict(found)


def _mixture(kinds: dict[Kind, int], baseline: dict[Kind, Rates]) -> Rates:
    """The rates that like tickets have, weighed by how often the template was used on each kind."""
    mixed = Rates()
    for kind, count in kinds.items():
        rates = baseline.get(kind)
        if rates is None:
            continue
        if rates.reopen_rate is not None:
            mixed.solved += count
            mixed.reopened += count * rates.reopen_rate
        if rates.csat is not None:
            mixed.rated += count
            mixed.stars += count * rates.csat
    return mixed


def _kind(topic: int | None, team: int | None) -> Kind:
    return (topic, None) if topic is not None else (None, team)


def titles_of(found: list[Effect], language: str) -> dict[int, str]:
    """One query, and one for the translations."""
    from .listing import title_of

    rows = Template.objects.filter(pk__in={one.template_id for one in found}).prefetch_related("translations")
    return {row.pk: title_of(row, language) for row in rows}
