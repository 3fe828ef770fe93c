"""Letters as mail programs write them, and the way in: `arrives(letter(...))` keeps and reads one."""

from collections.abc import Callable
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest

from tugon.channels.models import Channel, Mailbox
from tugon.intake.models import Form, Received
from tugon.intake.operations import process, store

_numbers = count(1)


def letter(
    text: str = "The page stays blank since this morning.",
    *,
    sender: str = "Ana Santos <ana@mail.example>",
    to: str = "help@company.example",
    subject: str = "Blank page",
    message_id: str | None = "",
    files: tuple[tuple[str, str, bytes], ...] = (),
    html: str = "",
    **headers: str,
) -> bytes:
    """One letter as bytes. message_id: made up if empty, left out if None. files: (name, type, bytes)."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = "Fri, 20 Nov 2026 09:00:00 +0800"
    if message_id is not None:
        mail["Message-ID"] = message_id or f"<letter-{next(_numbers)}@mail.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


@pytest.fixture
def arrives(mailbox: Mailbox) -> Callable[..., Received]:
    """Keep a letter in the mailbox and read it; returns its line of the ledger."""

    def take(raw: bytes, *, channel: Channel | None = None, **how: Any) -> Received:
        how.setdefault("via", "lmtp")
        return process(store(channel or mailbox.channel, raw, **how))

    return take


@pytest.fixture
def form(members: Any, support: Any) -> Form:
    """The members' form."""
    channel = Channel.objects.create(kind="form", name="Members' form", team=support)
    return Form.objects.create(channel=channel, slug="members", audience=members, titles={"en": "Ask us"})
