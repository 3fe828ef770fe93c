"""What the tests look at: the letter that left, and each recipient's state."""

import email
import email.policy
from email.message import EmailMessage

from tugon.delivery.models import Outgoing
from tugon.tickets.models import Message

ANA = {"name": "Ana Santos", "address": "ana@mail.example"}


def letter_of(message: Message) -> EmailMessage:
    raw = bytes(Outgoing.objects.get(message=message).raw)
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def states(message: Message) -> dict[str, str]:
    return dict(message.deliveries.values_list("recipient", "state"))
