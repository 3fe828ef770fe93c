"""Policies: in their order, what each promises to which tickets, and what it kept lately."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.lib.errors import DomainError
from tugon.sla import attainment, operations, targets
from tugon.sla.models import Policy
from tugon.sla.reckoning import KINDS
from tugon.tickets import lists
from tugon.tickets.conditions import describe
from tugon.tickets.conditions.catalogue import FieldOffer, catalogue
from tugon.tickets.conditions.editing import Row, conditions_of, is_nested, make_row, rows_of, rows_sent
from tugon.tickets.models import View

from ..access import needs
from ..navigation import show
from ..registers.rows import here
from .policy_form import PolicyForm

PERMISSION = operations.PERMISSION
TEMPLATE = "promises/policy"


@needs(PERMISSION)
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    rows = list(Policy.objects.select_related("calendar"))
    kept = attainment.by_policy(days=30)
    listed = [
        {
            "row": row,
            "words": _words(row),
            "promises": [targets.in_words(getattr(row, kind)) for kind in KINDS],
            "share": kept.get(row.pk),
        }
        for row in rows
    ]
    return show(request, "promises/policies", rows=listed, movable=sum(not row.is_default for row in rows))


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Policy, pk=pk) if pk else Policy()
    offers = offered()
    form = PolicyForm(request.POST or None, policy=row)
    if request.method == "GET":
        rows = rows_of(row.conditions, offers)
        if not pk:
            rows = [make_row(0, "all", "priority", "at_least", 4, offers)]
        return _page(request, row, form, rows)
    rows = rows_sent(request.POST, offers)
    if form.is_valid():
        columns = form.columns()
        if not row.is_default:
            columns["conditions"] = conditions_of(rows, row.conditions)
        try:
            operations.save_policy(row, by=_actor(request), **columns)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Open promises are reckoned anew."))
            return redirect("administration:policies")
    return _page(request, row, form, rows)


@needs(PERMISSION)
@require_POST
def conditions(request: HttpRequest) -> HttpResponse:
    """The editor's rows after a field was chosen, added or removed, with how many tickets fit now."""
    offers = offered()
    rows = rows_sent(request.POST, offers)
    if request.POST.get("add"):
        rows.append(make_row(len(rows), request.POST["add"], "audience", "in", None, offers))
    policy = Policy()
    return _page(request, policy, PolicyForm(policy=policy), rows, block="conditions")


@needs(PERMISSION)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down; the first that fits counts."""
    ids = list(Policy.objects.filter(is_default=False).values_list("pk", flat=True))
    if pk in ids:
        at = ids.index(pk)
        other = max(0, at - 1) if "up" in request.POST else min(len(ids) - 1, at + 1)
        ids[at], ids[other] = ids[other], ids[at]
        operations.order_policies(ids, by=_actor(request))
    return redirect("administration:policies")


@needs(PERMISSION)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        operations.remove_policy(get_object_or_404(Policy, pk=pk), by=_actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Removed. Its tickets get what the next policy that fits promises."))
    return redirect("administration:policies")


def offered() -> list[FieldOffer]:
    """The fields a policy may ask about: what a ticket is, not how it stands."""
    return [one for one in catalogue(here()) if one.name not in operations.choosing.NOT_ASKED]


def _page(
    request: HttpRequest, row: Policy, form: PolicyForm, rows: list[Row], *, block: str | None = None
) -> HttpResponse:
    count, words, problem = None, "", ""
    document = conditions_of(rows, row.conditions)
    if not row.is_default:
        try:
            words = describe(document, here())
            actives = {**document, "all": [*document.get("all", []), _ACTIVE]}
            count = lists.counts([View(pk=0, conditions=actives)], request.user)[0]  # type: ignore[arg-type]
        except DomainError as error:
            problem = error.message
    context: dict[str, Any] = {
        "policy": row,
        "form": form,
        "rows": rows,
        "offers": offered(),
        "problem": problem,
        "count": count,
        "words": words,
        "nested": is_nested(row.conditions),
    }
    return show(request, TEMPLATE, block=block, status=422 if form.is_bound and not block else 200, **context)


_ACTIVE = {"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}


def _words(row: Policy) -> str:
    if row.is_default:
        return _("Every other ticket")
    try:
        return describe(row.conditions, here())
    except DomainError as refusal:
        return refusal.message


def _actor(request: HttpRequest) -> Any:
    return request.user.actor  # type: ignore[union-attr]
