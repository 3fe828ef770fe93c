"""The tree of parts of a letter (RFC 2045, 2046), read from bytes.

Our own reader, because the standard library's recurses with the nesting and loses the rest of a letter that breaks off.
Cost is linear: each level is searched once, and levels are at most `DEEPEST`.
"""

import re
from dataclasses import dataclass, field

from tugon.channels.email.parsing import headers as header_lines
from tugon.channels.email.parsing import parameters
from tugon.channels.email.parsing.headers import Headers
from tugon.channels.email.parsing.transfer import undo

DEEPEST = 30
MOST_PARTS = 1_000

_GUESS = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=Content-|MIME-)", re.M | re.I)
_STOCK = re.compile(rb"mime|multi-?part|nettempi|formato|mehrteilige", re.I)


@dataclass(slots=True)
class Part:
    """One part; `children` is filled for multiparts only. `path` is its place: "1.2"."""

    headers: Headers
    type: str
    type_parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    body: bytes
    path: str = ""
    children: list["Part"] = field(default_factory=list)
    parent: "Part | None" = None
    note: str = ""
    _content: bytes | None = None

    @property
    def content(self) -> bytes:
        """The body with its transfer encoding undone; problems of that are in `note`."""
        if self._content is None:
            self._content, note = undo(self.body, self.headers.text("content-transfer-encoding"))
            self.note = self.note or note
        return self._content

    @property
    def name(self) -> str:
        return self.disposition_parameters.get("filename") or self.type_parameters.get("name") or ""

    @property
    def content_id(self) -> str:
        return self.headers.text("content-id").strip().strip("<>").strip()


@dataclass(slots=True)
class Tree:
    root: Part
    problems: list[str]
    extras: list[Part]
    """Files that are no part of the tree: headers too large to read."""


