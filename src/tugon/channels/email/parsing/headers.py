"""The lines above a letter: split, decoded and read (RFC 5322, 2047, 2231, 6532), as broken as they come."""

import binascii
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from tugon.channels.email.parsing import charsets
from tugon.channels.email.parsing.model import Address

LONGEST = 100_000
"""Bytes of one header that are read."""
MOST_HEADERS = 2_000

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_ENCODED = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?(.{0,3000}?)\?=", re.S)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True)
class Headers:
    """Headers in the order they came, as bytes; `start` is where the body begins."""

    fields: tuple[tuple[str, bytes], ...]
    start: int
    problems: tuple[str, ...] = ()
    whole: bool = True
    """False where the block is larger than is read; then it is to be kept as a file."""

    def raw(self, name: str) -> bytes | None:
        return next((value for key, value in self.fields if key.lower() == name), None)

    def text(self, name: str) -> str:
        return decode(self.raw(name) or b"")

    def every(self, name: str) -> list[str]:
        return [decode(value) for key, value in self.fields if key.lower() == name]


def split(raw: bytes, start: int = 0, end: int | None = None, *, part: bool = False) -> Headers:
    """The header block at `start`. A line that is no header ends the block, unless headers go on right after it.

    part: within MIME, where a block without any header is common and no problem.
    """
    end = len(raw) if end is None else end
    found: list[tuple[str, list[bytes]]] = []
    problems: list[str] = []
    position = start
    while position < end:
        match = _LINE.match(raw, position, end)
        assert match is not None
        line, after = match.group().rstrip(b"\r\n"), match.end()
        if not line:
            if not found and not part and position == start and raw[after:end].strip():
                start = position = after
                continue
            return _headers(found, after, problems)
        field = _FIELD.match(line)
        if line[:1] in b" \t" and found:
            if line.strip():
                found[-1][1].append(line.strip(b"\r\n"))
        elif field is not None:
            if len(found) <= MOST_HEADERS:
                found.append((field[1].decode("latin-1"), [line[field.end() :]]))
        elif not found and (line.startswith((b"From ", b">From "))):
            pass
        elif _goes_on(raw, after, end) and found:
            problems.append("A line between the headers is no header; it was left out: " + decode(line)[:80])
        else:
            if not part:
                problems.append(
                    "The letter has no headers" if not found else "The headers end without an empty line"
                )
            return _headers(found, position, problems)
        position = after
    return _headers(found, end, problems)


def in_charset(headers: Headers, declared: str) -> Headers:
    """With 8-bit values that say no charset read in the one the letter's text has, and kept as UTF-8.

    What is UTF-8 already, or what that charset cannot read, stays as it is. declared: '' where the text says none.
    """
    codec = charsets.codec_name(declared)
    if codec in ("", "ascii", "utf-8"):
        return headers
    return replace(
        headers, fields=tuple((name, charsets.as_utf8(value, codec)) for name, value in headers.fields)
    )


def _goes_on(raw: bytes, position: int, end: int) -> bool:
    match = _LINE.match(raw, position, end)
    line = match.group() if match else b""
    field = _FIELD.match(line)
    return field is not None and line[field.end() : field.end() + 1] in b" \t" and b"/" not in field[1]


def _headers(found: list[tuple[str, list[bytes]]], start: int, problems: list[str]) -> Headers:
    fields = [(name, b"".join(lines).strip()) for name, lines in found[:MOST_HEADERS]]
    whole = len(found) <= MOST_HEADERS and all(len(value) <= LONGEST for _, value in fields)
    if not whole:
        problems.append("The headers are larger than is read; they are kept as a file")
        fields = [(name, value[:LONGEST]) for name, value in fields]
    return Headers(tuple(fields), start, tuple(problems), whole)


def decode(raw: bytes | str) -> str:
    """One header as text: 8-bit letters read as UTF-8 or guessed, encoded words decoded, line ends gone."""
    if isinstance(raw, bytes):
        text = raw.decode("ascii") if raw.isascii() and b"\x1b" not in raw else charsets.decode(raw).text
    else:
        text = raw
    text = text.replace("\t", " ").replace("\r", "").replace("\n", "")
    if "=?" in text:
        text = _decode_words(text[:LONGEST]) + text[LONGEST:]
    return charsets.clean(text).replace("\n", " ").strip()


def _decode_words(text: str) -> str:
    """Neighbouring words of one charset are joined before they are decoded: some mailers split a letter in two."""
    out: list[str] = []
    pending, charset, last = b"", "", 0
    for match in _ENCODED.finditer(text):
        between = text[last : match.start()]
        word = _word_bytes(match[2].lower(), match[3])
        name = match[1].split("*")[0].lower()
        if last and not between.strip() and name == charset:
            pending += word
        else:
            out.append(_finish(pending, charset))
            if not (last and not between.strip()):
                out.append(between)
            pending, charset = word, name
        last = match.end()
    out.append(_finish(pending, charset))
    out.append(text[last:])
    return "".join(out)


def _finish(pending: bytes, charset: str) -> str:
    return charsets.decode(pending, charset).text if pending else ""


def _word_bytes(encoding: str, payload: str) -> bytes:
    if encoding == "b":
        return loose_base64(payload.encode("utf-8"))
    return binascii.a2b_qp(payload.replace(" ", "_").encode("utf-8"), header=True)


