"""What a request's standing is called for its customer, and when they hear from us."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.lib.clock import now
from tugon.sla.promises import RESOLUTION, expected_answer, promise_in_words
from tugon.tickets.models import Status, Ticket


@dataclass(frozen=True, slots=True)
class Standing:
    """kind: for the shape beside the words. turn: a sentence on whose turn it is. is_late: a promise was not kept."""

    kind: str
    words: str
    turn: str
    is_late: bool = False


def standing(ticket: Ticket) -> Standing:
    """The ticket's state as its customer reads it. `ticket.state` must be selected."""
    own = ticket.state.customer_names if ticket.state else {}
    language = get_language() or "en"
    words = own.get(language) or own.get("en") or _word(ticket.status)
    is_late = (
        ticket.status in (Status.NEW, Status.OPEN) and ticket.due_at is not None and ticket.due_at < now()
    )
    return Standing(ticket.status, words, _turn(ticket, is_late=is_late), is_late)


def expected_in_words() -> str:
    """When somebody who writes now is answered: "by Monday, 3:00 PM"; empty where nothing is promised."""
    moment = expected_answer()
    if moment is None:
        return ""
    return promise_in_words(
        moment, language=get_language() or "en", zone=timezone.get_current_timezone_name()
    )


def _word(status: str) -> str:
    return {
        Status.NEW: _("Received"),
        Status.OPEN: _("We are on it"),
        Status.WAITING: _("Waiting for you"),
        Status.HOLD: _("On hold"),
        Status.SOLVED: _("Solved"),
        Status.CLOSED: _("Closed"),
    }[Status(status)]


def _turn(ticket: Ticket, *, is_late: bool) -> str:
    if is_late:
        return _(
            "This takes longer than we said. Your request is not forgotten; we will answer as soon as we can."
        )
    if ticket.status in (Status.NEW, Status.OPEN):
        if ticket.due_at is None:
            return _("We will write to you as soon as we can.")
        zone = timezone.get_current_timezone_name()
        moment = promise_in_words(ticket.due_at, language=get_language() or "en", zone=zone)
        if ticket.due_kind == RESOLUTION:
            return _("We are on it, and expect to have it solved {moment}.").format(moment=moment)
        return _("We expect to answer {moment}.").format(moment=moment)
    return {
        Status.WAITING: _("We asked you something. As soon as you answer, we go on."),
        Status.HOLD: _("We wait for somebody else and will come back to you. You can write at any time."),
        Status.SOLVED: _("We believe this is solved. If it is not, tell us and we go on."),
        Status.CLOSED: _("This request is finished. Nothing can be added to it any more."),
    }[Status(ticket.status)]
