"""Who gets a letter: the person whose message is answered and who is in copy, or whom the agent named. Never ourselves.

Nobody is added silently: besides the answered person only rows that the ticket shows (`Participant` in copy).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tugon.channels.email.headers import is_address
from tugon.channels.email.letters import Person
from tugon.channels.models import Mailbox
from tugon.customers.models import ContactPoint
from tugon.lib.remember import remembered
from tugon.tickets.models import Message, Participant


@dataclass(frozen=True, slots=True)
class Recipient:
    person: Person
    role: str

    @property
    def address(self) -> str:
        return self.person.address


def recipients_of(message: Message) -> list[Recipient]:
    """The recipients of an outgoing message, each once, without our own addresses. Empty where there are none."""
    named = {role: people(message.envelope.get(role)) for role in ("to", "cc", "bcc")}
    if not named["to"]:
        answered = answered_by(message)
        named["to"] = _asker(message, answered)
        if "cc" not in message.envelope:
            named["cc"] = _in_copy(message, answered)
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
    return (
        Message.objects.filter(
            ticket_id=message.ticket_id, kind=Message.Kind.INCOMING, created_at__lte=message.created_at
        )
        .filter(automatic="")
        .exclude(envelope__contains={"from_stranger": True})
        .select_related("customer")
        .order_by("-created_at", "-pk")
        .first()
    )


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


def _asker(message: Message, answered: Message | None) -> list[Person]:
    """Where the answered person wants the answer: Reply-To, else From, else the customer's own address."""
    if answered is not None and answered.customer_id in (message.ticket.customer_id, None):
        persons = people(answered.envelope.get("reply_to"))[:3] or people(answered.envelope.get("from"))[:1]
        if persons:
            return persons
    elif answered is not None and _takes_part(answered):
        return people(answered.envelope.get("from"))[:1]
    point = ContactPoint.objects.filter(customer_id=message.ticket.customer_id, kind="email").first()
    return [Person(point.value, message.ticket.customer.name)] if point else []


def _takes_part(answered: Message) -> bool:
    """Whether a colleague in copy wrote the answered message."""
    addresses = [person.address.lower() for person in people(answered.envelope.get("from"))]
    return Participant.objects.filter(
        ticket_id=answered.ticket_id, standing="cc", address__in=addresses
    ).exists()


def _in_copy(message: Message, answered: Message | None) -> list[Person]:
    """Who is in copy on the ticket; an automatic letter goes to the asker alone."""
    if message.automatic:
        return []
    rows = Participant.objects.filter(ticket_id=message.ticket_id, standing=Participant.Standing.CC)
    copied = [Person(row.address, row.name) for row in rows]
    if answered is not None and answered.customer_id not in (message.ticket.customer_id, None):
        point = ContactPoint.objects.filter(customer_id=message.ticket.customer_id, kind="email").first()
        copied += [Person(point.value, message.ticket.customer.name)] if point else []
    return copied


def _is_ours(address: str, ours: frozenset[str]) -> bool:
    from tugon.channels.email.addresses import without_tag

    return address.lower() in ours or without_tag(address) in ours
