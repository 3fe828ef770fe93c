"""Facts about mailboxes: that one stopped working, and that it works again."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="mailbox")
@dataclass(frozen=True, slots=True)
class MailboxFailed:
    """A mailbox that worked cannot be used any more: administrators have to know before customers do."""

    mailbox_id: int
    code: str


@fact(about="mailbox")
@dataclass(frozen=True, slots=True)
class MailboxRecovered:
    mailbox_id: int