def read(raw: bytes) -> Tree:
    """The tree of a whole letter. Deeper than we follow, or after too many parts, the rest is one part, kept whole."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    head = header_lines.split(raw)
    if head.fields and not any(_is_mail_header(name) for name, _ in head.fields):
        head = Headers((), 0, ("The letter has no headers",))
    problems = list(head.problems)
    root = _part(head, raw[head.start :], "text/plain")
    extras = [] if head.whole else [_extra("headers.txt", raw[: head.start])]
    if not head.raw("content-type") and _GUESS.match(root.body.lstrip()[:300]):
        root.type = "multipart/mixed"
        problems.append("The letter does not say that it has parts, but it has")
    waiting, count = [(root, 0)], 1
    while waiting:
        part, depth = waiting.pop()
        if not part.type.startswith("multipart/"):
            continue
        if depth >= DEEPEST:
            problems.append(
                f"The letter is nested deeper than {DEEPEST} levels; the rest is kept as one file"
            )
            _keep_whole(part)
            continue
        count = _open(part, count, problems)
        waiting.extend((child, depth + 1) for child in reversed(part.children))
    return Tree(root, list(dict.fromkeys(problems)), extras)


def _each(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_MAIL_HEADERS = _each("""
from to cc bcc subject date sender reply-to message-id in-reply-to references received return-path mime-version
content-type content-transfer-encoding content-disposition delivered-to envelope-to auto-submitted precedence status
authentication-results keywords comments importance priority organization user-agent errors-to newsgroups path
""")


def _is_mail_header(name: str) -> bool:
    """A text whose first line has a colon ("One: see below") is no header block."""
    name = name.lower()
    return name in _MAIL_HEADERS or name.startswith(
        ("x-", "list-", "resent-", "dkim-", "arc-", "received-", "content-")
    )


def walk(root: Part) -> list[Part]:
    """Every part that is no multipart, in the order of the letter."""
    leaves, waiting = [], [root]
    while waiting:
        part = waiting.pop()
        if part.children:
            waiting.extend(reversed(part.children))
        else:
            leaves.append(part)
    return leaves


def _part(head: Headers, body: bytes, otherwise: str) -> Part:
    kind, given = parameters.read(head.raw("content-type"))
    disposition, about = parameters.read(head.raw("content-disposition"))
    if not re.fullmatch(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", kind):
        kind = {"text": "text/plain", "html": "text/html"}.get(
            kind, otherwise if not kind else "application/octet-stream"
        )
        if kind == "application/octet-stream" and not about.get("filename"):
            kind = otherwise
    return Part(head, kind, given, disposition, about, body)


def _keep_whole(part: Part) -> None:
    part.type, part.disposition = "application/octet-stream", "attachment"
    part.disposition_parameters = {"filename": "rest-of-the-letter.eml"}


def _extra(name: str, body: bytes) -> Part:
    return Part(Headers((), 0), "text/plain", {}, "attachment", {"filename": name}, body)


def _open(part: Part, count: int, problems: list[str]) -> int:
    """Fill `part.children`; returns how many parts there are now."""
    body = part.body
    encoding = part.headers.text("content-transfer-encoding").lower()
    boundary = part.type_parameters.get("boundary", "").rstrip().encode("utf-8")
    cuts, closed = _cuts(body, boundary)
    if not cuts and encoding in ("base64", "quoted-printable"):
        body = part.content
        cuts, closed = _cuts(body, boundary)
    if not cuts:
        guess = _GUESS.search(body)
        if guess is None:
            problems.append("A part says it has parts but none was found; it is read as text")
            part.type = "text/plain"
            return count
        problems.append("The line between parts is not the one stated; it was found by its looks")
        cuts, closed = _cuts(body, guess[1])
    otherwise = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    for start, end, _ in cuts:
        if count >= MOST_PARTS:
            problems.append(f"The letter has more than {MOST_PARTS} parts; the rest is kept as one file")
            rest = _extra("rest-of-the-letter.eml", body[start : cuts[-1][1]])
            _adopt(part, rest)
            break
        head = header_lines.split(body, start, end, part=True)
        _adopt(part, _part(head, body[head.start : end], otherwise))
        count += 1
    _keep_around(part, body, cuts, closed, problems)
    part.body = b""  # its parts hold it now: a deep letter must not fill the memory
    return count


def _adopt(part: Part, child: Part) -> None:
    child.parent = part
    child.path = f"{part.path}.{len(part.children) + 1}".lstrip(".")
    part.children.append(child)


def _keep_around(
    part: Part, body: bytes, cuts: list[tuple[int, int, int]], closed: int, problems: list[str]
) -> None:
    """Text before the first and after the last part is not shown by any reader; it is kept as a file, and said."""
    before, after = body[: cuts[0][2]].strip(), body[closed:].strip() if closed >= 0 else b""
    if before and not (len(before) < 600 and _STOCK.search(before)):
        problems.append("There is text before the first part; it is kept as a file")
        _adopt(part, _extra("before-the-first-part.txt", before))
    if after:
        problems.append("There is text after the last part; it is kept as a file")
        _adopt(part, _extra("after-the-last-part.txt", after))
    if closed < 0:
        problems.append("The letter breaks off: its last part is not closed")


def _cuts(body: bytes, boundary: bytes) -> tuple[list[tuple[int, int, int]], int]:
    """Where each part starts, ends, and its delimiter started; and the end of the closing line, -1 without one."""
    if not boundary:
        return [], -1
    mark, position = b"--" + boundary, 0
    starts: list[tuple[int, int]] = []
    closed, last = -1, len(body)
    while (at := body.find(mark, position)) >= 0:
        position = at + len(mark)
        if at and body[at - 1] not in b"\r\n":
            continue
        closing = body.startswith(b"--", position)
        line_end = position + 2 if closing else position
        while line_end < len(body) and body[line_end] in b" \t":
            line_end += 1
        if line_end < len(body) and body[line_end] not in b"\r\n":
            continue
        if closing and starts:
            closed, last = line_end, at
            break
        line_end += body.startswith(b"\r", line_end)
        line_end += body.startswith(b"\n", line_end)
        starts.append((at, line_end))
        position = line_end
    if not starts:
        return [], -1
    ends = [_before_line_end(body, at) for at, _ in starts[1:]] + [
        _before_line_end(body, last) if closed >= 0 else last
    ]
    return [(start, max(start, end), at) for (at, start), end in zip(starts, ends, strict=True)], closed


def _before_line_end(body: bytes, at: int) -> int:
    if at and body[at - 1] == 0x0A:
        at -= 1
    return at - 1 if at and body[at - 1] == 0x0D else at
