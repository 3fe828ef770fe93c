"""Facts about letters on their way: ids only."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class MessageSent:
    """A server took the letter over for at least one recipient."""

    ticket_id: int
    message_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """A letter could not be delivered to one recipient and is not tried again."""

    ticket_id: int
    message_id: int
    delivery_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class DeliveryBounced:
    """A letter that was taken over came back. permanent: the address does not work."""

    ticket_id: int
    message_id: int
    delivery_id: int
    permanent: bool


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class ComplaintReceived:
    """The recipient called our letter spam; automatic mail to that address stops."""

    ticket_id: int
    message_id: int
    delivery_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class DeliveryReleased:
    """Somebody sent a letter that was held back or had failed."""

    ticket_id: int
    message_id: int
    delivery_id: int


@fact(about="delivery")
@dataclass(frozen=True, slots=True)
class SystemMailFailed:
    """A letter that is on no ticket (a sign-in link, a notice) could not be delivered."""

    delivery_id: int
    purpose: str
