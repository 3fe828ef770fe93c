"""Mail of machines: reports about our own letters, automatic answers, and the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugon.channels.email.parsing.model import ParsedMail

from .verdicts import Ignore, Verdict

ANSWERS = frozenset({"auto-reply", "out-of-office"})


@dataclass(frozen=True, slots=True)
class Report:
    """A report about a letter of ours. `kind`: bounce, delay or complaint; `recipients` as JSON values."""

    kind: str
    permanent: bool
    letter_ids: tuple[str, ...]
    recipients: Sequence[Mapping[str, Any]]


def report(mail: ParsedMail) -> Report | None:
    """What the letter reports about one of ours, if it is a report (RFC 3464, RFC 5965)."""
    if mail.bounce is not None:
        bounce = mail.bounce
        recipients = [
            {
                "address": one.address.lower(),
                "status": one.status,
                "diagnostic": one.diagnostic[:500],
                "action": one.action,
                "permanent": one.permanent,
            }
            for one in bounce.recipients[:50]
        ]
        kind = "bounce" if bounce.permanent else "delay"
        return Report(kind, bounce.permanent, _ids(bounce.original_message_id, mail), recipients)
    if mail.automatic is not None and mail.automatic.kind == "complaint":
        return Report("complaint", True, _ids("", mail), [])
    return None


def answers_nothing(mail: ParsedMail, *, has_thread: bool) -> Verdict:
    """An automatic answer to something we do not know tells nobody anything."""
    if mail.automatic is None or mail.automatic.kind not in ANSWERS or has_thread:
        return None
    return Ignore(
        _("An automatic answer to nothing that Tugon knows: {why}").format(why=mail.automatic.why)[:300]
    )


def label(mail: ParsedMail, *, is_known_person: bool) -> str:
    """What a message carries in `automatic`: empty for a person. A known person may well write through a list."""
    if mail.automatic is None or (mail.automatic.kind == "list" and is_known_person):
        return ""
    return mail.automatic.kind[:20]


def _ids(original: str, mail: ParsedMail) -> tuple[str, ...]:
    found = [original, *mail.in_reply_to, *reversed(mail.references)]
    if not original:
        found += [line.split(":", 1)[1].strip() for line in _quoted_ids(mail)]
    return tuple(dict.fromkeys(one for one in found if one.strip("<> ")))


def _quoted_ids(mail: ParsedMail) -> list[str]:
    texts = [mail.text, *(file.text for file in mail.attachments)]
    texts += [
        file.content[:20_000].decode("latin-1")
        for file in mail.attachments
        if file.type.startswith(("message/", "text/rfc822-headers"))
    ]
    lines = [line.strip() for text in texts for line in text[:40_000].splitlines()]
    return [line for line in lines if line.lower().startswith("message-id:")][:5]
