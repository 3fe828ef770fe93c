"""A whole letter, understood: bytes in, `ParsedMail` out."""

import re
from dataclasses import replace

from tugon.channels.email.parsing import (
    authentication,
    automatic,
    body,
    bounces,
    calendars,
    forms,
    forwards,
    headers,
    html_quotes,
    mime,
    quotes,
    smime,
)
from tugon.channels.email.parsing.body import Bodies
from tugon.channels.email.parsing.mime import Tree
from tugon.channels.email.parsing.model import Address, Attachment, ParsedMail, digest
from tugon.lib import html as markup
from tugon.lib import language

DEEPEST_LETTER = 3
"""Letters attached to letters are read for their words to this depth."""

_VIA = re.compile(r"\s+(?:via|über|por medio de|através de|in behalf of|sa pamamagitan ng)\s+\S", re.I)
_LONGEST_ATTACHED_TEXT = 200_000


def parse(
    raw: bytes, *, own_addresses: frozenset[str] = frozenset(), trusted_authserv: frozenset[str] = frozenset()
) -> ParsedMail:
    """What a raw letter says. Never raises, keeps all content, takes time in proportion to the length.

    own_addresses: addresses this installation sends from; a letter from one of them is our own.
    trusted_authserv: names of the mail servers whose Authentication-Results are believed.
    """
    try:
        return _parse(bytes(raw), own_addresses, trusted_authserv, 0)
    except Exception as error:  # a letter nobody can read is still a letter: keep it whole and say so
        return _kept_whole(bytes(raw), error)


def _kept_whole(raw: bytes, error: Exception) -> ParsedMail:
    whole = Attachment("letter.eml", "message/rfc822", "", len(raw), digest(raw), False, "", raw)
    said = f"The letter could not be read ({type(error).__name__}); it is kept whole as a file"
    return ParsedMail(
        attachments=(whole,), problems=(said,), may_answer=False, may_answer_why=said, sha256=digest(raw)
    )


def _parse(raw: bytes, own: frozenset[str], trusted: frozenset[str], depth: int) -> ParsedMail:
    tree = mime.read(raw)
    head = tree.root.headers = headers.in_charset(tree.root.headers, _charset(tree))
    subject = head.text("subject")
    found = _opened(tree, depth)
    leaves = mime.walk(tree.root)
    from_ = _first(headers.addresses(head.raw("from")))
    sender = from_.address if from_ else ""
    bounce = bounces.read(tree.root, leaves, subject=subject, sender=sender, text=found.text)
    machine = automatic.read(
        tree.root,
        subject=subject,
        sender=sender,
        bounce=bounce,
        own=frozenset(address.lower() for address in own),
    )
    may_answer, why = automatic.may_answer(tree.root, machine, sender=sender)
    problems = [*tree.problems, *found.problems, *_missing(head, from_)]
    mail = ParsedMail(
        subject=subject,
        from_=from_,
        to=headers.addresses(head.raw("to")),
        cc=headers.addresses(head.raw("cc")),
        bcc=headers.addresses(head.raw("bcc")),
        reply_to=headers.addresses(head.raw("reply-to")),
        sender=_first(headers.addresses(head.raw("sender"))),
        delivered_to=_delivered_to(head),
        return_path=_return_path(head),
        original_from=_original_from(head, from_),
        message_id=next(iter(headers.message_ids(head.raw("message-id"))), ""),
        in_reply_to=headers.message_ids(head.raw("in-reply-to")),
        references=headers.message_ids(
            b" ".join(value for key, value in head.fields if key.lower() == "references")
        ),
        date=headers.date(head.raw("date")),
        text=found.text.strip("\n"),
        html=markup.sanitise(found.html) if found.html else "",
        automatic=machine,
        may_answer=may_answer,
        may_answer_why=why,
        bounce=bounce,
        authentication=authentication.read(head, trusted),
        attachments=tuple(found.files),
        headers=tuple((name, headers.decode(value)) for name, value in head.fields),
        problems=tuple(dict.fromkeys(problems)),
        sha256=digest(raw),
    )
    return _with_reply(mail, found)


def _charset(tree: Tree) -> str:
    """The charset that the first text of the letter names; '' where none does."""
    named = (leaf.type_parameters.get("charset", "") for leaf in mime.walk(tree.root) if "text/" in leaf.type)
    return next((one for one in named if one.strip()), "")


def _with_reply(mail: ParsedMail, found: Bodies) -> ParsedMail:
    """The new part, the language and the form's answers."""
    sender = (mail.author.name or mail.author.address.partition("@")[0]) if mail.author else ""
    result = quotes.cut(mail.text, subject=mail.subject, sender=sender)
    if found.html:
        marked = quotes.cut(html_quotes.marked_text(found.html), subject=mail.subject, sender=sender)
        marked = replace(marked, signature=re.sub(r"\A(?:--\s*\n)+", "", marked.signature))
        result = _better(result, marked, found)
    forwarded = forwards.read(mail.text, result.forward_start) if result.is_forward else None
    spoken = language.detect(result.reply or mail.text)
    if spoken.language is None and mail.subject:
        spoken = language.detect(f"{mail.subject}\n{result.reply or mail.text}")
    reply_html = mail.html if found.html and not (result.quoted or result.signature) else ""
    if found.html and (result.quoted or result.signature):
        reply_html = html_quotes.reply_html(found.html, result.reply, result.signature, result.mark)
    return replace(
        mail,
        reply=result.reply,
        signature=result.signature,
        quoted=result.quoted,
        reply_html=reply_html,
        language=spoken.language,
        taglish=spoken.taglish,
        is_forward=result.is_forward,
        forwarded=forwarded,
        fields=forms.fields(result.reply or mail.text),
    )


