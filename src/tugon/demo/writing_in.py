"""Writing in as a customer: a real letter, by the same path as every other."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime, formataddr, getaddresses, parseaddr

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tugon.channels.email.headers import is_address
from tugon.channels.models import Mailbox
from tugon.customers.models import Customer
from tugon.delivery.models import Outgoing
from tugon.intake import operations as intake
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.lib.errors import Invalid

from .letters import Sheet, written
from .shown import Shown, shown


class NotAMailbox(Invalid):
    code = "not-a-mailbox"
    words = _("{address} is not an address of this Tugon, so nothing was sent. Choose one of ours.")


class SenderMissing(Invalid):
    code = "sender-missing"
    words = _("“{address}” is not an e-mail address. Nothing was sent; write one like ana@mail.example.")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer writes. files: (name, type, bytes). answers: the letter of ours it answers."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    files: Sequence[tuple[str, str, bytes]] = ()
    answers: Shown | None = None


def write_in(letter: Letter, *, reads: bool = True) -> Received:
    """Keep the letter as arriving mail is kept. reads: it is understood at once, without waiting for a worker.

    Raises NotAMailbox, SenderMissing; then nothing was sent.
    """
    address = letter.address.strip()
    if not is_address(address):
        raise SenderMissing(address=address)
    mailbox = Mailbox.objects.receiving(parseaddr(letter.to)[1])
    if mailbox is None:
        raise NotAMailbox(address=letter.to)
    sheet = Sheet(
        sender=(" ".join(letter.name.split()), address),
        to=" ".join(letter.to.split()),
        subject=" ".join(letter.subject.split()),
        text=letter.text,
        date=format_datetime(now()),
        number=f"sandbox.{secrets.token_hex(10)}",
        files=list(letter.files),
    )
    if letter.answers is not None:
        sheet.answer(list(letter.answers.references))
    envelope = {"from": address, "to": [parseaddr(letter.to)[1]]}
    row = intake.store(mailbox.channel, written(sheet), via="sandbox", envelope=envelope)
    return intake.process(row) if reads else row


def answer_to(outgoing: Outgoing) -> dict[str, str]:
    """What a mail program fills in when one answers this letter: who writes, to whom, which subject, the quote."""
    letter = shown(bytes(outgoing.raw))
    recipient = outgoing.deliveries.order_by("pk").first()
    address = recipient.recipient if recipient else ""
    names = {value.lower(): name for name, value in getaddresses([dict(letter.headers).get("To", "")])}
    name = (
        (recipient.recipient_name if recipient else "") or names.get(address.lower(), "") or _name_of(address)
    )
    subject = letter.subject if letter.subject.lower().startswith("re:") else f"Re: {letter.subject}"
    quote = "\n".join(f"> {line}" for line in letter.text.rstrip().splitlines())
    return {
        "name": name, "address": address, "to": letter.answer_to, "subject": subject, "answers": str(outgoing.pk),
        "text": f"\n\nOn {dict(letter.headers).get('Date', '')}, {_from(letter)} wrote:\n{quote}\n",
    }  # fmt: skip


def customers() -> list[tuple[str, str]]:
    """(“Name <address>”, words) of everybody with an address, for the choice of who writes."""
    rows = Customer.objects.filter(
        merged_into=None, contact_points__kind="email", contact_points__verified_at__isnull=False
    )
    found = rows.exclude(name="").order_by("name").values_list("name", "contact_points__value")[:200]
    return [
        (
            formataddr((name, address), "utf-8") if name.isascii() else f"{name} <{address}>",
            f"{name} · {address}",
        )
        for name, address in found
    ]


def listener() -> str:
    """Where mail programs may send to: "127.0.0.1:2525"; empty when it does not listen."""
    place = settings.HOME / "demo-smtp"
    return place.read_text().strip() if place.exists() else ""


def _name_of(address: str) -> str:
    row = Customer.objects.filter(contact_points__value=address.lower()).exclude(name="").first()
    return row.name if row else ""


def _from(letter: Shown) -> str:
    name, address = parseaddr(dict(letter.headers).get("From", ""))
    return name or address
