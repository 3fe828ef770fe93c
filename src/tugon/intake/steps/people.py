"""Who wrote, in whose name, and who else was addressed."""

from collections.abc import Iterable
from dataclasses import dataclass

from tugon.channels.email.addresses import without_tag
from tugon.channels.email.parsing.model import Address, ParsedMail

from ..identity import Self

MOST_COPIED = 20
"""People in copy who are taken over from one letter; who writes to more writes to a list."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who the letter is from. `via`: the address that stands in From where it is another, shown beside.

    is_authentic: False where our own mail server says that the sender is forged. forwarded_by: the agent's address
    where an agent forwarded somebody else's letter.
    """

    address: str
    name: str
    via: Address | None = None
    is_authentic: bool = True
    forwarded_by: str = ""


def author(
    mail: ParsedMail, *, self_: Self, replies_go_to_reply_to: bool, is_from_agent: bool
) -> Author | None:
    """Whose problem this is; None where no address can be found.

    A letter that an agent forwards is its original sender's; where the mailbox says so, Reply-To is the person.
    """
    is_authentic = not (mail.authentication.trusted and mail.authentication.dmarc == "fail")
    from_ = mail.from_
    if is_from_agent and mail.is_forward and mail.forwarded and mail.forwarded.from_ and from_:
        person = mail.forwarded.from_
        if "@" in person.address and not self_.is_ours(person.address):
            return Author(person.address.lower(), person.name, from_, is_authentic, from_.address.lower())
    if replies_go_to_reply_to:
        for person in mail.reply_to:
            if "@" in person.address and not self_.is_ours(person.address):
                return _author(person, from_, is_authentic)
    found = mail.author or next((one for one in mail.reply_to if "@" in one.address), None)
    if found is None or "@" not in found.address:
        return None
    return _author(found, from_, is_authentic)


def copied(mail: ParsedMail, *, author: Author, self_: Self) -> tuple[Address, ...]:
    """Who else was addressed: To and Cc without us (tags and letter case apart) and without the author. Each once.

    Of an agent's forward nobody: its recipients are the agent's choice, not the customer's.
    """
    if author.forwarded_by:
        return ()
    via = author.via.address.lower() if author.via else ""
    found: dict[str, Address] = {}
    for person in _people([*mail.to, *mail.cc]):
        address = person.address.lower()
        if self_.is_ours(address) or address in (author.address, via):
            continue
        found.setdefault(address, person)
    return tuple(found.values())[:MOST_COPIED]


def addressed(mail: ParsedMail, envelope_to: Iterable[str]) -> tuple[str, ...]:
    """Every address the letter was sent to, as far as headers and the transport tell: also where we were in Bcc."""
    people = [one.address for one in (*mail.to, *mail.cc, *mail.bcc)]
    return tuple(dict.fromkeys([*people, *mail.delivered_to, *envelope_to]))


def is_blind_copy(mail: ParsedMail, *, self_: Self) -> bool:
    """Whether none of our addresses stands in To or Cc."""
    return not any(self_.is_ours(without_tag(one.address)) for one in (*mail.to, *mail.cc))


def _author(person: Address, from_: Address | None, is_authentic: bool) -> Author:
    address = person.address.lower()
    via = from_ if from_ and from_.address.lower() != address else None
    return Author(address[:320], person.name, via, is_authentic)


def _people(addresses: Iterable[Address]) -> Iterable[Address]:
    return (one for one in addresses if "@" in one.address and len(one.address) <= 320)