def loose_base64(payload: bytes) -> bytes:
    """Base64 with whatever is no base64 left out and missing padding supplied; padding inside is no end."""
    letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", payload.translate(bytes.maketrans(b"-_", b"+/")))
    pieces = [piece for piece in re.split(rb"=+", letters) if piece]
    return b"".join(binascii.a2b_base64(_padded(piece)) for piece in pieces)


def _padded(piece: bytes) -> bytes:
    piece = piece[:-1] if len(piece) % 4 == 1 else piece
    return piece + b"=" * (-len(piece) % 4)


# ---------------------------------------------------------------------------------------------- addresses

_ATEXT_AT = re.compile(r"[^\s<>,;:()\"]{1,320}@[^\s<>,;:()\"]{1,255}")


def addresses(value: bytes | str | None) -> tuple[Address, ...]:
    """Every mailbox of an address header: names decoded, groups opened, commas and semicolons both taken as ends."""
    if not value:
        return ()
    text = value if isinstance(value, str) else _raw_text(value)
    found: list[Address] = []
    for piece in _mailboxes(text[:LONGEST]):
        address = _mailbox(piece)
        if address is not None and address not in found:
            found.append(address)
    return tuple(found)


def _raw_text(value: bytes) -> str:
    text = value.decode("ascii") if value.isascii() and b"\x1b" not in value else charsets.decode(value).text
    return charsets.clean(text).replace("\t", " ").replace("\n", " ")


def _mailboxes(text: str) -> list[str]:
    """`text` cut at the commas and semicolons outside quotes, comments, brackets and encoded words."""
    pieces: list[str] = []
    start, quoted, depth, angle, at, index = 0, False, 0, False, False, 0
    closing = text.rfind('"')
    while index < len(text):
        letter = text[index]
        if letter == "\\" and (quoted or depth):
            index += 2
            continue
        if letter == '"' and not depth and (quoted or index < closing):
            quoted = not quoted
        elif quoted:
            pass
        elif letter == "=" and text.startswith("=?", index):
            word = _ENCODED.match(text, index)
            index = word.end() if word else index + 1
            continue
        elif letter == "(":
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif letter == "<":
            angle = True
        elif letter == ">":
            angle = False
        elif letter == "@":
            at = True
        elif letter in ",;" and not depth and not (angle and _closes_soon(text, index)):
            pieces.append(text[start:index])
            start, angle, at = index + 1, False, False
        elif letter == ":" and not (depth or angle or at):
            start = index + 1
        index += 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _closes_soon(text: str, index: int) -> bool:
    """A comma inside angle brackets (a route, a mistake) ends nothing; after a bracket never closed it does."""
    inside, bracket, _ = text[index : index + 300].partition(">")
    return bool(bracket) and "<" not in inside


def _mailbox(piece: str) -> Address | None:
    before, bracket, rest = piece.rpartition("<")
    if bracket:
        address, name = rest.partition(">")[0].strip(), before
        name = name or rest.partition(">")[2]
        if "@" not in address and "@" in decode(name):
            name, _, address = (
                decode(name).rpartition("<")[0],
                "",
                decode(name).rpartition("<")[2].strip(" >"),
            )
    else:
        decoded = decode(piece)
        if "<" in decoded and decoded != piece:
            return _mailbox(decoded)
        match = _ATEXT_AT.search(decoded)
        if match is None:
            bare = decoded.strip("\"' ")
            return Address(_unquote(bare), "") if bare else None
        address = match.group()
        comment = re.search(r"\(([^()]{0,300})\)", decoded)
        name = (
            comment[1] if comment else (decoded[: match.start()] + decoded[match.end() :]).strip(" \"'()[]")
        )
    name = _unquote(decode(_unquote(name.strip())))
    return Address(name, normal_address(address)) if address or name else None


def normal_address(address: str) -> str:
    """The domain in lower case; what stands around an address left off."""
    address = re.sub(r"\s+", "", decode(address)).strip("'\"<>")
    address = address.removeprefix("mailto:")
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]
    local, at, domain = address.rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}" if at else address


def _unquote(name: str) -> str:
    name = name.strip()
    if len(name) >= 2 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    name = re.sub(r"\\(.)", r"\1", name).replace('"', "") if '"' in name or "\\" in name else name
    return re.sub(r"\s+", " ", name).strip()


# ---------------------------------------------------------------------------------------------- other values

_BRACKETED = re.compile(r"<\s*([^<>]{1,990}?)\s*>")


def message_ids(value: bytes | None) -> tuple[str, ...]:
    """The ids of Message-ID, In-Reply-To or References, with angle brackets, in order, each once."""
    if not value:
        return ()
    text = _raw_text(value[:LONGEST])
    if "=?" in text:
        text = decode(text)
    ids = [re.sub(r"\s+", "", found) for found in _BRACKETED.findall(text)]
    if not ids:
        ids = [token.strip("<>,;\"'") for token in text.split() if "@" in token]
    return tuple(dict.fromkeys(f"<{found}>" for found in ids if found))


def date(value: bytes | None) -> datetime | None:
    """A date header as aware UTC; None where it is missing or no date. A date without zone is taken as UTC."""
    text = decode(value or b"")[:200]
    if not text:
        return None
    parts = parsedate_tz(re.sub(r"\b(GMT|UTC)([+-]\d{4})\b", r"\2", text))
    try:
        if parts is not None:
            zone = timezone(timedelta(seconds=parts[9] or 0))
            return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone).astimezone(UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
