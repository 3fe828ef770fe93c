"""What the steps need to know from the database, asked in as few queries as the letter allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from tugon.accounts.models import Agent
from tugon.channels.email.addresses import ticket_behind
from tugon.channels.email.parsing.model import ParsedMail
from tugon.channels.models import Channel
from tugon.customers.models import ContactPoint, Customer
from tugon.database.inserting import run
from tugon.lib.clock import now
from tugon.lib.remember import remembered
from tugon.tickets.models import Message, Participant, Ticket

from .models import Received, SenderRule
from .steps import senders, threading
from .steps.people import Author
from .steps.threading import Candidate, Rung, Standing

MOST_RULES = 1000
"""Sender rules held in memory; where there are more, each letter asks for its own."""
_OF_MANY = {"list", "bulk", "auto-generated"}
_KNOWN = """
SELECT
  (SELECT json_agg(json_build_array(k.value, k.ticket_id, m.kind, m.automatic) ORDER BY k.id DESC)
   FROM tickets_messagekey k JOIN tickets_message m ON m.id = k.message_id WHERE k.value = ANY(%s::text[])),
  (SELECT array_agg(r.letter_id) FROM intake_received r
   WHERE r.state = 'stored' AND r.letter_id = ANY(%s::text[]) AND r.id < %s::bigint),
  (SELECT p.customer_id FROM customers_contactpoint p
   WHERE p.kind = 'email' AND p.value = %s::text AND p.verified_at IS NOT NULL LIMIT 1)
"""


class EarlierLetterWaits(Exception):
    """The letter answers one that is stored but not yet read: that one first."""


class Key(NamedTuple):
    """A Message-ID we have seen and the message that has it."""

    value: str
    ticket_id: int
    kind: str
    automatic: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the letter's ids and its author.

    own: the message, ours or a copy, that has this letter's own Message-ID. waiting: the ids of earlier letters that
    are stored and not read. person_id: the customer who proved the author's address.
    """

    keys: dict[str, list[Key]]
    own: Key | None
    waiting: frozenset[str]
    person_id: int | None

    @property
    def has_our_id(self) -> bool:
        return self.own is not None and self.own.kind == Message.Kind.OUTGOING


def known_of(received: Received, mail: ParsedMail, author: Author | None) -> Known:
    """What is known of the letter's ids, its own and those it answers, and of its author. One query."""
    ids = threading.ladder_ids(mail.in_reply_to, mail.references)
    address = author.address.strip().lower() if author and author.is_authentic else ""
    ((rows, waiting, person_id),) = run(
        _KNOWN, [[*ids, received.letter_id], [*ids, received.letter_id], received.pk, address]
    )
    keys: dict[str, list[Key]] = {}
    for row in rows or ():
        keys.setdefault(row[0], []).append(Key(*row))
    own = keys.get(received.letter_id, [])
    ours = next((row for row in own if row.kind == Message.Kind.OUTGOING), own[0] if own else None)
    return Known(keys, ours, frozenset(waiting or ()), person_id)


def require_earlier_read(received: Received, known: Known) -> None:
    """Raises EarlierLetterWaits when a letter this one answers, or its own copy, was stored before and still waits."""
    if any(one == received.letter_id or one not in known.keys for one in known.waiting):
        raise EarlierLetterWaits


def copy_elsewhere(received: Received, known: Known) -> Received | None:
    """The row of the same letter on another channel, when that one is on a ticket: one letter, one ticket."""
    if known.own is None or known.has_our_id:
        return None
    return (
        Received.objects.filter(fingerprint=received.fingerprint, state=Received.State.TICKETED)
        .exclude(pk=received.pk)
        .select_related("channel")
        .first()
    )


def is_agent(mail: ParsedMail) -> bool:
    """Whether the sender is one of our agents. Asked only of forwards: elsewhere it makes no difference."""
    if not mail.is_forward or mail.forwarded is None or mail.from_ is None:
        return False
    return Agent.objects.active().filter(email=mail.from_.address.lower()).exists()


def person_behind(known: Known) -> Customer | None:
    """The customer known by the author's address, proved; None for a stranger or a forged sender. One query at most."""
    if known.person_id is None:
        return None
    return Customer.objects.select_related("audience").get(pk=known.person_id)


def rules_for(address: str) -> Mapping[str, str]:
    """The sender rules that may speak about this address, with others where there are few. One query at most."""
    few = _few_rules()
    if few is not None:
        return few
    rows = SenderRule.objects.filter(pattern__in=senders.patterns(address))
    return dict(rows.values_list("pattern", "verdict"))


