"""How much automatic mail may leave: per person and ticket, per person and day, and over all in an hour (the breaker).

For everybody who sends without a person pressing a button: acknowledgements here, surveys and notices above. Limits are
the company's settings. Replies of agents are never counted and never held.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import connection

from tugon.company import settings as company
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from .events import AutomaticMailPaused
from .models import AutomaticMail

HARD_BOUNCE_HOLDS = timedelta(days=60)
"""How long an address that bounced for good gets no automatic mail."""


class Cap(StrEnum):
    """Why an automatic letter may not leave."""

    UNDELIVERABLE = "undeliverable"
    TICKET = "ticket"
    DAY = "day"
    BREAKER = "breaker"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent already: for this purpose on this ticket, in a day to this person, in an hour to everybody."""

    on_ticket: int
    in_a_day: int
    in_an_hour: int
    is_undeliverable: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    per_ticket: int
    per_day: int
    per_hour: int


def cap(sent: Sent, limits: Limits) -> Cap | None:
    """The cap that forbids one more letter, or None."""
    if sent.is_undeliverable:
        return Cap.UNDELIVERABLE
    if sent.on_ticket >= limits.per_ticket:
        return Cap.TICKET
    if sent.in_a_day >= limits.per_day:
        return Cap.DAY
    return Cap.BREAKER if sent.in_an_hour >= limits.per_hour else None


def claim(address: str, *, ticket: Ticket, purpose: str) -> Cap | None:
    """Count one automatic letter to this address, if it may leave: None then, otherwise why not.

    Call within the transaction that writes the letter. Where the breaker trips, administrators are told once an hour.
    """
    address = address.strip().lower()[:320]
    limits = Limits(
        company.get("automatic_per_ticket"),
        company.get("automatic_per_day"),
        company.get("automatic_per_hour"),
    )
    reason = cap(_sent(address, ticket, purpose, limits), limits)
    if reason is None:
        AutomaticMail.objects.create(address=address, ticket=ticket, purpose=purpose[:24], at=now())
    elif reason is Cap.BREAKER:
        _tell(ticket, limits)
    return reason


def _sent(address: str, ticket: Ticket, purpose: str, limits: Limits) -> Sent:
    moment = now()
    day, hour = moment - timedelta(days=1), moment - timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT
              (SELECT count(*) FROM intake_automaticmail WHERE address = %s AND ticket_id = %s AND purpose = %s),
              (SELECT count(*) FROM intake_automaticmail WHERE address = %s AND at > %s),
              (SELECT count(*) FROM (SELECT 1 FROM intake_automaticmail WHERE at > %s LIMIT %s) AS lately),
              EXISTS (SELECT 1 FROM customers_contactpoint
                      WHERE kind = 'email' AND value = %s AND undeliverable_at > %s)
            """,
            [
                *(address, ticket.pk, purpose[:24]),
                *(address, day),
                *(hour, limits.per_hour + 1),
                *(address, moment - HARD_BOUNCE_HOLDS),
            ],
        )
        return Sent(*cursor.fetchone())


def _tell(ticket: Ticket, limits: Limits) -> None:
    lately = Event.objects.named(AutomaticMailPaused.__name__).filter(at__gt=now() - timedelta(hours=1))
    if not lately.exists():
        record(AutomaticMailPaused(ticket_id=ticket.pk, limit=limits.per_hour), by=SYSTEM)
