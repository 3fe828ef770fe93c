"""The letter inside a forward: who wrote it to whom, and its text."""

from tugon.channels.email.parsing import headers, marks
from tugon.channels.email.parsing.model import Address, Forwarded

_LINES = 30


def read(text: str, start: int) -> Forwarded | None:
    """The forwarded letter whose header block begins at or just after line `start` of `text`; None without one."""
    lines = text.strip("\n").split("\n")
    seen = [marks.view(line).lstrip("> ") for line in lines]
    at = start
    while at < len(seen) and not marks.header_kind(seen[at]) and at < start + 6:
        at += 1
    values: dict[str, str] = {}
    kind, end = "", at
    for position in range(at, min(len(seen), at + _LINES)):
        line = seen[position]
        found = marks.header_kind(line)
        if found:
            kind, end = found, position + 1
            values.setdefault(kind, _value(line))
        elif not line and "from" in values and len(values) > 1:
            break
        elif line and kind in ("to", "cc", "subject", "from"):
            values[kind] += " " + line
            end = position + 1
    if "from" not in values or len(values) < 2:
        return None
    author = _first(values["from"])
    to = headers.addresses(_plain(values.get("to", "")))
    body = "\n".join(line.removeprefix("> ").removeprefix(">") for line in lines[end:]).strip("\n")
    return Forwarded(
        author, to, values.get("subject", "").strip(" *"), values.get("sent", "").strip(" *"), body
    )


def _value(line: str) -> str:
    return line.replace("：", ":", 1).partition(":")[2].strip(" *\t")


def _plain(value: str) -> str:
    return value.replace("[mailto:", "<").replace("]", ">").replace("<mailto:", "<").replace("*", "")


def _first(value: str) -> Address | None:
    found = headers.addresses(_plain(value))
    return found[0] if found else None
