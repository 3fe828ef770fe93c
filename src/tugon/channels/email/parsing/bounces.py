"""Reports that a letter did not arrive: by the standard (RFC 3464), and by the looks of those who do without."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import re

from tugon.channels.email.parsing import headers
from tugon.channels.email.parsing.mime import Part
from tugon.channels.email.parsing.model import Bounce, FailedRecipient

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.-])([45]\d\d)(?=[\s\-:#])")
_MAIL = re.compile(r"<?([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,250}\w)>?")
_MESSAGE_ID = re.compile(r"^message-id:\s{0,10}(<[^<>\s]{3,300}>)", re.I | re.M)
_SUBJECT = re.compile(r"^subject:[ \t]{0,10}([^\n]{0,500})", re.I | re.M)

_SENDERS = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|mail delivery|mdaemon|microsoftexchange\w{0,64}|bounces?|mmdf|root)(?:[+@.\w-]|$)",
    re.I,
)
_SUBJECTS = re.compile(
    r"undeliver|delivery (?:status notification|failure|failed|has failed|problem|report|incomplete|delayed)|returned mail|mail delivery failed|failure notice|"
    r"delivery notification|mail could not be delivered|non remis|unzustellbar|nicht zustellbar|onbestelbaar|no se puede entregar|"
    r"no entregado|não entreg|não é possível entregar|mancata consegna|impossibile recapitare|niedostarczon|olevererbar|kan inte levereras|недостав|не доставлен|配信不能|配信できません|"
    r"退信|无法投递|未傳遞|배달되지|반송|rejected:|message blocked|warning: (?:message|could not send)|message delayed|undelivered|hindi naihatid|non-remise|échec de la remise|"
    r"mail system error|address not found|message not delivered|delivery error|mail failure|mail status report|could not deliver",
    re.I,
)
_TEXT_SIGNS = re.compile(
    r"(?:could(?: not|n't) be delivered|was not delivered|undeliverable|wasn't delivered|delivery has failed|permanent error|permanent failure|"
    r"failed permanently|i'm afraid i wasn't able to deliver|the following address(?:es)? failed|the following address(?:es)? had|delivery to the following recipients? failed|"
    r"has not been delivered|not able to deliver|could not deliver|unable to deliver|did not reach the following|problem(?:s)? delivering|delivery failed|"
    r"message you sent .{0,60}(?:rejected|bounced)|this message was created automatically by mail|not yet been delivered|delivery attempts will continue)",
    re.I | re.S,
)
_ADDRESS_LINE = re.compile(
    r"^\s{0,12}(?:<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,250})>|([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,250})"
    r"|\S[^\n<>@]{0,80}[<(]([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,250})[>)])\s{0,5}(?::|\.\.\.|,|-|$|\(|<)",
    re.M,
)
_AFTER_WORDS = re.compile(
    r"(?:wasn't delivered to|could not be delivered to|delivered to|recipient[^\n:]{0,30}:|to the following (?:recipient|address)[^\n]{0,60}|rcpt to:?|to:|user|address(?:es)? failed:|groups?:|mailbox for|"
    r"unknown (?:user|address)|deliver (?:a |your )?(?:message|mail) to)\s{0,20}[<\"'(]?([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,250}\w)",
    re.I,
)
_ORIGINAL = re.compile(
    r"^(?:-{2,}[ >]{0,3}|={2,} ?)?(?:this is a copy of (?:the|your) message|below this line is a copy|original message|the body of the message|original message headers?|"
    r"message header follows|transcript of session follows end|returned message|reporting-mta:|included is a copy|message-id:|received: from|return-path:|ursprüngliche nachricht|begin message)",
    re.I | re.M,
)
_TEMPORARY = re.compile(
    r"delayed|not yet been delivered|will (?:continue|keep trying|retry)|temporar|attempts will continue|no action is required|still being tried|warning message only|transient|will be retried|nicht sofort",
    re.I,
)
_WORDS_TO_STATUS = (
    (re.compile(r"host (?:or domain name )?(?:unknown|not found)|domain .{0,40}(?:not found|does(?:n't| not) exist)|name service error|dns error|unrouteable mail domain|couldn't find any host|no such domain|bad destination system|nxdomain|domain \S{1,80} (?:could not|couldn't) be found", re.I), "5.1.2"),
    (re.compile(r"user (?:is )?unknown|doesn't have an? \S{1,80} account|no such (?:user|mailbox|recipient|person|address)|unknown (?:user|recipient|address|local part|mailbox)|does(?: not|n't) exist|invalid recipient|recipient not found|address not found|mailbox (?:not found|unavailable)|recipient rejected|not our customer|account .{0,30}(?:disabled|does not exist)|no mailbox|wasn't found|address rejected|couldn't be found|not listed in|unrouteable address", re.I), "5.1.1"),
    (re.compile(r"mailbox (?:is )?full|quota|over ?quota|exceeded storage|insufficient (?:disk|system) (?:space|storage)|out of storage", re.I), "5.2.2"),
    (re.compile(r"too (?:large|big|long)|size limit|exceeds? (?:the )?(?:maximum|size)|message size", re.I), "5.3.4"),
    (re.compile(r"spam|blacklist|blocklist|blocked|reputation|policy|denied|rejected|dmarc|spf|dkim|prohibited|not allowed|relay(?:ing)? denied|not authorized", re.I), "5.7.1"),
    (re.compile(r"timed? ?out|connection (?:refused|reset)|could not connect|unreachable|no route|retry time|not responding", re.I), "4.4.1"),
)  # fmt: skip


def read(root: Part, leaves: list[Part], *, subject: str, sender: str, text: str) -> Bounce | None:
    """The failed recipients of a report; None where the letter is none. `sender`: the address in From."""
    status_part = next(
        (
            part
            for part in leaves
            if part.type in ("message/delivery-status", "message/global-delivery-status")
        ),
        None,
    )
    is_report = (
        root.type == "multipart/report"
        and root.type_parameters.get("report-type", "delivery-status").lower() == "delivery-status"
    )
    original = _original(leaves)
    if status_part is not None:
        found = _standard(status_part.content)
        if found is not None:
            if not found.recipients and found.reporter == "delivered":
                return None
            recipients = found.recipients or _by_looks(text, root)
            return _with_original(Bounce(recipients, "", "", found.reporter), original, text)
    failed = root.headers.text("x-failed-recipients")
    likely = bool(failed) or is_report or _looks(root, subject, sender, text)
    if not likely:
        return None
    recipients = _from_header(failed, text) if failed else _by_looks(text, root)
    if not recipients and not is_report:
        return None
    return _with_original(Bounce(recipients, "", "", ""), original, text)


def _looks(root: Part, subject: str, sender: str, text: str) -> bool:
    local = sender.partition("@")[0]
    from_daemon = _SENDERS.match(local) is not None
    null = (root.headers.raw("return-path") or b"?").strip() == b"<>"
    signs = sum((_SUBJECTS.search(subject) is not None, _TEXT_SIGNS.search(text[:6_000]) is not None))
    return (
        (from_daemon and signs >= 1)
        or (null and signs == 2)
        or (signs == 2 and "noreply" in local.replace("-", "").replace(".", ""))
    )


# ------------------------------------------------------------------------------------------------ RFC 3464


def _standard(content: bytes) -> Bounce | None:
    """The blocks of message/delivery-status: one about the letter, then one about each recipient."""
    blocks = [
        headers.split(block.strip(b"\r\n") + b"\n\n", part=True)
        for block in re.split(rb"(?:\r?\n[ \t]*){2,}", content.strip())
        if block.strip()
    ]
    if not blocks:
        return None
    reporter = _typed(blocks[0].text("reporting-mta"))
    recipients = []
    delivered = False
    for block in blocks:
        address = _typed(block.text("final-recipient")) or _typed(block.text("original-recipient"))
        if not address:
            continue
        original = _typed(block.text("original-recipient"))
        if "@" not in address and "@" in original:
            address = original
        action = block.text("action").strip().lower().split(" ")[0]
        diagnostic = _typed(block.text("diagnostic-code"))
        if action in ("delivered", "relayed", "expanded"):
            delivered = True
            continue
        recipients.append(_failed(address, block.text("status"), diagnostic, action))
    return Bounce(tuple(recipients), "", "", "delivered" if delivered and not recipients else reporter)


def _typed(value: str) -> str:
    """`rfc822;ana@example.com` → the part after the type."""
    kind, semicolon, rest = value.partition(";")
    return (
        (rest if semicolon and re.fullmatch(r"\s*[\w.-]{1,30}\s*", kind) else value)
        .strip()
        .strip("<>")
        .strip()
    )


def _failed(address: str, status: str, diagnostic: str, action: str) -> FailedRecipient:
    match = _STATUS.search(status) or _STATUS.search(diagnostic[:2_000])
    code = match[1] if match else ""
    if match and code in ("5.0.0", "4.0.0") and (better := _STATUS.search(diagnostic[:2_000])):
        code = better[1]
    if not code:
        code = _status_of_words(diagnostic) if diagnostic else ""
    if action == "delayed" and code.startswith("5"):
        code = "4" + code[1:]
    permanent = action != "delayed" and not code.startswith("4")
    return FailedRecipient(
        headers.normal_address(address),
        code,
        diagnostic[:2_000],
        action or ("failed" if permanent else "delayed"),
        permanent,
    )


def _status_of_words(text: str, *, words_only: bool = False) -> str:
    """A status for a text without one: from its reply code, else from what it says."""
    code = _REPLY_CODE.search(text[:2_000])
    for pattern, status in _WORDS_TO_STATUS:
        if pattern.search(text[:2_000]):
            return (code[1][0] + status[1:]) if code else status
    return f"{code[1][0]}.0.0" if code and not words_only else ""


# ------------------------------------------------------------------------------------------------ by looks


def _from_header(failed: str, text: str) -> tuple[FailedRecipient, ...]:
    found = dict.fromkeys(_MAIL.findall(failed))
    report = _report_of(text)
    return tuple(_described(address, report, alone=len(found) == 1) for address in found)


def _by_looks(text: str, root: Part) -> tuple[FailedRecipient, ...]:
    report = _report_of(text)
    own = {
        address.address.lower()
        for name in ("from", "to", "cc")
        for address in headers.addresses(root.headers.raw(name))
    }
    found: dict[str, None] = {}
    for pattern in (_ADDRESS_LINE, _AFTER_WORDS):
        for match in pattern.finditer(report):
            address = next((group for group in match.groups() if group), "").rstrip(".")
            if address and address.lower() not in own and not _SENDERS.match(address):
                found.setdefault(address)
        if found:
            break
    if not found:
        for address in _MAIL.findall(report):
            if address.lower() not in own and not _SENDERS.match(address):
                found.setdefault(address.rstrip("."))
                break
    return tuple(_described(address, report, alone=len(found) == 1) for address in list(found)[:50])


def _report_of(text: str) -> str:
    """What the machine says, without the copy of our letter below it."""
    head = text[:20_000]
    original = _ORIGINAL.search(head)
    return head[: original.start()] if original and original.start() > 40 else head


def _described(address: str, report: str, *, alone: bool) -> FailedRecipient:
    at = report.find(address)
    around = report[at + len(address) : at + 1_200] if at >= 0 else report[:1_200]
    following = re.split(r"\n\s*\n\s*<?[\w.+-]{1,64}@", around)[0]
    near, far = _STATUS.search(following), _STATUS.search(report)
    code = near[1] if near else "" if alone else _status_of_words(following, words_only=True)
    code = code or (far[1] if far else "") or _status_of_words(following) or _status_of_words(report)
    temporary = _TEMPORARY.search(report[:4_000]) is not None and not code.startswith("5")
    if temporary and not code:
        code = "4.0.0"
    permanent = not code.startswith("4")
    diagnostic = re.sub(r"\s+", " ", following.strip(" \n:.>)"))[:500]
    return FailedRecipient(
        headers.normal_address(address),
        code or "5.0.0",
        diagnostic,
        "failed" if permanent else "delayed",
        permanent,
    )


# ------------------------------------------------------------------------------------------------ our letter in it


def _original(leaves: list[Part]) -> bytes:
    part = next(
        (
            part
            for part in leaves
            if part.type
            in (
                "message/rfc822",
                "text/rfc822-headers",
                "message/global",
                "message/global-headers",
                "message/partial",
            )
        ),
        None,
    )
    return part.content[:200_000] if part is not None else b""


def _with_original(bounce: Bounce, original: bytes, text: str) -> Bounce:
    if original:
        head = headers.split(original, part=True)
        ids = headers.message_ids(head.raw("message-id"))
        return Bounce(bounce.recipients, ids[0] if ids else "", head.text("subject"), bounce.reporter)
    identity, subject = _MESSAGE_ID.search(text[:200_000]), _SUBJECT.search(text[:200_000])
    return Bounce(
        bounce.recipients,
        identity[1] if identity else "",
        headers.decode(subject[1]) if subject else "",
        bounce.reporter,
    )
