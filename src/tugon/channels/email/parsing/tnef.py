"""Microsoft's winmail.dat (MS-OXTNEF): the files and the text in it. Every length is checked before it is followed."""

import struct
from dataclasses import dataclass, field

from tugon.channels.email.parsing import charsets, rtf

SIGNATURE = b"\x78\x9f\x3e\x22"

_ATTACHMENT_STARTS, _TITLE, _DATA, _ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _PROPERTIES, _CODEPAGE = 0x800C, 0x9003, 0x9007
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0xD, 0x1E, 0x1F, 0x102}
_MESSAGE_OBJECT = b"\x07\x03\x02\x00"
DEEPEST = 5


@dataclass(slots=True)
class File:
    name: str = ""
    type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Contents:
    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    complete: bool = True
    """False where the structure broke off: what was read before that is here, the original must be kept."""


class _BrokenOff(Exception):
    pass


def read(raw: bytes, *, depth: int = 0) -> Contents:
    """What a winmail.dat holds. Never raises."""
    found = Contents()
    if not raw.startswith(SIGNATURE):
        found.complete = False
        return found
    codepage = "cp1252"
    position = 6
    while position + 9 <= len(raw):
        _, identity, length = struct.unpack_from("<BII", raw, position)
        position += 9
        if length > len(raw) - position:
            found.complete = False
            break
        data = raw[position : position + length]
        position += length + 2
        try:
            codepage = _attribute(identity & 0xFFFF, data, found, codepage, depth)
        except (_BrokenOff, struct.error):
            found.complete = False
    return found


def _attribute(identity: int, data: bytes, found: Contents, codepage: str, depth: int) -> str:
    if identity == _CODEPAGE and len(data) >= 4:
        return f"cp{struct.unpack_from('<I', data)[0]}"
    if identity == _ATTACHMENT_STARTS:
        found.files.append(File())
    elif identity == _TITLE and found.files:
        found.files[-1].name = found.files[-1].name or _string(data, codepage)
    elif identity == _DATA and found.files:
        found.files[-1].content = data
    elif identity == _ATTACHMENT_PROPERTIES and found.files:
        _file_properties(found.files[-1], _properties(data), codepage, depth)
    elif identity == _BODY:
        found.text = found.text or _string(data, codepage)
    elif identity == _PROPERTIES:
        _message_properties(found, _properties(data), codepage)
    return codepage


def _message_properties(found: Contents, properties: dict[int, tuple[int, bytes]], codepage: str) -> None:
    if 0x1000 in properties:
        found.text = _value(properties[0x1000], codepage) or found.text
    if 0x1013 in properties:
        kind, data = properties[0x1013]
        found.html = _value((kind, data), codepage) if kind in (0x1E, 0x1F) else charsets.decode(data).text
    if 0x1009 in properties:
        text, html = rtf.read(rtf.decompress(properties[0x1009][1]))
        found.html = found.html or html
        found.text = found.text or text


def _file_properties(file: File, properties: dict[int, tuple[int, bytes]], codepage: str, depth: int) -> None:
    for identity in (0x3707, 0x3001, 0x3704):
        if identity in properties:
            file.name = _value(properties[identity], codepage) or file.name
            break
    if 0x370E in properties:
        file.type = _value(properties[0x370E], codepage).lower()
    if 0x3712 in properties:
        file.content_id = _value(properties[0x3712], codepage).strip("<>")
    if 0x3701 in properties and not file.content:
        kind, data = properties[0x3701]
        content = data[16:] if kind == 0xD else data
        file.content = content
        if kind == 0xD and data.startswith(_MESSAGE_OBJECT) and depth < DEEPEST:
            file.name = file.name or "letter.dat"


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """MAPI properties by their number: type and first value."""
    count, position = _u32(data, 0), 4
    found: dict[int, tuple[int, bytes]] = {}
    for _ in range(min(count, len(data) // 4)):
        kind, identity = _u16(data, position), _u16(data, position + 2)
        position += 4
        if identity >= 0x8000:
            named = _u32(data, position + 16)
            position += 20
            position += 4 + _padded(_u32(data, position)) if named else 4
        values, base = 1, kind & ~0x1000
        if kind & 0x1000 or base in _VARIABLE:
            values, position = _u32(data, position), position + 4
        first = b""
        for order in range(values):
            size = _FIXED.get(base)
            if size is None and base not in _VARIABLE:
                raise _BrokenOff
            if size is None:
                size, position = _u32(data, position), position + 4
            if size > len(data) - position:
                raise _BrokenOff
            first = data[position : position + size] if order == 0 else first
            position += _padded(size)
        found.setdefault(identity, (base, first))
    return found


def _u16(data: bytes, position: int) -> int:
    if position + 2 > len(data):
        raise _BrokenOff
    return int(struct.unpack_from("<H", data, position)[0])


def _u32(data: bytes, position: int) -> int:
    if position + 4 > len(data):
        raise _BrokenOff
    return int(struct.unpack_from("<I", data, position)[0])


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4


def _string(data: bytes, codepage: str) -> str:
    return charsets.decode(data.split(b"\0", 1)[0], codepage).text.strip()


def _value(stored: tuple[int, bytes], codepage: str) -> str:
    kind, data = stored
    if kind == 0x1F:
        return charsets.clean(data.decode("utf-16-le", "replace")).strip()
    return charsets.decode(data.rstrip(b"\0"), codepage).text.strip()
