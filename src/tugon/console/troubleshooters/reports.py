"""Where people leave, and which end helps."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tugon.lib.clock import now
from tugon.troubleshooters import drafts, reporting
from tugon.troubleshooters.graph import Graph
from tugon.troubleshooters.words import KIND_ICONS, OUTCOME_ICONS, OUTCOMES, title_words

from ..access import agents_only, language_of
from .access import find, shown

PERIODS = (7, 30, 90, 365)


@require_GET
@agents_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a period, a language and a version. Four queries of its own."""
    row, language = find(pk), language_of(request)
    days = next((one for one in PERIODS if str(one) == request.GET.get("days")), 30)
    spoken = request.GET.get("language", "")
    spoken = spoken if spoken in drafts.languages() else ""
    given = request.GET.get("version", "")
    versions = list(row.versions.order_by("-number")[:50])
    version = next((one for one in versions if str(one.number) == given), None)
    looked_at = version or row.published or next(iter(versions), None)
    moment = now()
    chosen = reporting.chosen(
        row,
        start=moment - timedelta(days=days),
        end=moment,
        language=spoken,
        version=version.number if version else None,
    )
    steps = reporting.steps(looked_at.graph if looked_at else Graph(), chosen)
    context: dict[str, Any] = {
        "days": days,
        "periods": PERIODS,
        "spoken": spoken,
        "languages": drafts.languages(),
        "version": version,
        "versions": versions,
        "totals": reporting.totals(chosen),
        "steps": [one for one in steps if not one.node.is_end],
        "ends": [one for one in steps if one.node.is_end],
        "most_left": max((one.left for one in steps), default=0),
        "step_title": lambda node: title_words(node, language),
        "kind_icons": KIND_ICONS,
        "outcomes": OUTCOMES,
        "outcome_icons": OUTCOME_ICONS,
    }
    return shown(request, "report", row, **context)