@remembered
def _few_rules() -> Mapping[str, str] | None:
    """All rules, or None where there are too many to hold."""
    rows = list(SenderRule.objects.values_list("pattern", "verdict")[: MOST_RULES + 1])
    return dict(rows) if len(rows) <= MOST_RULES else None


def candidates(
    mail: ParsedMail, known: Known, *, addressed: Sequence[str], author: Author, person: Customer | None
) -> tuple[list[Candidate], dict[int, Ticket]]:
    """The tickets the ladder leads to, in its order, and their rows. No query when nothing leads anywhere."""
    rungs = _rungs(mail, known, addressed)
    if not rungs:
        return [], {}
    tickets = _tickets({ticket_id for ticket_id, _rung, _of_many in rungs})
    standings = _standings(tickets, author, person)
    found = []
    for ticket_id, rung, of_many in rungs:
        ticket = tickets.get(ticket_id)
        if ticket is None:
            continue
        found.append(
            Candidate(ticket.pk, rung, standings[ticket.pk], ticket.subject, _closed_days(ticket), of_many)
        )
    return found, {ticket.pk: ticket for ticket in tickets.values()}


@remembered
def channel_of(pk: int) -> Channel:
    """A channel with its mailbox, team and form. One query."""
    return Channel.objects.select_related("mailbox", "team", "form__audience").get(pk=pk)


def claimed_point(ticket: Ticket, author: Author) -> ContactPoint | None:
    """The ticket's customer's claim to the address the letter came from, if it is still a claim."""
    point = ContactPoint.objects.of_address(author.address).filter(customer=ticket.customer, verified_at=None)
    return point.select_related("customer").first()


def _rungs(mail: ParsedMail, known: Known, addressed: Sequence[str]) -> list[tuple[int, Rung, bool]]:
    found = [(ticket_id, Rung.ADDRESS, False) for ticket_id in map(ticket_behind, addressed) if ticket_id]
    for value in threading.ladder_ids(mail.in_reply_to, mail.references):
        rung = Rung.ANSWERED if value in mail.in_reply_to else Rung.REFERENCED
        found += [(row.ticket_id, rung, row.automatic in _OF_MANY) for row in known.keys.get(value, [])]
    found += [(ticket_id, Rung.TOKEN, False) for ticket_id in threading.tokens(mail.subject)]
    return list(dict.fromkeys(found))


def _tickets(ids: set[int]) -> dict[int, Ticket]:
    """The tickets by the id they were found by; of a merged one the ticket it went into."""
    rows = Ticket.objects.select_related("customer").in_bulk(ids)
    found = {}
    for pk, row in rows.items():
        for _step in range(10):
            if row.merged_into_id is None:
                break
            row = Ticket.objects.select_related("customer").get(pk=row.merged_into_id)
        found[pk] = row
    return found


def _standings(tickets: dict[int, Ticket], author: Author, person: Customer | None) -> dict[int, Standing]:
    rows = {ticket.pk: ticket for ticket in tickets.values()}
    if not author.is_authentic or not rows:
        return dict.fromkeys(rows, Standing.STRANGER)
    customers = {ticket.customer_id for ticket in rows.values()}
    theirs = set(
        ContactPoint.objects.of_address(author.address)
        .filter(customer__in=customers)
        .values_list("customer_id", flat=True)
    )
    taking_part = dict(
        Participant.objects.filter(Q(address=author.address), ticket__in=rows).values_list(
            "ticket_id", "standing"
        )
    )
    return {pk: _standing(ticket, person, theirs, taking_part.get(pk)) for pk, ticket in rows.items()}


def _standing(ticket: Ticket, person: Customer | None, theirs: set[int], part: str | None) -> Standing:
    if ticket.customer_id in theirs or (person and person.pk == ticket.customer_id):
        return Standing.CUSTOMER
    if part == Participant.Standing.REMOVED:
        return Standing.REMOVED
    if part == Participant.Standing.CC:
        return Standing.COPIED
    organisation = ticket.customer.organisation_id
    if person and organisation is not None and person.organisation_id == organisation:
        return Standing.COLLEAGUE
    return Standing.PENDING if part == Participant.Standing.PENDING else Standing.STRANGER


def _closed_days(ticket: Ticket) -> float | None:
    return (now() - ticket.closed_at).total_seconds() / 86_400 if ticket.closed_at else None
