"""Content-Transfer-Encoding undone, broken or not: base64, quoted-printable, uuencode (RFC 2045 §6)."""

import binascii
import re

from tugon.channels.email.parsing.headers import loose_base64

_SPACE = b" \t\r\n\v\f"
_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*(?:={1,2}[A-Za-z0-9+/\s]*)*")
_SOFT_BREAK = re.compile(rb"=[ \t]{1,80}(\r?\n)")
_BEGIN = re.compile(rb"^begin(?:-base64)? ([0-7]{3,4}) ([^\r\n]{1,255})\r?\n", re.M)
_END = re.compile(rb"^(?:end|====)[ \t]*\r?$", re.M)


def undo(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes meant, and what was wrong in plain words ('' if nothing)."""
    encoding = encoding.strip().lower().strip("\"'").split(";")[0].strip()
    if encoding == "base64":
        return _base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(
            _SOFT_BREAK.sub(rb"=\1", body) if b"= " in body or b"=\t" in body else body
        ), ""
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        _, files = uuencoded(body)
        return (
            (files[0][1], "")
            if files
            else (body, "A part says it is uuencoded but is not; it is kept as it came")
        )
    if encoding in ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "identity"):
        return body, ""
    return body, f"The transfer encoding “{encoding[:40]}” is unknown; the part is kept as it came"


def _base64(body: bytes) -> tuple[bytes, str]:
    bare = body.translate(None, _SPACE)
    if not bare:
        return b"", ""
    head = bare.rstrip(b"=")
    try:
        if b"=" not in head and len(bare) % 4 == 0:
            return binascii.a2b_base64(bare, strict_mode=True), ""
    except binascii.Error:
        pass
    match = _BASE64.match(body)
    good = match.end() if match else 0
    strange = len(body[good:].translate(None, _SPACE))
    if strange and good < len(body) / 2 and _is_plain(body):
        return body, "A part says it is base64 but is not; it is kept as it came"
    if strange and _is_plain(body[good:]) and b"=" in body[max(0, good - 80) : good]:
        return loose_base64(body[:good]) + b"\r\n" + body[good:], "Text follows a base64 part; both are kept"
    return loose_base64(body), "A base64 part is damaged; what could be read is kept" if strange else ""


def _is_plain(body: bytes) -> bool:
    """Words rather than code: spaces within lines, and letters no base64 has."""
    sample = body[:4_000]
    return sample.count(b" ") * 12 > len(sample)


def uuencoded(text: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Text without the files uuencoded in it, and those files. A block without an end is left in the text."""
    files: list[tuple[str, bytes]] = []
    kept: list[bytes] = []
    position = 0
    for begin in _BEGIN.finditer(text):
        if begin.start() < position:
            continue
        end = _END.search(text, begin.end())
        if end is None:
            break
        content = _uu_lines(text[begin.end() : end.start()], base64=begin.group().startswith(b"begin-base64"))
        if content is None:
            continue
        files.append((begin[2].decode("utf-8", "replace").strip(), content))
        kept.append(text[position : begin.start()])
        position = end.end()
    return b"".join(kept) + text[position:], files


def _uu_lines(block: bytes, *, base64: bool) -> bytes | None:
    if base64:
        return loose_base64(block)
    out: list[bytes] = []
    for line in block.splitlines():
        if not line.strip() or line[:1] == b"`":
            continue
        length = (line[0] - 32) & 63
        letters = line[1 : (length + 2) // 3 * 4 + 1]
        if any(not 32 <= letter <= 96 for letter in letters):
            return None
        out.append(_uu_groups(letters)[:length])
    return b"".join(out)


def _uu_groups(letters: bytes) -> bytes:
    """Four letters to three bytes; unlike the library's, content with rubbish after the counted bytes of a line."""
    letters = letters.ljust((len(letters) + 3) // 4 * 4)
    number = 0
    for letter in letters:
        number = number << 6 | (letter - 32) & 63
    return number.to_bytes(len(letters) // 4 * 3, "big")
