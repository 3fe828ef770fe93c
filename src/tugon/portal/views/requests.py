"""My requests: the list, and each as a conversation."""

import secrets as random
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tugon.company import settings as company
from tugon.feedback.models import Rating
from tugon.lib.errors import DomainError
from tugon.tickets.models import Status, Ticket

from .. import conversation as talk
from .. import operations, promises, uploads
from ..forms import ReplyForm, SignInForm
from ..identity import visitor
from ..listing import listing
from ..words import standing
from .answers import about_request, answer, private


@require_safe
@private
def index(request: HttpRequest) -> HttpResponse:
    """The requests of who is signed in; for others those opened in this browser, and the way to sign in."""
    who = visitor(request)
    if who.customer is None:
        rows = (
            who.tickets().filter(merged_into=None).select_related("state").order_by("-updated_at")
            if who.granted
            else []
        )
        opened = [(row, standing(row)) for row in rows]
        return answer(request, "requests_signed_out.html", {"opened": opened, "form": SignInForm()})
    mine = Ticket.objects.of_customer(who.customer)
    page = listing(mine, tab=request.GET.get("tab", ""), before=request.GET.get("before", ""))
    return answer(request, "requests.html", {"listing": page}, block="list")


@require_safe
@private
@about_request
def show(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One request. At most ten queries, whatever the length of the conversation."""
    if ticket.merged_into_id:
        return _merged(request, ticket)
    return _page(request, ticket)


@require_safe
@private
@about_request
def conversation(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The part of the page that changes by itself: fetched again when the request's topic is named."""
    if ticket.merged_into_id:
        return HttpResponse(headers={"HX-Redirect": reverse("portal:request", args=[ticket.pk])})
    return answer(request, "request.html", _context(request, ticket), block="live")


@require_safe
@private
@about_request
def sent(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What was understood, what happens next and by when, and how to add more."""
    first = talk.entries(ticket)[:1]
    context = {
        "ticket": ticket,
        "standing": standing(ticket),
        "first": first[0] if first else None,
        "address": _own_address(ticket),
        "is_acknowledged": bool(ticket.channel and ticket.channel.acknowledges),
        "is_link_only": not visitor(request).owns(ticket),
    }
    return answer(request, "sent.html", context)


@require_POST
@private
@about_request
def reply(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Add to the conversation. What was refused comes back with every word and file."""
    form = ReplyForm(request.POST)
    given = uploads.taken_from(request, tell=form)
    if not form.is_valid():
        return _page(request, ticket, form=form, given=given, status=422)
    try:
        operations.reply(
            ticket,
            words=form.cleaned_data["words"],
            uploads=given.uploads,
            once=request.POST.get("once", ""),
            by=ticket.customer.actor,
        )
    except DomainError as error:
        form.add_error("words", error.message)
        ticket.refresh_from_db()
        return _page(request, ticket, form=form, given=given, status=error.status)
    messages.success(request, _("Your message was added."))
    return HttpResponseRedirect(reverse("portal:request", args=[ticket.pk]) + "#newest")


def _page(
    request: HttpRequest,
    ticket: Ticket,
    *,
    form: ReplyForm | None = None,
    given: uploads.Given | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_context(request, ticket),
        "form": form or ReplyForm(),
        "files": given or uploads.Given(),
        "once": request.POST.get("once") or random.token_urlsafe(12),
        "max_bytes": company.get("upload_megabytes") * 1_000_000,
    }
    return answer(request, "request.html", context, status=status)


def _context(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    done = ticket.status in (Status.SOLVED, Status.CLOSED)
    rating = Rating.objects.filter(ticket=ticket, round=ticket.reopen_count).first() if done else None
    return {
        "ticket": ticket,
        "entries": talk.entries(ticket),
        "standing": standing(ticket),
        "promises": promises.lines(ticket) if not done else [],
        "resolution": ticket.resolutions.first() if done else None,
        "rating": rating,
        "is_done": done,
        "is_closed": ticket.status == Status.CLOSED,
        "is_link_only": not visitor(request).owns(ticket),
        "form_slug": _form_slug(ticket),
    }


def _merged(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Two requests became one: to the other where it may be seen, else only that it is so."""
    other = visitor(request).tickets().filter(merged=ticket).first()
    if other is not None:
        messages.info(request, _("Request {number} was joined with this one.").format(number=f"#{ticket.pk}"))
        return redirect("portal:request", number=other.pk)
    return answer(request, "merged.html", {"ticket": ticket})


def _own_address(ticket: Ticket) -> str:
    point = ticket.customer.contact_points.filter(kind="email").first()
    return point.value if point else ""


def _form_slug(ticket: Ticket) -> str:
    form = getattr(ticket.channel, "form", None) if ticket.channel else None
    return form.slug if form and ticket.channel and ticket.channel.is_enabled else ""
