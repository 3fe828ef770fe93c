"""What to call a person. Pure."""

import re

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "maam", "madam", "engr", "atty", "hon", "fr", "sr"}
    | {"ginoo", "ginang", "gng", "bb", "g"}
)
_LETTERS = re.compile(r"[^\W\d_][\w'’.-]*$")


def first_name(name: str) -> str:
    """The name to greet a person by: "Maria" of "Maria Santos", "SANTOS, MARIA" and "Dr. Maria Santos".

    Empty where it is no name of a person: an address, a user name, a telephone number.
    """
    words = " ".join(name.split())
    if not words or "@" in words or any(letter.isdigit() for letter in words):
        return ""
    if "," in words:
        after = words.partition(",")[2].strip()
        words = (
            after
            if after and after.rstrip(".").casefold() not in ("jr", "sr", "ii", "iii")
            else words.partition(",")[0]
        )
    parts = [part for part in words.split() if part.rstrip(".").casefold() not in _TITLES]
    first = parts[0] if parts else ""
    if not _LETTERS.fullmatch(first) or "_" in first or len(first.rstrip(".")) < 2:
        return ""
    if len(first) > 2 and (first.isupper() or first.islower()):
        return first[:1].upper() + first[1:].lower()
    return first
