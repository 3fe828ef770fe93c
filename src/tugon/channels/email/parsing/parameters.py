"""Content-Type and Content-Disposition: a value and its parameters, with RFC 2231's pieces put together."""

import re
from urllib.parse import unquote_to_bytes

from tugon.channels.email.parsing import charsets
from tugon.channels.email.parsing.headers import decode

_PARAMETER = re.compile(
    r";[;\s]*([^\s=;\"]{1,100})\s{0,20}=\s{0,20}(?:\"((?:[^\"\\]|\\.){0,20000})\"?|([^;\"]{0,20000}))", re.S
)
_PIECE = re.compile(r"^([^*]+)(?:\*(\d{1,3}))?(\*)?$")


def read(raw: bytes | None) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="x"` → ("text/plain", {"charset": "x"}); names in lower case, values decoded.

    Continuations (`name*0*=`) are joined in their order, charset marks (`name*=utf-8''…`) and, against the standard but
    common, encoded words and raw 8-bit letters are decoded.
    """
    if not raw:
        return "", {}
    text = raw.decode("utf-8") if _is_utf8(raw) else charsets.decode(raw).text
    text = charsets.clean(text).replace("\n", " ")[:40_000]
    value = text.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, quoted, bare in _PARAMETER.findall(text if ";" in text else ""):
        content = re.sub(r"\\([\"\\])", r"\1", quoted) if quoted else bare.strip()
        match = _PIECE.match(name.lower())
        if match is None or not (match[2] or match[3]):
            plain.setdefault(name.lower(), decode(content) if "=?" in content else content)
        else:
            pieces.setdefault(match[1], {}).setdefault(int(match[2] or 0), (content, bool(match[3])))
    for name, parts in pieces.items():
        plain[name] = _joined(parts) or plain.get(name, "")
    return value, plain


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    charset, out = "", b""
    for order, (content, extended) in sorted(parts.items()):
        if extended and not charset and order == min(parts) and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        out += (
            unquote_to_bytes(content) if extended or ("%" in content and charset) else content.encode("utf-8")
        )
    text = charsets.decode(out, charset).text
    return decode(text) if "=?" in text else text
