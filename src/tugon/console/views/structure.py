"""Merge, split, link, redact, spam: what changes the shape of tickets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.delivery import operations as deliveries
from tugon.delivery.models import Delivery
from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.search.finding import find_tickets
from tugon.tickets import operations
from tugon.tickets.lists import rows_of
from tugon.tickets.models import Attachment, Merge, Message, Participant, Ticket

from ..access import agent_of, agents_only, find_ticket
from ..queues import forget_counts
from .tickets import after_change, url_of


@require_GET
@agents_only
def candidates(request: HttpRequest, number: int) -> HttpResponse:
    """Tickets to merge with or link to: by number or words; without words, the same customer's."""
    ticket = find_ticket(request, number)
    agent = agent_of(request)
    typed = request.GET.get("q", "").strip()
    if typed:
        rows = [row for row in find_tickets(typed, agent=agent, limit=10).tickets if row.pk != ticket.pk]
    else:
        mine = Ticket.objects.visible_to(agent).filter(customer=ticket.customer, merged_into=None)
        rows = rows_of(mine.exclude(pk=ticket.pk).order_by("-updated_at")[:10])
    return page(request, "console/parts/candidates.html", {"ticket": ticket, "rows": rows, "typed": typed})


@require_POST
@agents_only
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Move this ticket's messages into `into`, whose page offers the way back."""
    ticket = find_ticket(request, number)
    target = find_ticket(request, _number(request, "into"))
    across = bool(request.POST.get("across"))
    operations.merge(ticket, into=target, across_customers=across, by=agent_of(request).actor)
    return _go(
        request,
        target.pk,
        _("#{number} was merged into this ticket. It can be undone above.").format(number=number),
    )


@require_POST
@agents_only
def unmerge(request: HttpRequest, number: int, merge_id: int) -> HttpResponse:
    find_ticket(request, number)
    done = get_object_or_404(Merge, pk=merge_id, target_id=number)
    operations.undo_merge(done, by=agent_of(request).actor)
    return toast(after_change(request, number), _("The merge was undone."))


@require_POST
@agents_only
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Make a new ticket of one message, or of it and all that follow."""
    ticket = find_ticket(request, number)
    message = get_object_or_404(Message, pk=_number(request, "message"), ticket=ticket)
    new = operations.split(
        message,
        subject=request.POST.get("subject", "").strip(),
        following=bool(request.POST.get("following")),
        by=agent_of(request).actor,
    )
    return _go(request, new.pk, _("This is a ticket of its own now."))


@require_POST
@agents_only
def links(request: HttpRequest, number: int) -> HttpResponse:
    """Link to `other` as `kind`; with `remove`, unlink."""
    ticket = find_ticket(request, number)
    other = find_ticket(request, _number(request, "other"))
    kind = request.POST.get("kind", "related")
    source, target = (other, ticket) if kind == "child" else (ticket, other)
    act = operations.unlink if request.POST.get("remove") else operations.link
    act(source, target, kind="parent" if kind == "child" else kind, by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def redaction(request: HttpRequest, number: int) -> HttpResponse:
    """Remove for good: `words` of a `message` or `everywhere` on the ticket, a whole message, or an `attachment`."""
    ticket = find_ticket(request, number)
    by = agent_of(request).actor
    if request.POST.get("attachment"):
        item = get_object_or_404(Attachment, pk=_number(request, "attachment"), message__ticket=ticket)
        operations.redact_attachment(item, by=by)
    elif request.POST.get("everywhere"):
        operations.redact_words(ticket, words=request.POST.get("words", "").strip(), by=by)
    else:
        message = get_object_or_404(Message, pk=_number(request, "message"), ticket=ticket)
        operations.redact_message(message, words=request.POST.get("words", "").strip(), by=by)
    return toast(after_change(request, number), _("Removed for good."))


@require_POST
@agents_only
def participants(request: HttpRequest, number: int) -> HttpResponse:
    """Add an `address`, or confirm or remove a `participant`."""
    ticket = find_ticket(request, number)
    by = agent_of(request).actor
    if request.POST.get("address"):
        operations.add_participant(ticket, address=request.POST["address"], by=by)
    else:
        row = get_object_or_404(Participant, pk=_number(request, "participant"), ticket=ticket)
        act = operations.remove_participant if request.POST.get("remove") else operations.confirm_participant
        act(row, by=by)
    return after_change(request, number)


@require_POST
@agents_only
def spam(request: HttpRequest, number: int) -> HttpResponse:
    """Mark as spam, or say that it is none (`not`)."""
    ticket = find_ticket(request, number)
    by = agent_of(request).actor
    if request.POST.get("not"):
        operations.unmark_spam(ticket, by=by)
        return after_change(request, number)
    operations.mark_spam(ticket, by=by)
    return toast(
        after_change(request, number),
        _("Marked as spam."),
        action=_("Undo"),
        target="#ticket-pane",
        url=url_of("console:not-spam", number),
    )


@require_POST
@agents_only
def not_spam(request: HttpRequest, number: int) -> HttpResponse:
    operations.unmark_spam(find_ticket(request, number), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Remove the ticket and everything in it for good."""
    ticket = find_ticket(request, number)
    operations.delete(ticket, by=agent_of(request).actor)
    forget_counts(agent_of(request))
    messages.success(request, _("#{number} was deleted for good.").format(number=number))
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url_of("console:home")
        return response
    return redirect("console:home")


@require_POST
@agents_only
def send_again(request: HttpRequest, number: int, delivery_id: int) -> HttpResponse:
    """Send a message once more to one recipient it did not reach, or to whom it was held back."""
    ticket = find_ticket(request, number)
    row = get_object_or_404(Delivery, pk=delivery_id, ticket=ticket)
    deliveries.send_again(row, by=agent_of(request).actor)
    return toast(after_change(request, number), _("It is sent again."))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "").strip().lstrip("#")
    if not given.isdecimal():
        raise Invalid(reason=_("choose a ticket by its number."))
    return int(given)


def _go(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """On to another ticket, with words about what was done."""
    messages.success(request, words)
    forget_counts(agent_of(request))
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url_of("console:ticket", number)
        return response
    return redirect("console:ticket", number)
