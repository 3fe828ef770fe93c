"""All troubleshooters, a new one, and the settings of one."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent
from tugon.company import settings as company
from tugon.customers.models import Audience, Plan
from tugon.helpcenter.models import Section
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.troubleshooters import operations, reporting
from tugon.troubleshooters.models import Troubleshooter, Visibility

from ..access import agent_of, agents_only, language_of
from .access import editors_only, find, shown


@require_GET
@agents_only
def index(request: HttpRequest) -> HttpResponse:
    """Every troubleshooter with the last 30 days in figures. Two queries of its own."""
    return _index(request)


@require_POST
@editors_only
def create(request: HttpRequest) -> HttpResponse:
    title = request.POST.get("title", "").strip()
    if not title:
        return _index(request, problem=_("Write what it helps with, such as “A video will not play”."))
    language = company.get("language")
    row = operations.create(titles={language: title}, by=agent_of(request).actor)
    return redirect("console:troubleshooter", row.pk)


@require_http_methods(["GET", "POST"])
@editors_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Address, section, who may walk it, owner."""
    row = find(pk)
    if request.method == "GET":
        return _settings(request, row, _stored(row))
    data = request.POST
    section, owner = data.get("section", ""), data.get("owner", "")
    visibility = data.get("visibility", "")
    try:
        operations.change(
            row,
            slug=data.get("slug", ""),
            visibility=visibility if visibility in Visibility.values else row.visibility,
            audiences=Audience.objects.filter(pk__in=_ids(data.getlist("audiences"))),
            plans=Plan.objects.filter(pk__in=_ids(data.getlist("plans"))),
            owner=Agent.objects.active().filter(pk=int(owner)).first() if owner.isdecimal() else None,
            section_id=int(section) if section.isdecimal() else None,
            by=agent_of(request).actor,
        )
    except DomainError as error:
        sent = {
            **data.dict(),
            "audiences": _ids(data.getlist("audiences")),
            "plans": _ids(data.getlist("plans")),
        }
        return _settings(request, row, sent, problem=error.message, status=error.status)
    return redirect("console:troubleshooter", row.pk)


@require_POST
@editors_only
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it away, or bring it back (`back`)."""
    row = find(pk)
    if request.POST.get("back"):
        operations.restore(row, by=agent_of(request).actor)
        return redirect("console:troubleshooter", row.pk)
    operations.archive(row, by=agent_of(request).actor)
    return redirect("console:troubleshooters")


def _index(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    archived = bool(request.GET.get("archived"))
    rows = list(
        Troubleshooter.objects.filter(archived_at__isnull=not archived).select_related("published", "owner")
    )
    totals = reporting.overview(rows, since=now() - timedelta(days=30))
    context: dict[str, Any] = {"rows": rows, "totals": totals, "problem": problem, "archived": archived}
    return shown(request, "index", status=422 if problem else 200, **context)


def _settings(
    request: HttpRequest, row: Troubleshooter, values: dict[str, Any], *, problem: str = "", status: int = 200
) -> HttpResponse:
    language = language_of(request)
    sections = [
        (str(one.pk), f"{one.category.title_in(language)} › {one.title_in(language)}")
        for one in Section.objects.in_order()
    ]
    context: dict[str, Any] = {
        "values": values,
        "problem": problem,
        "visibilities": list(Visibility.choices),
        "audiences": list(Audience.objects.all()),
        "plans": list(Plan.objects.all()),
        "owners": [
            ("", _("Nobody")),
            *((str(one.pk), one.name) for one in Agent.objects.active().order_by("name")),
        ],
        "sections": [("", _("No section")), *sections],
    }
    return shown(request, "settings", row, status=status, **context)


def _stored(row: Troubleshooter) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "visibility": row.visibility,
        "owner": str(row.owner_id or ""),
        "section": str(row.section_id or ""),
        "audiences": list(row.audiences.values_list("pk", flat=True)),
        "plans": list(row.plans.values_list("pk", flat=True)),
    }


def _ids(given: list[str]) -> list[int]:
    return [int(one) for one in given if one.isdecimal()]
