"""Facts: what the company states, its history, and what to read again after a change."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.facts import current, operations, places, rereading, wording
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact, FactReview, FactValue
from tugon.facts.values import ValueRefused, read, written
from tugon.lib.errors import DomainError

from ..access import needs
from ..fact_forms import DetailsForm, NewFactForm, ValueForm
from ..navigation import show
from ..paging import keyset
from ..registers.rows import here

PERMISSION = "fact.edit"
READERS = (PERMISSION, "article.write")
"""Who writes articles reads facts too, and marks texts as read again."""


@needs(*READERS)
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """All facts with what they say today and what comes next. Three queries of its own."""
    query, is_archived = request.GET.get("q", "").strip()[:80], "archived" in request.GET
    rows = Fact.objects.for_list().filter(archived_at__isnull=not is_archived)
    if query:
        rows = rows.filter(Q(key__icontains=query) | Q(note__icontains=query) | Q(source__icontains=query))
    today = {row.fact_id: row for row in FactValue.objects.on(current.today())}
    coming = {
        row.fact_id: row
        for row in FactValue.objects.filter(valid_from__gt=current.today())
        .select_related("fact")
        .order_by("-valid_from")
    }
    found = [(fact, today.get(fact.pk), coming.get(fact.pk)) for fact in rows]
    return show(request, "facts/list", facts=found, query=query, is_archived=is_archived, language=here())


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """First the kind, then the rest: what is asked depends on it."""
    kind = request.GET.get("kind", "")
    if kind not in Kind.values:
        return show(request, "facts/kinds", kinds=Kind.choices)
    details = DetailsForm(request.POST or None, kind=kind)
    value = NewFactForm(request.POST or None, kind=kind)
    if request.method == "POST" and details.is_valid() and value.is_valid():
        by = request.user.actor  # type: ignore[union-attr]
        try:
            fact = _made(kind, value, details, by)
        except DomainError as refusal:
            value.add_error(None, refusal.message)
        else:
            messages.success(request, _("The fact is there. Texts name it as {key}").format(key=_token(fact)))
            return redirect("administration:fact", fact.pk)
    context: dict[str, Any] = {
        "kind": kind,
        "kind_words": Kind(kind).label,
        "details": details,
        "value": value,
    }
    return show(request, "facts/new", **context, status=422 if value.is_bound else 200)


@needs(*READERS)
@require_safe
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one fact: today, history, where it is used, what to read again."""
    return _page(request, _fact(pk))


@needs(PERMISSION)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what describes the fact."""
    row = _fact(pk)
    details = DetailsForm(request.POST, fact=row)
    if details.is_valid():
        try:
            operations.change(row, by=request.user.actor, **details.details())  # type: ignore[union-attr]
        except DomainError as refusal:
            details.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:fact", pk)
    return _page(request, row, details=details, status=422)


@needs(PERMISSION)
@require_POST
def give_value(request: HttpRequest, pk: int) -> HttpResponse:
    """A new value, from today or from a day to come."""
    row = _fact(pk)
    value = ValueForm(request.POST, kind=row.kind)
    if value.is_valid():
        try:
            given = operations.give_value(row, by=request.user.actor, **value.given())  # type: ignore[union-attr]
        except DomainError as refusal:
            value.add_error("value", refusal.message)
        else:
            _tell(request, given)
            return redirect("administration:fact", pk)
    return _page(request, row, value=value, status=422)


@needs(PERMISSION)
@require_POST
def withdraw(request: HttpRequest, pk: int, value_pk: int) -> HttpResponse:
    row = get_object_or_404(FactValue.objects.select_related("fact"), pk=value_pk, fact_id=pk)
    try:
        operations.withdraw_value(row, by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Withdrawn. What holds today goes on."))
    return redirect("administration:fact", pk)


@needs(PERMISSION)
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    verb = operations.restore if "restore" in request.POST else operations.archive
    verb(_fact(pk), by=request.user.actor)  # type: ignore[union-attr]
    return redirect("administration:fact", pk)


@needs(PERMISSION)
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What a value would say in every language, while it is typed."""
    kind = request.GET.get("kind", "")
    if kind not in Kind.values:
        raise Http404
    typed, unit = request.GET.get("value", ""), request.GET.get("unit", "")
    own = {code: request.GET.get(f"words_{code}", "").strip()[:300] for code, _name in settings.LANGUAGES}
    return show(request, "facts/preview", **_previewed(kind, unit, typed, own))


@needs(*READERS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The texts to be read again, of every fact."""
    is_done = "done" in request.GET
    rows = FactReview.objects.for_list().filter(done_at__isnull=not is_done)
    pager = keyset(rows, request)
    return show(request, "facts/reviews", reviews=pager.rows, pager=pager, is_done=is_done, language=here())


@needs(*READERS)
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(FactReview.objects.select_related("value"), pk=pk)
    undo = "undo" in request.POST
    operations.mark_read(row, undo=undo, by=request.user.actor)  # type: ignore[union-attr]
    if request.POST.get("back") == "fact":
        return redirect("administration:fact", row.value.fact_id)
    messages.success(request, _("It is on the list again.") if undo else _("Marked as read again."))
    return redirect("administration:fact-reviews")


def _page(request: HttpRequest, row: Fact, *, status: int = 200, **changed: Any) -> HttpResponse:
    values = list(row.values.select_related("created_by", "fact"))
    day = current.today()
    today = next((value for value in values if value.valid_from <= day), None)
    shown = {"value": written(Kind(row.kind), today.value), **_own(today)} if today else {}
    context = {
        "details": DetailsForm(fact=row),
        "value": ValueForm(kind=row.kind, initial=shown),
        **changed,
        "may_edit": request.user.may(PERMISSION),  # type: ignore[union-attr]
        "fact": row,
        "token": _token(row),
        "language": here(),
        "values": values,
        "today": today,
        "day": day,
        "uses": places.uses_of(row.key),
        "reviews": list(rereading.waiting_for(row)[:50]),
        "shown": today.all_words() if today else [],
    }
    return show(request, "facts/fact", **context, status=status)


def _own(value: FactValue) -> dict[str, str]:
    return {f"words_{code}": words for code, words in value.forms.items()}


def _previewed(kind: str, unit: str, typed: str, own: dict[str, str]) -> dict[str, Any]:
    if not typed.strip():
        return {"shown": [], "refusal": ""}
    try:
        value = read(Kind(kind), unit, typed)
        return {
            "shown": [
                (str(name), own[code] or wording.form(Kind(kind), value, code))
                for code, name in settings.LANGUAGES
            ],
            "refusal": "",
        }
    except ValueRefused as refusal:
        return {"shown": [], "refusal": str(refusal)}


def _made(kind: str, value: NewFactForm, details: DetailsForm, by: Any) -> Fact:
    with transaction.atomic():
        fact = operations.create(key=value.cleaned_data["key"], kind=Kind(kind), by=by, **details.details())
        operations.give_value(fact, by=by, **value.given())
    return fact


def _tell(request: HttpRequest, given: FactValue) -> None:
    count = given.reviews.filter(done_at=None).count()
    begins = given.valid_from > current.today()
    said = (
        _("Saved. It takes effect on its day.")
        if begins
        else _("Saved. Every text that names it shows it now.")
    )
    if count:
        texts = ngettext("{n} text is to be read again.", "{n} texts are to be read again.", count)
        said = f"{said} {texts.format(n=count)}"
    messages.success(request, said)


def _fact(pk: int) -> Fact:
    return get_object_or_404(Fact.objects.select_related("owner"), pk=pk)


def _token(row: Fact) -> str:
    return f"{{{{ {row.key} }}}}"
