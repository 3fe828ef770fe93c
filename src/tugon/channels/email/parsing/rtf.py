"""Rich text as Outlook sends it: unpacked (MS-OXRTFCP) and read as text, or as the HTML it was made of (MS-OXRTFEX)."""

import re
import struct

from tugon.channels.email.parsing import charsets

_PRESET = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)
_LARGEST = 20_000_000


def decompress(packed: bytes) -> bytes:
    """The rich text of a PR_RTF_COMPRESSED value; what could be read of it where it is broken."""
    if len(packed) < 16:
        return b""
    _, size, magic = struct.unpack_from("<III", packed)
    if magic == 0x414C454D:
        return packed[16 : 16 + size]
    if magic != 0x75465A4C:
        return b""
    window = bytearray(_PRESET.ljust(4096, b"\0"))
    at, position, out = len(_PRESET), 16, bytearray()
    while position < len(packed) and len(out) < min(size, _LARGEST):
        flags, position = packed[position], position + 1
        for bit in range(8):
            if position >= len(packed):
                break
            if not flags >> bit & 1:
                out.append(packed[position])
                window[at] = packed[position]
                at, position = (at + 1) & 4095, position + 1
                continue
            if position + 2 > len(packed):
                return bytes(out)
            reference = packed[position] << 8 | packed[position + 1]
            position += 2
            start, length = reference >> 4, (reference & 15) + 2
            if start == at:
                return bytes(out[:size])
            for step in range(length):
                letter = window[(start + step) & 4095]
                out.append(letter)
                window[at] = letter
                at = (at + 1) & 4095
    return bytes(out[:size])


_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|(\\)"
)
_HIDDEN = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"object",
    b"header",
    b"footer",
    b"generator",
}
_HIDDEN |= {
    b"themedata",
    b"datastore",
    b"listtable",
    b"listoverridetable",
    b"rsidtbl",
    b"xmlnstbl",
    b"latentstyles",
}
_BREAKS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t"}
_SIGNS = {
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
}


def read(raw: bytes) -> tuple[str, str]:
    """(text, html): the second where the rich text was made of HTML and carries it."""
    from_html = b"\\fromhtml" in raw[:2_000]
    text = _Reader(from_html).run(raw[:_LARGEST])
    return ("", text.strip()) if from_html else (text.strip(), "")


class _Reader:
    """One pass over the tokens; a group's state is (hidden, html tag, skip letters after \\u)."""

    def __init__(self, from_html: bool) -> None:
        self.from_html = from_html
        self.codepage = "cp1252"
        self.out: list[str] = []
        self.pending = bytearray()

    def run(self, raw: bytes) -> str:
        stack: list[tuple[bool, bool, bool, int]] = []
        hidden = in_tag = suppressed = False
        unicode_skip, skip, starred = 1, 0, False
        for word, number, hexadecimal, symbol, brace, letters, _ in _TOKEN.findall(raw):
            if brace == b"{":
                if len(stack) < 10_000:
                    stack.append((hidden, in_tag, suppressed, unicode_skip))
                starred = False
            elif brace == b"}":
                if stack:
                    hidden, in_tag, suppressed, unicode_skip = stack.pop()
            elif symbol == b"*":
                starred = True
            elif word:
                value = int(number) if number else None
                if word == b"htmltag":
                    in_tag, hidden = True, False
                elif word == b"htmlrtf":
                    suppressed = value != 0
                elif word in _HIDDEN or (starred and word != b"mhtmltag") or word == b"mhtmltag":
                    hidden = True
                elif word == b"ansicpg" and value:
                    self.codepage = f"cp{value}" if value != 65001 else "utf-8"
                elif word == b"uc":
                    unicode_skip = max(0, value or 0)
                elif word == b"u" and value is not None and not (hidden or suppressed):
                    self.say(chr(value & 0xFFFF))
                    skip = unicode_skip
                elif not hidden and not suppressed:
                    self.say(_BREAKS.get(word, "") or _SIGNS.get(word, ""))
                starred = False
            elif hidden or suppressed:
                starred = False
            elif hexadecimal:
                if skip:
                    skip -= 1
                else:
                    self.pending.append(int(hexadecimal, 16))
            elif symbol:
                self.say({b"~": "\xa0", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))
            elif letters:
                self.pending += letters[skip:]
                skip = max(0, skip - len(letters))
        self.say("")
        return charsets.clean("".join(self.out))

    def say(self, text: str) -> None:
        if self.pending:
            self.out.append(charsets.decode(bytes(self.pending), self.codepage).text)
            self.pending.clear()
        self.out.append(text)
