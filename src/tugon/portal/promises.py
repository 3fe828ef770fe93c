"""What a request's page says of our promises: the new time where we are late, and pauses with their reason."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.lib.clock import now
from tugon.lib.moments import promise_in_words
from tugon.pages.formats import duration, moment_words
from tugon.sla import clocks
from tugon.sla.reckoning import RESOLUTION, Why
from tugon.tickets.models import Ticket

SHORTEST = timedelta(minutes=5)
"""Pauses shorter than this together are not worth a word."""


def lines(ticket: Ticket) -> list[str]:
    """In the customer's language and zone; empty where nothing is to be said. One query."""
    found = [one for one in clocks.of(ticket) if one.is_open]
    said = [_solved_by(one) for one in found if one.kind == RESOLUTION and not one.expected_at]
    said += [_expected(one) for one in found]
    said += [_paused(one) for one in found[-1:]]
    return [line for line in said if line]


def _moment(at: object) -> str:
    return promise_in_words(
        at,  # type: ignore[arg-type]
        language=get_language() or "en",
        zone=timezone.get_current_timezone_name(),
    )


def _solved_by(clock: clocks.Clock) -> str:
    if clock.due_at is None or clock.due_at < now():
        return ""
    return _("We expect to have it solved {moment}.").format(moment=_moment(clock.due_at))


def _expected(clock: clocks.Clock) -> str:
    """The time told in the letter, while it is still to come."""
    if clock.expected_at is None or clock.expected_at < now() or clock.pause is not None:
        return ""
    words = (
        _("We now expect to have it solved {moment}.")
        if clock.kind == RESOLUTION
        else _("We now expect to answer {moment}.")
    )
    return words.format(moment=_moment(clock.expected_at))


def _paused(clock: clocks.Clock) -> str:
    pause = clock.pause
    if pause is not None and pause.why == Why.WAITING:
        words = _(
            "Our clock has stood still since {moment}, while we wait for you. It goes on when you answer."
        )
        return words.format(moment=moment_words(pause.since, "short"))
    if pause is not None and pause.why == Why.HOLD:
        words = _("Our clock has stood still since {moment}, while we wait for somebody else.")
        return words.format(moment=moment_words(pause.since, "short"))
    waited = dict(clocks.paused_by(clock)).get(Why.WAITING, timedelta(0))
    if pause is not None or waited < SHORTEST:
        return ""
    return _("Our clock stood still for {length} while we waited for you.").format(length=duration(waited))
