"""A live test of a mailbox in both directions, with words for every step: for the wizard, administration and doctor.

Works on a mailbox that is not saved yet (with a password). Nothing is read or changed but the test's own letter.
"""

import smtplib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex

from django.utils.translation import gettext as _
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from ..models import Mailbox
from .addresses import instance
from .compose import compose
from .connections import hang_up, in_words, open_imap, said
from .errors import FolderMissing, MailboxTrouble
from .folders import is_there
from .imap import folders
from .letters import Letter, Person
from .sending import SENT, sender_of

ARRIVAL_SECONDS = 60
"""How long the letter to itself may take."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried. `words` say what was found, or what is wrong and what to do."""

    name: str
    ok: bool
    words: str


def check(mailbox: Mailbox, *, sends: bool = True, patience: float = ARRIVAL_SECONDS) -> list[Step]:
    """Try everything that is configured and say what works. sends: also send a letter to itself. patience: seconds."""
    return list(steps(mailbox, sends=sends, patience=patience))


def steps(mailbox: Mailbox, *, sends: bool = True, patience: float = ARRIVAL_SECONDS) -> Iterator[Step]:
    """`check`, a step at a time, for a page that shows them as they come."""
    receives = bool(mailbox.imap_host)
    if receives:
        receiving = _tried(_("Receiving"), lambda: _receiving(mailbox))
        yield receiving
        receives = receiving.ok
    else:
        yield Step(_("Receiving"), True, _("Mail is not fetched; it comes by LMTP, pipe or a provider."))
    if mailbox.outgoing == Mailbox.Outgoing.NONE:
        yield Step(_("Sending"), True, _("Sending is switched off for this mailbox."))
        return
    if mailbox.outgoing == Mailbox.Outgoing.SANDBOX:
        yield Step(_("Sending"), True, _("Letters go to the sandbox: nothing leaves."))
        return
    sending = _tried(_("Sending"), lambda: _sending(mailbox))
    yield sending
    if sending.ok and sends:
        yield _tried(_("There and back"), lambda: _there_and_back(mailbox, waits=receives, patience=patience))


def _tried(name: str, work: Callable[[], str]) -> Step:
    try:
        return Step(name, True, work())
    except MailboxTrouble as trouble:
        return Step(name, False, trouble.message)


def _receiving(mailbox: Mailbox) -> str:
    client = open_imap(mailbox)
    try:
        with in_words(mailbox.imap_host, mailbox.imap_port):
            for name in folders(mailbox):
                if not is_there(client, name):
                    raise FolderMissing(
                        folder=name, folders=", ".join(str(row[2]) for row in client.list_folders()[:40])
                    )
            count = int(client.folder_status(folders(mailbox)[0], ["MESSAGES"])[b"MESSAGES"])
            idle = client.has_capability("IDLE")
    finally:
        hang_up(client)
    speed = (
        _("New mail is told at once.")
        if idle
        else _("The server cannot tell of new mail; it is looked for often.")
    )
    return _("Signed in; {count} letters are in {folder}. {speed}").format(
        count=count, folder=folders(mailbox)[0], speed=speed
    )


def _sending(mailbox: Mailbox) -> str:
    if mailbox.outgoing == Mailbox.Outgoing.PROVIDER:
        sender_of(mailbox).close()
        return _("The provider is set up.")
    from .connections import open_smtp

    client = open_smtp(mailbox)
    try:
        with in_words(mailbox.smtp_host, mailbox.smtp_port):
            code, words = client.noop()
            if code != 250:
                raise MailboxTrouble(host=mailbox.smtp_host, answer=f"{code} {said(words)}")
            client.quit()
    except smtplib.SMTPServerDisconnected:
        client.close()
    if not mailbox.smtp_user:
        return _("Connected, without signing in: the server takes letters from this machine.")
    return _("Signed in as {user}.").format(user=mailbox.smtp_user)


def _there_and_back(mailbox: Mailbox, *, waits: bool, patience: float) -> str:
    token = token_hex(8)
    sender = sender_of(mailbox)
    try:
        outcome = sender.send(_letter(mailbox, token), sender=mailbox.address, recipients=[mailbox.address])
    finally:
        sender.close()
    found = outcome[mailbox.address]
    if found.state != SENT:
        raise MailboxTrouble(host=mailbox.smtp_host or mailbox.provider, answer=found.words)
    if not waits:
        return _("A test letter was taken over. Look into the mailbox whether it arrived.")
    begun = time.monotonic()
    if not _arrives(mailbox, token, patience=patience):
        raise MailboxTrouble(
            host=mailbox.imap_host,
            answer=_(
                "the test letter did not arrive within {seconds} seconds. Look whether it lies in the junk folder, and "
                "whether the address {address} belongs to this account"
            ).format(seconds=round(patience), address=mailbox.address),
        )
    seconds = max(1, round(time.monotonic() - begun))
    return _("A letter to itself arrived after {seconds} s.").format(seconds=seconds)


def _letter(mailbox: Mailbox, token: str) -> bytes:
    domain = mailbox.address.rpartition("@")[2]
    return compose(
        Letter(
            from_=Person(mailbox.address, "Tugon"),
            to=(Person(mailbox.address),),
            subject=_("Test of this mailbox ({token})").format(token=token),
            text=_("This letter shows that the mailbox can send and receive. It needs no answer."),
            message_id=f"<tugon.test.{token}@{domain}>",
            date=datetime.now(UTC),
            automatic="auto-generated",
            instance=instance(),
            loop=f"test.{token}",
        )
    )


def _arrives(mailbox: Mailbox, token: str, *, patience: float) -> bool:
    """Look for the letter in the folders that are read, and where the fetcher may have moved it; then remove it."""
    client = open_imap(mailbox)
    until = time.monotonic() + patience
    places = [
        *folders(mailbox),
        *([mailbox.move_to] if mailbox.after_fetch == "move" and mailbox.move_to else []),
    ]
    try:
        with in_words(mailbox.imap_host, mailbox.imap_port):
            while True:
                if any(_removed(client, name, token) for name in places if is_there(client, name)):
                    return True
                if time.monotonic() > until:
                    return False
                time.sleep(0.5)
    finally:
        hang_up(client)


def _removed(client: IMAPClient, folder: str, token: str) -> bool:
    client.select_folder(folder)
    found = client.search(["HEADER", "Message-ID", f"tugon.test.{token}@"])
    if not found:
        return False
    try:
        client.add_flags(found, [b"\\Seen", b"\\Deleted"], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge(found)
    except IMAPClientError:
        return True  # it arrived; that it stays is no harm
    return True
