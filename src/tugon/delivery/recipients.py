"""Who gets a letter: the person whose message is answered and who is in copy, or whom the agent named. Never ourselves.

Nobody is added silently: besides the answered person only rows that the ticket shows (`Participant` in copy).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tugon.channels.email.headers import is_address
from tugon.channels.email.letters import Person
from tugon.channels.models import Mailbox
from tugon.customers.models import ContactPoint
from tugon.database.reading import Asked, gather_named, read
from tugon.lib.remember import remembered
from tugon.tickets.models import Message, Participant


@dataclass(frozen=True, slots=True)
class Recipient:
    person: Person
    role: str

    @property
    def address(self) -> str:
        return self.person.address


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What of a ticket decides to whom an answer goes.

    answered: the customer's message that the answer is for. points: the customer's e-mail addresses, the main one
    first. takes_part: who is in copy.
    """

    answered: Message | None
    points: Sequence[ContactPoint]
    takes_part: Sequence[Participant]


def correspondence_reads(message: Message) -> dict[str, Asked[Any]]:
    """What `Correspondence` is made of, as reads."""
    return {
        "answered": _answered(message.ticket_id, message.created_at),
        "points": _points(message.ticket.customer_id),
        "takes_part": _participants(message.ticket_id),
    }


def correspondence_of(found: Mapping[str, list[Any]]) -> Correspondence:
    """Of the rows that `correspondence_reads` gave."""
    return Correspondence(next(iter(found["answered"]), None), found["points"], found["takes_part"])


def recipients_of(message: Message, known: Correspondence | None = None) -> list[Recipient]:
    """The recipients of an outgoing message, each once, without our own addresses. Empty where there are none.

    known: what was read already.
    """
    named = {role: people(message.envelope.get(role)) for role in ("to", "cc", "bcc")}
    if not named["to"]:
        known = known or correspondence_of(gather_named(correspondence_reads(message)))
        named["to"] = _asker(message, known)
        if "cc" not in message.envelope:
            named["cc"] = _in_copy(message, known)
    ours = _our_addresses()
    found: dict[str, Recipient] = {}
    for role, persons in named.items():
        for person in persons:
            if not _is_ours(person.address, ours):
                found.setdefault(person.address.lower(), Recipient(person, role))
    return list(found.values())


@remembered
def _our_addresses() -> frozenset[str]:
    return Mailbox.objects.own_addresses()


def answered_by(message: Message) -> Message | None:
    """The customer's message that this one answers: the newest before it, written by a person of the ticket."""
    return next(iter(_answered(message.ticket_id, message.created_at).rows()), None)


@read
def _answered(ticket: int, at: datetime) -> QuerySet[Message, Message]:
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, created_at__lte=at, automatic="")
    ours = said.exclude(envelope__contains={"from_stranger": True}).select_related("customer")
    return ours.order_by("-created_at", "-pk")[:1]


@read
def _points(customer: int) -> QuerySet[ContactPoint, ContactPoint]:
    return ContactPoint.objects.filter(customer=customer, kind="email")[:1]


@read
def _participants(ticket: int) -> QuerySet[Participant, Participant]:
    return Participant.objects.filter(ticket=ticket, standing=Participant.Standing.CC)


def people(value: Any) -> list[Person]:
    """Persons of an envelope's entry: a list of {"name", "address"} or of plain addresses."""
    items: Iterable[Any] = value if isinstance(value, list | tuple) else [value] if value else []
    found = []
    for item in items:
        if isinstance(item, dict):
            person = Person(str(item.get("address") or "").strip(), str(item.get("name") or ""))
        else:
            person = _written(str(item))
        if is_address(person.address):
            found.append(person)
    return found


def _written(text: str) -> Person:
    from email.utils import parseaddr

    name, address = parseaddr(text)
    return Person(address.strip(), name)


def _asker(message: Message, known: Correspondence) -> list[Person]:
    """Where the answered person wants the answer: Reply-To, else From, else the customer's own address."""
    answered = known.answered
    if answered is not None and answered.customer_id in (message.ticket.customer_id, None):
        persons = people(answered.envelope.get("reply_to"))[:3] or people(answered.envelope.get("from"))[:1]
        if persons:
            return persons
    elif answered is not None and _is_in_copy(answered, known):
        return people(answered.envelope.get("from"))[:1]
    return _own_address(message, known)


def _own_address(message: Message, known: Correspondence) -> list[Person]:
    return [Person(point.value, message.ticket.customer.name) for point in known.points[:1]]


def _is_in_copy(answered: Message, known: Correspondence) -> bool:
    """Whether a colleague in copy wrote the answered message."""
    addresses = [person.address.lower() for person in people(answered.envelope.get("from"))]
    return any(one.address in addresses for one in known.takes_part)


def _in_copy(message: Message, known: Correspondence) -> list[Person]:
    """Who is in copy on the ticket; an automatic letter goes to the asker alone."""
    if message.automatic:
        return []
    copied = [Person(row.address, row.name) for row in known.takes_part]
    answered = known.answered
    if answered is not None and answered.customer_id not in (message.ticket.customer_id, None):
        copied += _own_address(message, known)
    return copied


def _is_ours(address: str, ours: frozenset[str]) -> bool:
    from tugon.channels.email.addresses import without_tag

    return address.lower() in ours or without_tag(address) in ours
