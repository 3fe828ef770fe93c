"""An invitation put in words, for letters that hold nothing else (RFC 5545)."""

import re

from tugon.channels.email.parsing import charsets

_FOLD = re.compile(r"\n[ \t]")
_LABELS = (
    ("SUMMARY", ""),
    ("DTSTART", "Starts: "),
    ("DTEND", "Ends: "),
    ("LOCATION", "Where: "),
    ("ORGANIZER", "Organiser: "),
    ("DESCRIPTION", ""),
)
_METHODS = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "REPLY": "Answer to an invitation",
    "COUNTER": "Another time proposed",
}
_TIME = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$")


def in_words(content: bytes, charset: str = "") -> str:
    """The first event of a calendar file as a few lines; '' where there is none."""
    text = _FOLD.sub("", charsets.decode(content[:200_000], charset or "utf-8").text)
    start = text.find("BEGIN:VEVENT")
    if start < 0:
        return ""
    values: dict[str, tuple[str, str]] = {}
    for line in text[start:].split("\n"):
        if line.startswith("END:VEVENT"):
            break
        name, colon, value = line.partition(":")
        key, _, parameters = name.partition(";")
        if colon:
            values.setdefault(key.upper(), (value, parameters))
    method = re.search(r"^METHOD:(\w+)", text, re.M)
    lines = [_METHODS.get(method[1].upper(), "") if method else "Appointment"]
    for key, label in _LABELS:
        value, parameters = values.get(key, ("", ""))
        if value:
            lines.append(label + _value(key, value, parameters))
    return "\n".join(line for line in lines if line).strip()


def _value(key: str, value: str, parameters: str) -> str:
    if key == "ORGANIZER":
        return re.sub(r"^mailto:", "", value, flags=re.I)
    time = _TIME.match(value)
    if time is not None:
        day = f"{time[1]}-{time[2]}-{time[3]}"
        zone = "UTC" if time[6] else (re.search(r"TZID=\"?([^;\":]{1,80})", parameters) or ["", ""])[1]
        return f"{day} {time[4]}:{time[5]} {zone}".strip() if time[4] else day
    return re.sub(r"\\n", "\n", re.sub(r"\\([,;\\])", r"\1", value), flags=re.I)
