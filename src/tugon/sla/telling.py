"""The customer hears it first: a promise that is about to break, and the new time that we can stand by (C3, C4)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.intake import caps
from tugon.intake.acknowledging import is_wanted, language_for
from tugon.intake.links import request_url
from tugon.lib.clock import now
from tugon.lib.moments import promise_in_words
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import send_automatic
from tugon.tickets.operations.opening import NewMessage

from .choosing import Chosen
from .events import CustomerForewarned
from .models import Clock
from .pace import honest_time
from .reckoning import RESOLUTION

logger = logging.getLogger(__name__)

PURPOSE = "promise"
AT_RISK, BROKEN = "promise.at_risk", "promise.broken"
"""The stable keys of the letters' templates."""

Letter = Callable[[str, Ticket, Mapping[str, datetime]], NewMessage]
"""(template's key, ticket, the moments `old_moment` and `new_moment`) → the letter."""

_provided: list[Letter] = []


def provide(letter: Letter) -> None:
    """Set who writes the letter from a template. The last one counts; without one, or where it fails, our own words
    are used: the customer hears it all the same.
    """
    _provided[:] = [letter]


def forewarn(ticket: Ticket, row: Clock, policy: Chosen) -> bool:
    """Tell the customer, if a person waits who may be written to, within the caps; at most once per promise. Sets
    `told_at` and `expected_at` of the row, which the caller saves.
    """
    term = policy.terms.get(row.kind)
    if row.told_at is not None or row.due_at is None or term is None:
        return False
    message = _last_words(ticket)
    person = (message.envelope.get("from") or {}) if message else {}
    if message is None or not is_wanted(message) or "@" not in person.get("address", ""):
        return False
    if caps.claim(person["address"], ticket=ticket, purpose=f"{PURPOSE} {row.pk}") is not None:
        return False
    expected = honest_time(
        kind=row.kind, due=row.due_at, team_id=ticket.team_id, term=term, hours=policy.hours
    )
    row.told_at, row.expected_at = now(), expected
    letter = written(ticket, message, row, name=person.get("name", ""))
    envelope = {**letter.envelope, "to": [person], "cc": []}
    send_automatic(ticket, replace(letter, automatic=PURPOSE, envelope=envelope), by=SYSTEM)
    fact = CustomerForewarned(ticket_id=ticket.pk, clock_id=row.pk, kind=row.kind, expected_at=expected)
    record(fact, by=SYSTEM)
    return True


def written(ticket: Ticket, message: Message, row: Clock, *, name: str) -> NewMessage:
    """The letter in the language of the request: the company's template, else our own words."""
    letter = _from_template(ticket, row)
    if letter is not None:
        return letter
    language = language_for(ticket.language, message.channel.language if message.channel else "")
    zone = ticket.customer.time_zone or company.get("zone")
    assert row.expected_at is not None
    moment = promise_in_words(row.expected_at, language=language, zone=zone, in_letter=True)
    with translation.override(language):
        parts = _paragraphs(ticket, row, name=name, moment=moment)
    html = "".join(f"<p>{escape(part)}</p>" for part in parts)
    return NewMessage(body="\n\n".join(parts), body_html=html, language=language)


def _from_template(ticket: Ticket, row: Clock) -> NewMessage | None:
    if not _provided or row.due_at is None or row.expected_at is None:
        return None
    try:
        with transaction.atomic():
            moments = {"old_moment": row.due_at, "new_moment": row.expected_at}
            return _provided[0](BROKEN if row.broken_at else AT_RISK, ticket, moments)
    except Exception:
        logger.exception("No template for the promise %s of #%s", row.pk, ticket.pk)
        return None


def _paragraphs(ticket: Ticket, row: Clock, *, name: str, moment: str) -> list[str]:
    late = (
        _("Your request #{number} will take longer to solve than we said, and we are sorry for it.")
        if row.kind == RESOLUTION
        else _("Our answer to your request #{number} will take longer than we said, and we are sorry for it.")
    )
    new = (
        _("We now expect to have it solved {moment}.")
        if row.kind == RESOLUTION
        else _("We now expect to answer {moment}.")
    )
    return [
        _("Hello {name},").format(name=name) if name else _("Hello,"),
        late.format(number=ticket.pk),
        new.format(moment=moment),
        _("You need do nothing: your request is not forgotten. You can follow it here:")
        + " "
        + request_url(ticket),
        company.get("name"),
    ]


def _last_words(ticket: Ticket) -> Message | None:
    """What the customer wrote last; a machine's answers are passed over."""
    rows = ticket.messages.filter(kind=Message.Kind.INCOMING, automatic="")
    return rows.select_related("channel", "ticket__customer").order_by("-created_at", "-pk").first()
