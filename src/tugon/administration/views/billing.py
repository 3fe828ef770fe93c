"""The billing directory: processors, what they print, how to reach them, and what people looked for in vain."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.billing import finding, operations
from tugon.billing.models import ChargeLookup, ContactRoute, Descriptor, Processor
from tugon.events.models import Event
from tugon.lib.errors import DomainError

from ..access import needs
from ..billing_forms import CAN, DescriptorForm, ProcessorForm, RouteForm
from ..facts import in_words
from ..navigation import show
from ..registers.rows import here

PERMISSION = "billing.edit"
SHOWN = 100
"""Groups of lookups on one page: the most frequent."""


@needs(PERMISSION)
@require_safe
def processors(request: HttpRequest) -> HttpResponse:
    """All processors; `due` shows those whose entry is to be checked. Three queries of its own."""
    query, is_due = request.GET.get("q", "").strip()[:80], "due" in request.GET
    is_archived = "archived" in request.GET
    rows = Processor.objects.due_for_review(operations.today()) if is_due else Processor.objects.all()
    rows = rows.for_list().filter(archived_at__isnull=not is_archived)
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(descriptors__pattern__icontains=query))
    context: dict[str, Any] = {
        "processors": rows,
        "query": query,
        "is_due": is_due,
        "is_archived": is_archived,
        "today": operations.today(),
        "due": Processor.objects.due_for_review(operations.today()).count(),
        "language": here(),
        "open": ChargeLookup.objects.open().values("normal").distinct().count(),
    }
    return show(request, "billing/list", **context)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ProcessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = operations.create(by=_actor(request), **form.details())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("It is there. Now write what it prints on statements, and how to reach it.")
            )
            return redirect("administration:processor", row.pk)
    return show(request, "billing/new", form=form, status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_safe
def processor(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(pk))


@needs(PERMISSION)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    form = ProcessorForm(request.POST, processor=row)
    if form.is_valid():
        try:
            operations.change(row, by=_actor(request), **form.details())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _back(request, pk, _("Saved."))
    return _page(request, row, form=form, status=422)


@needs(PERMISSION)
@require_POST
def add_descriptor(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    form = DescriptorForm(request.POST)
    if form.is_valid():
        try:
            operations.add_descriptor(row, by=_actor(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("pattern", refusal.message)
        else:
            return _back(request, pk, _("Added. Who looks for it finds it now."))
    return _page(request, row, descriptor=form, status=422)


@needs(PERMISSION)
@require_POST
def remove_descriptor(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    found = get_object_or_404(Descriptor.objects.select_related("processor"), pk=row, processor_id=pk)
    operations.remove_descriptor(found, by=_actor(request))
    return _back(request, pk, _("Removed."))


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def set_route(request: HttpRequest, pk: int, row: int | None = None) -> HttpResponse:
    """Add a way to reach the processor, or change one."""
    of = _found(pk)
    route = get_object_or_404(ContactRoute, pk=row, processor_id=pk) if row else None
    form = RouteForm(request.POST or None, route=route)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_route(of, route=route, by=_actor(request), **form.details())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _back(request, pk, _("Saved."))
    return show(
        request, "billing/route", processor=of, route=route, form=form, status=422 if form.is_bound else 200
    )


@needs(PERMISSION)
@require_POST
def remove_route(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    operations.remove_route(get_object_or_404(ContactRoute, pk=row, processor_id=pk), by=_actor(request))
    return _back(request, pk, _("Removed."))


@needs(PERMISSION)
@require_POST
def mark_reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    row = operations.mark_reviewed(_found(pk), by=_actor(request))
    return _back(request, pk, _("Checked. It comes up again in {n} days.").format(n=row.review_every_days))


@needs(PERMISSION)
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    verb = operations.restore if "restore" in request.POST else operations.archive
    verb(_found(pk), by=_actor(request))
    return redirect("administration:processor", pk)


@needs(PERMISSION)
@require_safe
def not_found(request: HttpRequest) -> HttpResponse:
    """What people looked for in vain, alike together, with the processor it resembles most."""
    return _not_found(request)


@needs(PERMISSION)
@require_POST
def set_aside(request: HttpRequest) -> HttpResponse:
    """It is nobody of ours."""
    operations.set_aside(request.POST.get("normal", "")[:120], by=_actor(request))
    messages.success(request, _("Set aside."))
    return redirect("administration:charges-not-found")


@needs(PERMISSION)
@require_POST
def add_from_lookup(request: HttpRequest) -> HttpResponse:
    """The words people looked for become a descriptor of a processor."""
    number = request.POST.get("processor", "")
    row = get_object_or_404(Processor, pk=int(number) if number.isdecimal() else 0)
    try:
        operations.add_descriptor(row, pattern=request.POST.get("pattern", ""), by=_actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        said = _("Added to {name}. Who looks for it finds it now.").format(name=row.name)
        messages.success(request, said)
    return redirect("administration:charges-not-found")


def _not_found(request: HttpRequest) -> HttpResponse:
    entries, groups = finding.index(), []
    for group in ChargeLookup.objects.open().grouped()[:SHOWN]:
        near = finding.find(str(group["normal"]), entries)
        groups.append((group, near[0].entry.processor_id if near else 0))
    names = list(Processor.objects.in_use().values_list("pk", "name"))
    return show(request, "billing/not_found", groups=groups, names=names, shown=SHOWN)


def _page(request: HttpRequest, row: Processor, *, status: int = 200, **changed: Any) -> HttpResponse:
    context = {
        "form": ProcessorForm(processor=row),
        "descriptor": DescriptorForm(),
        **changed,
        "processor": row,
        "language": here(),
        "today": operations.today(),
        "can": [(words, getattr(row, name)) for name, words in CAN.items()],
        "log": [
            (event, in_words(event.name), _told(event))
            for event in Event.objects.about("processor", row.pk).order_by("-id")[:30]
        ],
        "lookups": row.lookups.count(),
    }
    return show(request, "billing/processor", **context, status=status)


def _told(event: Event) -> str:
    """One line of the log of changes."""
    data = event.data
    changes = [
        f"{name}: {_short(before)} → {_short(after)}"
        for name, (before, after) in data.get("changes", {}).items()
    ]
    said = data.get("pattern") or data.get("value") or data.get("name") or data.get("due_on") or ""
    if event.name == "LookupsSettled":
        count = data.get("count", 0)
        said = ngettext("{n} lookup answered", "{n} lookups answered", count).format(n=count)
    return "; ".join([*([str(said)] if said else []), *changes])


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return " / ".join(str(one) for one in value.values())[:80] or "–"
    words = " ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return words[:80] or "–"


def _found(pk: int) -> Processor:
    return get_object_or_404(Processor.objects.whole(), pk=pk)


def _back(request: HttpRequest, pk: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("administration:processor", pk)


def _actor(request: HttpRequest) -> Any:
    return request.user.actor  # type: ignore[union-attr]
