"""How much automatic mail may leave: per person and ticket, per person and day, and over all in an hour (the breaker).

For everybody who sends without a person pressing a button: acknowledgements here, surveys and notices above. Limits are
the company's settings. Replies of agents are never counted and never held.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tugon.company import settings as company
from tugon.database.inserting import run
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from .events import AutomaticMailPaused

HARD_BOUNCE_HOLDS = timedelta(days=60)
"""How long an address that bounced for good gets no automatic mail."""


_COUNT = """
WITH sent AS MATERIALIZED (
  SELECT
    (SELECT count(*) FROM intake_automaticmail
     WHERE address = %(address)s::text AND ticket_id = %(ticket)s::bigint AND purpose = %(purpose)s::text) AS on_ticket,
    (SELECT count(*) FROM intake_automaticmail
     WHERE address = %(address)s::text AND at > %(day)s::timestamptz) AS in_a_day,
    (SELECT count(*) FROM
      (SELECT 1 FROM intake_automaticmail WHERE at > %(hour)s::timestamptz LIMIT %(per_hour)s::bigint + 1) AS lately
    ) AS in_an_hour,
    EXISTS (SELECT 1 FROM customers_contactpoint WHERE kind = 'email' AND value = %(address)s::text
     AND undeliverable_at > %(held)s::timestamptz) AS is_undeliverable
), counted AS (
  INSERT INTO intake_automaticmail (address, ticket_id, purpose, at)
  SELECT %(address)s::text, %(ticket)s::bigint, %(purpose)s::text, %(at)s::timestamptz FROM sent
  WHERE NOT is_undeliverable AND on_ticket < %(per_ticket)s::bigint AND in_a_day < %(per_day)s::bigint
    AND in_an_hour < %(per_hour)s::bigint
  RETURNING 1
)
SELECT on_ticket, in_a_day, in_an_hour, is_undeliverable, EXISTS (SELECT 1 FROM counted) FROM sent
"""


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
    sent, is_counted = _counted(address, ticket, purpose, limits)
    if is_counted:
        return None
    reason = cap(sent, limits)
    if reason is Cap.BREAKER:
        _tell(ticket, limits)
    return reason


def _counted(address: str, ticket: Ticket, purpose: str, limits: Limits) -> tuple[Sent, bool]:
    """What was sent before, and whether one more is within the limits and was counted. One statement, which decides as
    `cap` does.
    """
    moment = now()
    values = {
        "address": address,
        "ticket": ticket.pk,
        "purpose": purpose[:24],
        "at": moment,
        "day": moment - timedelta(days=1),
        "hour": moment - timedelta(hours=1),
        "held": moment - HARD_BOUNCE_HOLDS,
        "per_ticket": limits.per_ticket,
        "per_day": limits.per_day,
        "per_hour": limits.per_hour,
    }
    ((*sent, is_counted),) = run(_COUNT, values)
    return Sent(*sent), is_counted


def _tell(ticket: Ticket, limits: Limits) -> None:
    lately = Event.objects.named(AutomaticMailPaused.__name__).filter(at__gt=now() - timedelta(hours=1))
    if not lately.exists():
        record(AutomaticMailPaused(ticket_id=ticket.pk, limit=limits.per_hour), by=SYSTEM)
