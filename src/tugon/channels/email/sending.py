"""How letters leave: by SMTP, through a provider, or into the sandbox. Each recipient gets an outcome of its own.

Nothing here writes to the database but the alarm of a mailbox; who asks keeps the outcomes.
"""

import contextlib
import smtplib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from django.utils.translation import gettext_noop

from ..models import Mailbox
from .connections import open_smtp, said
from .errors import MailboxTrouble

SENT, DEFERRED, FAILED = "sent", "deferred", "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient. state: sent, deferred (worth another try) or failed (for good).

    code: RFC 3463 or the SMTP code. words: the server's own. remote_id: the provider's name for the letter.
    """

    state: str
    code: str = ""
    words: str = ""
    remote_id: str = ""


class Sender(Protocol):
    """One way out, open for several letters."""

    def send(self, raw: bytes, *, sender: str, recipients: Iterable[str]) -> Mapping[str, Outcome]:
        """Hand over one letter. Raises MailboxTrouble when the way itself cannot be used now."""

    def close(self) -> None: ...


class SmtpSender:
    """One SMTP connection, opened at the first letter and again after it was lost."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self._client: smtplib.SMTP | None = None

    def send(self, raw: bytes, *, sender: str, recipients: Iterable[str]) -> Mapping[str, Outcome]:
        addresses = list(recipients)
        client = self._ready()
        try:
            outcomes = self._hand_over(client, raw, sender, addresses)
        except smtplib.SMTPSenderRefused as error:
            if sender == self.mailbox.address or error.smtp_code < 500:
                return dict.fromkeys(addresses, _outcome(error.smtp_code, error.smtp_error))
            # Some servers let an account send only by its plain name; reports then come there.
            return self.send(raw, sender=self.mailbox.address, recipients=addresses)
        except smtplib.SMTPRecipientsRefused as error:
            return {address: _outcome(*error.recipients[address]) for address in addresses}
        except smtplib.SMTPResponseException as error:
            return dict.fromkeys(addresses, _outcome(error.smtp_code, error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return dict.fromkeys(
                addresses, Outcome(DEFERRED, "4.4.2", said(error) or "The connection was lost")
            )
        return outcomes

    def close(self) -> None:
        if self._client is not None:
            with contextlib.suppress(Exception):
                if self._client.sock is not None:
                    self._client.sock.settimeout(3)
                self._client.quit()
            with contextlib.suppress(Exception):
                self._client.close()
        self._client = None

    def _ready(self) -> smtplib.SMTP:
        if self._client is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                if self._client.noop()[0] == 250:
                    return self._client
            self.close()
        self._client = open_smtp(self.mailbox)
        return self._client

    @staticmethod
    def _hand_over(client: smtplib.SMTP, raw: bytes, sender: str, addresses: list[str]) -> dict[str, Outcome]:
        needs_utf8 = not all(address.isascii() for address in (sender, *addresses))
        options = ["SMTPUTF8", "BODY=8BITMIME"] if needs_utf8 and client.has_extn("smtputf8") else []
        refused = client.sendmail(sender, addresses, raw, mail_options=options)
        return {
            address: _outcome(*refused[address]) if address in refused else Outcome(SENT)
            for address in addresses
        }


class SandboxSender:
    """Nothing leaves: the letter is kept and shown on the sandbox page."""

    def send(self, raw: bytes, *, sender: str, recipients: Iterable[str]) -> Mapping[str, Outcome]:
        return {address: Outcome(SENT, words=gettext_noop("In the sandbox")) for address in recipients}

    def close(self) -> None:
        return


class Senders:
    """The senders of a batch, one per mailbox, closed together."""

    def __init__(self) -> None:
        self._open: dict[int | None, Sender] = {}

    def __enter__(self) -> "Senders":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for sender in self._open.values():
            sender.close()

    def of(self, mailbox: Mailbox) -> Sender:
        """The way out of this mailbox. Raises MailboxTrouble where it has none."""
        if mailbox.pk not in self._open:
            self._open[mailbox.pk] = sender_of(mailbox)
        return self._open[mailbox.pk]


def sender_of(mailbox: Mailbox) -> Sender:
    """Raises MailboxTrouble for a provider that is not known."""
    if mailbox.outgoing == Mailbox.Outgoing.SMTP:
        return SmtpSender(mailbox)
    if mailbox.outgoing == Mailbox.Outgoing.PROVIDER:
        from .provider import ProviderSender

        return ProviderSender(mailbox)
    if mailbox.outgoing == Mailbox.Outgoing.SANDBOX:
        return SandboxSender()
    raise MailboxTrouble(host=mailbox.address, answer="sending is switched off for this mailbox")


def _outcome(code: int, words: bytes | str) -> Outcome:
    """An SMTP answer: 4xx is worth another try, 5xx is not (RFC 5321 §4.2.1)."""
    text = said(words)
    first = text.split(" ")[0]
    enhanced = first if first[:2] in ("2.", "4.", "5.") else str(code)
    return Outcome(FAILED if code >= 500 else DEFERRED, enhanced, f"{code} {text}".strip()[:480])
