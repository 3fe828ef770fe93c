"""A parsed letter as JSON. The keys are documented in docs/reference/mail-parse.md and only ever added to."""

from datetime import datetime
from typing import Any

from tugon.channels.email.parsing.model import Address, Attachment, Bounce, ParsedMail


def to_json(mail: ParsedMail) -> dict[str, Any]:
    """One document; every value a JSON type, contents of files left out."""
    return {
        "subject": mail.subject,
        "from": _address(mail.from_),
        "to": _addresses(mail.to),
        "cc": _addresses(mail.cc),
        "bcc": _addresses(mail.bcc),
        "reply_to": _addresses(mail.reply_to),
        "sender": _address(mail.sender),
        "original_from": _address(mail.original_from),
        "delivered_to": list(mail.delivered_to),
        "return_path": mail.return_path,
        "message_id": mail.message_id,
        "key": mail.key,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "date": _moment(mail.date),
        "text": mail.text,
        "html": mail.html,
        "reply": mail.reply,
        "reply_html": mail.reply_html,
        "signature": mail.signature,
        "quoted": mail.quoted,
        "language": mail.language,
        "taglish": mail.taglish,
        "automatic": {"kind": mail.automatic.kind, "why": mail.automatic.why} if mail.automatic else None,
        "may_answer": mail.may_answer,
        "may_answer_why": mail.may_answer_why,
        "bounce": _bounce(mail.bounce),
        "authentication": _authentication(mail),
        "attachments": [_attachment(file) for file in mail.attachments],
        "is_forward": mail.is_forward,
        "forwarded": _forwarded(mail),
        "fields": dict(mail.fields),
        "headers": [[name, value] for name, value in mail.headers],
        "problems": list(mail.problems),
        "sha256": mail.sha256,
    }


def _address(address: Address | None) -> dict[str, str] | None:
    return {"name": address.name, "address": address.address} if address else None


def _addresses(found: tuple[Address, ...]) -> list[dict[str, str]]:
    return [{"name": address.name, "address": address.address} for address in found]


def _moment(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _attachment(file: Attachment) -> dict[str, Any]:
    return {
        "name": file.name,
        "type": file.type,
        "detected": file.detected,
        "size": file.size,
        "sha256": file.sha256,
        "inline": file.inline,
        "content_id": file.content_id,
        "text": file.text,
    }


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    """The first failed recipient on top, for those who expect one; all of them in `recipients`."""
    if bounce is None:
        return None
    each = [
        {
            "recipient": failed.address,
            "status": failed.status,
            "action": failed.action,
            "permanent": failed.permanent,
            "diagnostic": failed.diagnostic,
        }
        for failed in bounce.recipients
    ]
    first = (
        each[0]
        if each
        else {"recipient": "", "status": "", "action": "failed", "permanent": False, "diagnostic": ""}
    )
    whole = {
        "original_message_id": bounce.original_message_id,
        "original_subject": bounce.original_subject,
        "reporter": bounce.reporter,
    }
    return {**first, "recipients": each, **whole}


def _authentication(mail: ParsedMail) -> dict[str, Any]:
    found = mail.authentication
    return {
        "spf": found.spf,
        "dkim": found.dkim,
        "dmarc": found.dmarc,
        "arc": found.arc,
        "trusted": found.trusted,
        "authserv": found.authserv,
        "claimed": dict(found.claimed),
        "raw": list(found.raw),
    }


def _forwarded(mail: ParsedMail) -> dict[str, Any] | None:
    inner = mail.forwarded
    if inner is None:
        return None
    return {
        "from": _address(inner.from_),
        "to": _addresses(inner.to),
        "subject": inner.subject,
        "date": inner.date,
        "text": inner.text,
    }
