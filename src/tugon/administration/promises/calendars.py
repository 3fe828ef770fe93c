"""Calendars: the list, the week editor with the year it makes, holidays from files, the feed to subscribe to."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.lib import opening
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.sla import feeds, operations
from tugon.sla.calendars import BusinessHours, day_length
from tugon.sla.hours import as_week
from tugon.sla.models import Calendar

from ..access import needs
from ..navigation import show
from ..registers.rows import here
from .calendar_form import CalendarForm

PERMISSION = operations.PERMISSION
TEMPLATE = "promises/calendar"


@dataclass(frozen=True, slots=True)
class Year:
    """What a calendar makes of the twelve months from today. months: (first day, its closed days)."""

    hours: BusinessHours
    week: str
    day: timedelta
    open_days: int
    open_time: timedelta
    months: list[tuple[date, list[feeds.Closed]]]
    left_out: list[feeds.Closed]


@needs(PERMISSION)
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    rows = [(row, _week(row)) for row in Calendar.objects.prefetch_related("policies")]
    return show(request, "promises/calendars", rows=rows)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Calendar, pk=pk) if pk else Calendar()
    form = CalendarForm(request.POST or None, calendar=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_calendar(row, by=_actor(request), **form.columns())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Open promises are reckoned anew."))
            return redirect("administration:calendar", saved.pk)
    shown = Calendar.objects.get(pk=pk) if pk else row
    return _page(request, shown, form, status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_POST
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The year that the form would make, before it is saved."""
    row = get_object_or_404(Calendar, pk=pk) if pk else Calendar()
    form = CalendarForm(request.POST, calendar=row)
    problem, year = "", None
    if form.is_valid():
        for name, value in form.columns().items():
            setattr(row, name, value)
        try:
            year = year_of(row)
        except DomainError as refusal:
            problem = refusal.message
    else:
        problem = next(str(one) for errors in form.errors.values() for one in errors)
    return show(
        request, TEMPLATE, block="year", calendar=row, form=form, year=year, problem=problem, is_preview=True
    )


@needs(PERMISSION)
@require_POST
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on one of the country's holidays, or keep it closed again."""
    row, day = get_object_or_404(Calendar, pk=pk), request.POST.get("day", "")
    left = [one for one in row.left_out if one != day]
    if "closed" not in request.POST:
        left = sorted({*left, day})
    try:
        operations.save_calendar(row, by=_actor(request), left_out=left)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect(reverse("administration:calendar", args=[pk]) + "#year")


@needs(PERMISSION)
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed days from an .ics file or its pasted text, added to one's own; what is there already is named anew."""
    row = get_object_or_404(Calendar, pk=pk)
    file = request.FILES.get("file")
    content = file.read(feeds.MOST_BYTES + 1) if file else request.POST.get("text", "").encode()
    try:
        found = feeds.read(content, today=now().date())
        if found.days:
            operations.save_calendar(row, by=_actor(request), holidays={**row.holidays, **found.days})
    except DomainError as refusal:
        row = get_object_or_404(Calendar, pk=pk)
        return _page(request, row, CalendarForm(None, calendar=row), status=422, unread=refusal.message)
    words = ngettext("{n} closed day was read.", "{n} closed days were read.", len(found.days))
    if found.left_out:
        words += " " + ngettext(
            "{m} event closes no whole day and was left out.",
            "{m} events close no whole day and were left out.",
            found.left_out,
        )
    messages.success(request, words.format(n=len(found.days), m=found.left_out))
    return redirect("administration:calendar", pk)


@needs(PERMISSION)
@require_POST
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the address to subscribe to, or a new one in place of the old."""
    operations.give_feed(get_object_or_404(Calendar, pk=pk), by=_actor(request))
    messages.success(request, _("Whoever has the new address can subscribe to it."))
    return redirect(reverse("administration:calendar", args=[pk]) + "#feed")


@needs(PERMISSION)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        operations.remove_calendar(get_object_or_404(Calendar, pk=pk), by=_actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("administration:calendar", pk)
    messages.success(request, _("Removed."))
    return redirect("administration:calendars")


def year_of(calendar: Calendar) -> Year:
    """The twelve months from today. Raises CalendarImpossible."""
    hours = operations.hours_of(calendar)
    first = now().astimezone(hours.zone).date()
    last = first + timedelta(days=364)
    closed = feeds.closed_days(
        hours,
        own=calendar.holidays,
        exceptions=calendar.exceptions,
        first=first,
        last=last,
        language=here(),
    )
    days = [first + timedelta(days=step) for step in range(365)]
    stretches = [hours.on(day) for day in days]
    worked = feeds.closed_days(
        operations.hours_of(Calendar(country=calendar.country, subdivision=calendar.subdivision)),
        own={},
        exceptions={},
        first=first,
        last=last,
        language=here(),
    )
    return Year(
        hours,
        opening.in_words(as_week(hours), zone=hours.zone, language=here()),
        day_length(hours),
        sum(bool(one) for one in stretches),
        sum((end - start for one in stretches for start, end in one), timedelta(0)),
        [(month, list(rows)) for month, rows in groupby(closed, key=lambda one: one.day.replace(day=1))],
        [one for one in worked if one.day.isoformat() in calendar.left_out],
    )


def _page(
    request: HttpRequest, row: Calendar, form: CalendarForm, *, status: int, unread: str = ""
) -> HttpResponse:
    """unread: why a file of closed days could not be read; what was pasted stays in its field."""
    problem, year = "", None
    try:
        year = year_of(row)
    except DomainError as refusal:
        problem = refusal.message
    address = f"{settings.BASE_URL}{reverse('opening-days', args=[row.feed_key])}" if row.feed_key else ""
    context: dict[str, Any] = {"calendar": row, "form": form, "year": year, "problem": problem}
    context |= {"unread": unread, "pasted": request.POST.get("text", "") if unread else ""}
    return show(request, TEMPLATE, status=status, address=address, is_preview=False, **context)


def _week(row: Calendar) -> str:
    try:
        hours = operations.hours_of(row)
    except DomainError as refusal:
        return refusal.message
    return opening.in_words(as_week(hours), zone=hours.zone, language=here())


def _actor(request: HttpRequest) -> Any:
    return request.user.actor  # type: ignore[union-attr]
