"""What the reports of classifiers say, in words and shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.accounts.models import Team
from tugon.pages.formats import language_name, percent
from tugon.understanding import labels, learnt
from tugon.understanding.learning.training import FEWEST
from tugon.understanding.models import Classifier, Topic


@dataclass(frozen=True, slots=True)
class Line:
    """count: tickets held out. accuracy: of all. coverage: share that would have been decided without asking. sure: how
    many of those were right. threshold: sureness from which it decides; empty: it only suggests."""

    name: str
    count: int
    accuracy: str
    coverage: str
    sure: str
    threshold: str = ""


@dataclass(frozen=True, slots=True)
class Learning:
    """One kind of classifier. labels: tickets labelled today. missing: how many more it takes. trained_at: None where
    nothing was learnt yet. confused: (what was right, what was guessed, how often)."""

    kind: str
    title: str
    labels: int
    missing: int
    trained_at: datetime | None = None
    learnt_from: int = 0
    uses_vectors: bool = False
    is_damaged: bool = False
    overall: Line | None = None
    by_class: Sequence[Line] = ()
    by_language: Sequence[Line] = ()
    confused: Sequence[tuple[str, str, int]] = ()
    too_few: Sequence[tuple[str, int]] = ()
    earlier: Sequence[tuple[datetime, str]] = ()


def learnings() -> list[Learning]:
    """Of topics and of teams. Six queries at most for each."""
    return [_learning(kind, str(label)) for kind, label in Classifier.Kind.choices]


def _learning(kind: str, title: str) -> Learning:
    labelled = labels.count(kind)
    row = learnt.newest(kind)
    if row is None:
        return Learning(kind, title, labelled, max(0, FEWEST - labelled))
    report, names = row.report, _names(kind)
    return Learning(
        kind,
        title,
        labelled,
        0,
        row.trained_at,
        row.labels,
        "both" in report.get("parts", {}),
        learnt.is_damaged(row),
        _line(_("All"), report),
        [_line(names.get(key, _("removed")), one) for key, one in report.get("by_class", {}).items()],
        [
            _line(language_name(code) if code else _("Not known"), one)
            for code, one in report.get("by_language", {}).items()
        ],
        [
            (names.get(str(right), _("removed")), names.get(str(guessed), _("removed")), int(times))
            for right, guessed, times in report.get("confused", ())
        ],
        [(names.get(key, _("removed")), int(times)) for key, times in report.get("too_few", {}).items()],
        _earlier(row),
    )


def _names(kind: str) -> dict[str, str]:
    if kind == Classifier.Kind.TOPIC:
        here = get_language() or "en"
        return {str(row.pk): row.name_in(here) for row in Topic.objects.all()}
    return {str(pk): name for pk, name in Team.objects.values_list("pk", "name")}


def _earlier(row: Classifier) -> list[tuple[datetime, str]]:
    rows = Classifier.objects.filter(kind=row.kind, pk__lt=row.pk).order_by("-pk")
    return [(at, _share(report, "right", "count")) for at, report in rows.values_list("trained_at", "report")]


def _line(name: str, report: Mapping[str, Any]) -> Line:
    bound = report.get("threshold")
    return Line(
        name,
        int(report.get("count", 0)),
        _share(report, "right", "count"),
        _share(report, "applied", "count"),
        _share(report, "applied_right", "applied"),
        percent(float(bound)) if bound is not None else "",
    )


def _share(report: Mapping[str, Any], part: str, whole: str) -> str:
    total = int(report.get(whole, 0))
    return percent(int(report.get(part, 0)) / total) if total else "–"