def _better(plain: quotes.Cut, marked: quotes.Cut, found: Bodies) -> quotes.Cut:
    """The plain text decides, unless it shows no quote and the HTML does, or the text was made of the HTML."""
    if found.text_is_from_html:
        return marked if not plain.is_forward or marked.is_forward or marked.quoted else plain
    if (
        not plain.quoted
        and not plain.is_forward
        and marked.quoted
        and marked.reply.strip()
        and _begins(plain.reply, marked.reply)
    ):
        return marked
    return plain


def _begins(longer: str, shorter: str) -> bool:
    return re.sub(r"[\W_]+", "", longer).startswith(re.sub(r"[\W_]+", "", shorter))


def _opened(tree: Tree, depth: int) -> Bodies:
    """The bodies; wrapped and attached letters and invitations read for their words."""
    found = body.choose(tree.root, tree.extras)
    for part, file in found.parts:
        words = ""
        if part.type == "message/rfc822" or (
            file.name.lower().endswith(".eml") and part.type == "application/octet-stream"
        ):
            words = _words_of(part.content, depth)
        elif part.type == "text/calendar":
            words = calendars.in_words(part.content, part.type_parameters.get("charset", ""))
        elif (
            "pkcs7-mime" in part.type
            and depth < DEEPEST_LETTER
            and (inner := smime.signed_content(part.content))
        ):
            _merge(found, _opened(mime.read(inner), depth + 1))
        if words:
            found.files[found.files.index(file)] = replace(file, text=words)
            if part.type == "text/calendar" and not found.text.strip():
                found.text = words
    return found


def _words_of(content: bytes, depth: int) -> str:
    if depth >= DEEPEST_LETTER:
        return ""
    letter = _parse(content, frozenset(), frozenset(), depth + 1)
    lines = [letter.subject, str(letter.from_) if letter.from_ else "", letter.text]
    lines += [file.text for file in letter.attachments if file.text]
    return "\n".join(line for line in lines if line)[:_LONGEST_ATTACHED_TEXT]


def _merge(found: Bodies, inner: Bodies) -> None:
    """The content of a signed wrapper stands for the wrapper."""
    found.text = found.text if found.text.strip() else inner.text
    found.html = found.html or inner.html
    found.text_is_from_html = found.text_is_from_html or inner.text_is_from_html
    found.files.extend(inner.files)
    found.problems.extend(inner.problems)


# ------------------------------------------------------------------------------------------------ headers


def _first(found: tuple[Address, ...]) -> Address | None:
    return found[0] if found else None


def _missing(head: headers.Headers, from_: Address | None) -> list[str]:
    out = []
    if from_ is None:
        out.append("The letter has no sender")
    elif "@" not in from_.address:
        out.append("The sender is no mail address")
    if not head.raw("message-id"):
        out.append("The letter has no Message-ID; one is made of its bytes")
    if not head.raw("date"):
        out.append("The letter has no date")
    elif headers.date(head.raw("date")) is None:
        out.append("The date of the letter cannot be read")
    return out


def _delivered_to(head: headers.Headers) -> tuple[str, ...]:
    found = []
    for name in (
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-delivered-to",
        "x-rcpt-to",
        "x-envelope-to",
        "x-forwarded-to",
    ):
        for value in head.every(name):
            found += [address.address for address in headers.addresses(value) if "@" in address.address]
    return tuple(dict.fromkeys(found))


def _return_path(head: headers.Headers) -> str | None:
    raw = head.raw("return-path")
    if raw is None:
        return None
    found = _first(headers.addresses(raw))
    return found.address if found and "@" in found.address else ""


def _original_from(head: headers.Headers, from_: Address | None) -> Address | None:
    """Who wrote, where a list or a relay put itself in From to satisfy DMARC."""
    for name in ("x-original-from", "x-original-sender", "original-from", "x-google-original-from"):
        found = _first(headers.addresses(head.raw(name)))
        if found is not None and "@" in found.address:
            if from_ is None or found.address.lower() == from_.address.lower():
                return None
            return (
                found
                if found.name or not from_.name
                else Address(_VIA.split(from_.name)[0].strip("'\" "), found.address)
            )
    if from_ is not None and _VIA.search(from_.name):
        reply_to = _first(headers.addresses(head.raw("reply-to")))
        if (
            reply_to is not None
            and "@" in reply_to.address
            and reply_to.address.lower() != from_.address.lower()
        ):
            return Address(reply_to.name or _VIA.split(from_.name)[0].strip("'\" "), reply_to.address)
    return None
