"""The letter inside an opaque S/MIME signature (RFC 8551 §3.5.2, CMS in RFC 5652). Signatures are not checked here."""

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")


def signed_content(der: bytes) -> bytes:
    """The bytes that were signed; b'' where this is no signed-data or it breaks off."""
    if not der.startswith(b"\x30") or _SIGNED_DATA not in der[:40]:
        return b""
    at = der.find(_DATA, der.find(_SIGNED_DATA) + len(_SIGNED_DATA), 400)
    if at < 0:
        return b""
    return b"".join(_octets(der, at + len(_DATA)))


def _octets(der: bytes, position: int) -> list[bytes]:
    """The octet strings from `position` on: [0] { OCTET STRING … }, in one piece or in many, lengths known or not."""
    out: list[bytes] = []
    for _ in range(len(der)):
        if position + 2 > len(der):
            return out
        tag = der[position]
        length, start = _length(der, position + 1)
        if tag in (0xA0, 0x24):
            position = start
        elif tag == 0x04 and 0 <= length <= len(der) - start:
            out.append(der[start : start + length])
            position = start + length
        else:
            return out
    return out


def _length(der: bytes, position: int) -> tuple[int, int]:
    """(length, where the value starts); -1 for a length not stated or broken."""
    first = der[position]
    if first < 0x80:
        return first, position + 1
    count = first & 0x7F
    if count == 0 or count > 6 or position + 1 + count > len(der):
        return -1, position + 1
    return int.from_bytes(der[position + 1 : position + 1 + count], "big"), position + 1 + count
