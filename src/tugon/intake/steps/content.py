"""What a letter says, as a message: the words meant to be read, and the whole beside them."""

from typing import Any

from tugon.channels.email.parsing.model import Address, ParsedMail

from .people import Author


def words(mail: ParsedMail) -> dict[str, str]:
    """`body`, `body_html`, `full_text`, `full_html` as in `tickets.models.Message`.

    The full ones only where they say more. A letter of quotes alone is shown whole: cutting everything would lose it.
    """
    body = mail.reply if mail.reply.strip() else mail.text
    is_cut = body.strip() != mail.text.strip()
    body_html = mail.html if not is_cut else mail.reply_html
    return {
        "body": body.strip("\n"),
        "body_html": body_html,
        "full_text": mail.text if is_cut else "",
        "full_html": mail.html if is_cut and mail.html != body_html else "",
    }


def envelope(mail: ParsedMail, author: Author, *, extra: dict[str, Any]) -> dict[str, Any]:
    """How the message came, as JSON values: people, subject, the verdict on the sender, what was odd."""
    said: dict[str, Any] = {
        "from": {"name": author.name, "address": author.address},
        "to": [person(one) for one in mail.to[:50]],
        "cc": [person(one) for one in mail.cc[:50]],
        "reply_to": [person(one) for one in mail.reply_to[:10]],
        "subject": mail.subject[:500],
        "authentication": authentication(mail),
        "problems": [problem[:300] for problem in mail.problems[:20]],
        "may_answer": mail.may_answer,
    }
    if author.via is not None:
        said["via"] = person(author.via)
    if author.forwarded_by:
        said["forwarded_by"] = author.forwarded_by
    if mail.automatic is not None:
        said["automatic_why"] = mail.automatic.why[:300]
    if mail.taglish:
        said["taglish"] = True
    return said | extra


def authentication(mail: ParsedMail) -> dict[str, Any]:
    verdict = mail.authentication
    return {
        "spf": verdict.spf,
        "dkim": verdict.dkim,
        "dmarc": verdict.dmarc,
        "arc": verdict.arc,
        "trusted": verdict.trusted,
    }


def person(address: Address) -> dict[str, str]:
    return {"name": address.name[:160], "address": address.address.lower()[:320]}


def subject(mail: ParsedMail, author: Author) -> str:
    """What the new ticket is called: of a forward, the original's subject."""
    if author.forwarded_by and mail.forwarded and mail.forwarded.subject:
        return mail.forwarded.subject
    return mail.fields.get("subject") or mail.subject
