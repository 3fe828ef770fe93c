"""Facts about what came in. Ids and kinds only: addresses stay on the ledger's row, where they can be erased."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="received")
@dataclass(frozen=True, slots=True)
class MessageIgnored:
    received_id: int
    channel_id: int


@fact(about="received")
@dataclass(frozen=True, slots=True)
class MessageQuarantined:
    """Kept aside for an administrator; `failed` when Tugon could not read it, otherwise it was judged so."""

    received_id: int
    channel_id: int
    failed: bool = False


@fact(about="received")
@dataclass(frozen=True, slots=True)
class MessageReleased:
    """An administrator let a message in that was kept aside or ignored."""

    received_id: int
    channel_id: int


@fact(about="received")
@dataclass(frozen=True, slots=True)
class BounceReceived:
    """A report about a letter of ours. `kind`: bounce, delay or complaint.

    The recipients with their status stand in the row's `envelope["report"]`: a list of {address, status, diagnostic,
    action, permanent}. `message_id`, `ticket_id`: ours that it is about, where that is known.
    """

    received_id: int
    kind: str
    permanent: bool
    message_id: int | None = None
    ticket_id: int | None = None


@fact(about="message")
@dataclass(frozen=True, slots=True)
class DeliveryConfirmed:
    """A provider says that a letter of ours reached the recipient's server; `recipient_mac` as `operations.mac_of`."""

    message_id: int
    recipient_mac: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AutomaticMailPaused:
    """The hourly breaker tripped at this ticket: until the hour is over no automatic letter leaves."""

    ticket_id: int
    limit: int


@fact(about="senderrule")
@dataclass(frozen=True, slots=True)
class SenderRuleChanged:
    senderrule_id: int
    verdict: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class ContextCarried:
    """A form brought along what its writer did before: an article read, a walk through a troubleshooter.

    `kind`, `value`: the parameter as the portal's `context.provide` knows it.
    """

    ticket_id: int
    kind: str
    value: str
