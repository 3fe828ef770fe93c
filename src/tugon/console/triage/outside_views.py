"""Asking a department outside, writing again, and what is done with its answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.escalation.models import Department, Inquiry, InquiryLetter
from tugon.escalation.operations import (
    ask,
    confirm_answer,
    end_inquiry,
    redact_letter,
    write_again,
)
from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.tickets.models import Attachment, Message, Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from ..composing import written
from ..views.tickets import after_change

MOST_QUOTED = 20
"""Messages offered to be quoted: the newest. None is chosen beforehand."""


@require_http_methods(["GET", "POST"])
@agents_only
def outside(request: HttpRequest, number: int) -> HttpResponse:
    """The dialog; then `department`, the words, what is quoted (`quotes`, `attachments`), `waits` and `hours`."""
    ticket = find_ticket(request, number)
    if request.method == "GET":
        return _dialog(request, ticket, None)
    department = get_object_or_404(Department, pk=_number(request, "department", _("Choose whom to ask.")))
    hours = request.POST.get("hours", "")
    ask(
        ticket,
        department,
        message=written(request),
        quotes=_ids(request, "quotes"),
        files=_ids(request, "attachments"),
        waits=bool(request.POST.get("waits")),
        hours=min(int(hours), 1000) if hours.isdecimal() and int(hours) else None,
        by=agent_of(request).actor,
    )
    words = _("Your question to {name} is on its way.").format(name=department.name_in(language_of(request)))
    return toast(after_change(request, number), words, tone="success")


@require_http_methods(["GET", "POST"])
@agents_only
def letter(request: HttpRequest, number: int, inquiry_id: int) -> HttpResponse:
    """Write again in the same conversation."""
    ticket = find_ticket(request, number)
    inquiry = get_object_or_404(Inquiry.objects.select_related("department"), pk=inquiry_id, ticket=ticket)
    if request.method == "GET":
        return _dialog(request, ticket, inquiry)
    write_again(
        inquiry,
        message=written(request),
        quotes=_ids(request, "quotes"),
        files=_ids(request, "attachments"),
        waits=bool(request.POST.get("waits")),
        by=agent_of(request).actor,
    )
    return toast(after_change(request, number), _("Your letter is on its way."), tone="success")


@require_POST
@agents_only
def end(request: HttpRequest, number: int, inquiry_id: int) -> HttpResponse:
    """Nothing is waited for any more."""
    ticket = find_ticket(request, number)
    end_inquiry(get_object_or_404(Inquiry, pk=inquiry_id, ticket=ticket), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def confirm(request: HttpRequest, number: int, letter_id: int) -> HttpResponse:
    """A letter from another address is the department's all the same."""
    confirm_answer(_letter(request, number, letter_id), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def redact(request: HttpRequest, number: int, letter_id: int) -> HttpResponse:
    """Remove a letter's words and files for good."""
    redact_letter(_letter(request, number, letter_id), by=agent_of(request).actor)
    return after_change(request, number)


@require_GET
@agents_only
def whole(request: HttpRequest, number: int, letter_id: int) -> HttpResponse:
    """A letter with quotes and signature, as it came."""
    row = _letter(request, number, letter_id)
    return page(request, "console/escalations/whole.html", {"row": row})


def _letter(request: HttpRequest, number: int, letter_id: int) -> InquiryLetter:
    ticket = find_ticket(request, number)
    rows = InquiryLetter.objects.select_related("inquiry__ticket")
    return get_object_or_404(rows, pk=letter_id, inquiry__ticket=ticket)


def _dialog(request: HttpRequest, ticket: Ticket, inquiry: Inquiry | None) -> HttpResponse:
    language = language_of(request)
    said = Message.objects.filter(ticket=ticket, redacted_at=None).exclude(body="")
    messages = said.select_related("customer", "agent").order_by("-created_at", "-pk")[:MOST_QUOTED]
    files = Attachment.objects.filter(message__ticket=ticket, redacted_at=None, file__redacted_at=None)
    departments = Department.objects.filter(archived_at=None)
    context = {
        "ticket": ticket,
        "inquiry": inquiry,
        "departments": [(row, row.name_in(language), row.purpose_in(language)) for row in departments],
        "messages": list(messages),
        "files": list(files.filter(is_inline=False).select_related("file").order_by("-pk")[:MOST_QUOTED]),
    }
    return page(request, "console/escalations/ask.html", context)


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal()]


def _number(request: HttpRequest, name: str, words: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal():
        raise Invalid(reason=words)
    return int(given)
