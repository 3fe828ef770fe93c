"""How people sign: "-- ", a telephone's line, "Regards, Ana", small print; found at the end of what they wrote.

Conservative by order: a name or a "thank you" that stays in the reply harms nobody, a sentence that is cut does. A formal
closing goes only with evidence that nothing but a signature follows it.
"""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import re

from tugon.channels.email.parsing import words
from tugon.channels.email.parsing.marks import is_rule, view

LONGEST = 25
"""Lines a signature may have; a rule with more below it is part of the text."""

_DELIMITER = re.compile(r"^[\s>*]{0,4}(?:--|—|––|—-|-—|__|- -|–-)[\s*]{0,4}$")
_ADDRESS_ALONE = re.compile(r"^<?[^\s@<>]{1,64}@[^\s@<>]{1,250}\.\w{2,24}>?$")
_DASHED_NAME = re.compile(r"^[-–—~/]{1,2}[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){0,3}$")
_CONTACT = re.compile(
    r"(?:\+?\(?\d[\d ()./-]{6,20}\d)|[^\s@]{1,64}@[^\s@]{1,250}\.\w|https?://|www\.|\b(?:tel|phone|mobile|fax|cell|mob|gsm|tél|telefon|móvil|skype|m|t|p|e|f)\s?[.:]",
    re.I,
)
_NAME = re.compile(r"^[*_]{0,2}[^\W\d_][\w.'’-]{0,30}(?:,? [^\W\d_][\w.'’-]{0,30}){0,4}[*_.,]{0,2}$")
_SPONSOR = re.compile(
    r"virus-?free\.?\s{0,3}www\.|this (?:e-?mail|email) has been (?:checked|scanned)|scanned by|https?://aka\.ms/|go\.onelink\.me|yahoo!? mail",
    re.I,
)


def without_signature(lines: list[str], *, sender: str = "") -> tuple[list[str], list[str]]:
    """(text, signature). `sender`: the name in From, which a signature is likely to repeat."""
    seen = [view(line) for line in lines]
    end = _last(seen, len(lines))
    for step in (
        _delimiter,
        _small_print,
        _mobile,
        _delimiter,
        _closing,
        _contact_block,
        _dashed_name,
        _mobile,
    ):
        found = step(seen, end, sender)
        if found is not None and found < end:
            end = _last(seen, found)
    return lines[:end], lines[end:]


def without_banner(reply: str) -> str:
    """Without the warning a company's mail server puts over letters from outside."""
    head, _, rest = reply.lstrip("\n").partition("\n")
    low = head[:300].casefold().strip(" *[]#-!⚠️")
    if not low.startswith(words.WARNINGS) or not rest.strip():
        return reply
    if not any(
        mark in low
        for mark in (
            "link",
            "originated",
            "external",
            "extern",
            "outside",
            "sender",
            "often get",
            "fora",
            "exterior",
        )
    ):
        return reply
    return rest.lstrip("\n")


def _last(seen: list[str], end: int) -> int:
    while end and not seen[end - 1]:
        end -= 1
    return end


def _delimiter(seen: list[str], end: int, _: str) -> int | None:
    """The first "-- " with few enough lines below it."""
    for index in range(max(0, end - LONGEST - 10), end):
        if _DELIMITER.match(seen[index]) and sum(1 for line in seen[index:end] if line) <= LONGEST:
            return index
        if index and is_rule(seen[index]) and len(seen[index]) >= 5 and _is_footer(seen[index + 1 : end]):
            return index
    return None


def _is_footer(below: list[str]) -> bool:
    """What a list server or a company puts under a rule: an address, few lines, and no sentence for the reader."""
    filled = [line for line in below if line]
    if not filled or len(filled) > 15:
        return False
    small = sum(1 for line in filled if _CONTACT.search(line[:300]) or _is_small_print(line))
    return small * 3 >= len(filled) and not any(line.endswith("?") for line in filled)


def _mobile(seen: list[str], end: int, _: str) -> int | None:
    """ "Sent from my iPhone" and its like on the last line, or on the last two."""
    for back in (1, 2, 3):
        index = end - back
        if index < 0 or not seen[index]:
            continue
        if is_mobile_line(seen[index]) and (
            index == 0 or back == 1 or all(_follows_mobile(line) for line in seen[index + 1 : end])
        ):
            return index if index else None
    return None


def _follows_mobile(line: str) -> bool:
    return (
        not line
        or is_rule(line)
        or line.startswith(("<http", "http", "(http", "[", "www."))
        or is_mobile_line(line)
    )


def is_mobile_line(line: str) -> bool:
    """Whether a line is what a telephone or an app puts under a letter."""
    low = line.casefold().strip(" *_<>()[]~|-—–")
    low = re.sub(r"<?\(?https?://\S{1,300}", "", low).strip(" .<>()[]")
    if len(low) > 110 or "," in low or low.endswith(("?", ":")):
        return False
    if _SPONSOR.match(line):
        return True
    if low.startswith(words.MOBILE):
        return len(low.split()) <= 12 and not re.search(r"[.!] \w", low)
    return len(low) < 60 and any(mark in low for mark in words.MOBILE_INSIDE)


def _dashed_name(seen: list[str], end: int, sender: str) -> int | None:
    """ "-Ana Cruz" or "/Ana" as the last line."""
    index = end - 1
    if index < 1 or not _DASHED_NAME.match(seen[index]) or seen[index - 1].startswith(("-", "–", "—", "/")):
        return None
    word = seen[index].lstrip("-–—~/").split(" ")[0]
    return index if word[:1].isupper() and (not seen[index - 1] or _names(seen[index], sender)) else None


def _contact_block(seen: list[str], end: int, sender: str) -> int | None:
    """A last paragraph that begins with the sender's name and goes on with ways to reach them, without any closing."""
    begin = end
    while begin and seen[begin - 1] and end - begin < 9:
        begin -= 1
    block = seen[begin:end]
    if begin and len(block) == 1 and _ADDRESS_ALONE.match(block[0]):
        return begin
    if not begin or len(block) < 2 or not _names(block[0], sender) or len(block[0].split()) > 6:
        return None
    reachable = any(_CONTACT.search(line[:300]) or is_mobile_line(line) for line in block[1:])
    return begin if reachable and all(_belongs(line, sender) for line in block[1:]) else None


def _small_print(seen: list[str], end: int, _: str) -> int | None:
    """Paragraphs at the end that only speak of confidentiality and viruses."""
    start = end
    while start:
        begin = start
        while begin and seen[begin - 1]:
            begin -= 1
        paragraph = [line for line in seen[begin:start] if not is_rule(line)]
        if (
            paragraph
            and not _is_small_print(" ".join(paragraph))
            and not _is_small_print_title(paragraph, start < end)
        ):
            break
        start = _last(seen, begin)
    return _last(seen, start) if 0 < start < end else None


def _is_small_print(paragraph: str) -> bool:
    low = paragraph[:3_000].casefold()
    if len(low) < 60:
        return False
    if "virus" in low and "scanned" in low:
        return True
    return sum(1 for mark in words.DISCLAIMERS if mark in low) >= 3


def _is_small_print_title(paragraph: list[str], below: bool) -> bool:
    low = paragraph[0].casefold().strip(" *_:.-") if len(paragraph) == 1 else ""
    return below and low in (
        "disclaimer",
        "confidentiality notice",
        "legal notice",
        "confidential",
        "notice",
        "aviso legal",
        "avis de confidentialité",
        "haftungsausschluss",
    )


def _closing(seen: list[str], end: int, sender: str) -> int | None:
    """The last closing formula with nothing below it but a name, a title and ways to reach the writer."""
    for index in range(end - 1, max(0, end - 16), -1):
        kind = closing_kind(seen[index])
        if not kind and _closing_with_name(seen[index], sender):
            below = [line for line in seen[index + 1 : end] if line]
            return index if index and all(_belongs(line, sender) for line in below) else None
        if not kind:
            continue
        below = [line for line in seen[index + 1 : end] if line]
        if below and not all(_belongs(line, sender) for line in below):
            return None
        if index and closing_kind(seen[index - 1]):
            index -= 1
            kind = "formal" if closing_kind(seen[index]) == "formal" else kind
        return index if _may_go(kind, seen[:index], seen[index], below, sender) else None
    return None


def closing_kind(line: str) -> str:
    """What a line that is nothing but the end of a letter is: "formal", "thanks", or "" for any other line."""
    low = line.casefold().strip(" *_,.!;:，。！、-–—~")
    if len(low) > 60:
        return ""
    if low in words.THANKS:
        return "formal" if any(word in low for word in ("regards", "saludos", "grüße", "gruß")) else "thanks"
    return "formal" if low in _CLOSINGS else ""


def _closing_with_name(line: str, sender: str) -> bool:
    """“Best regards, Ana Cruz” on one line, by the name in From."""
    if len(line) > 80:
        return False
    for name in re.split(r"[\s,]+", sender.casefold()):
        at = line.casefold().find(name) if len(name) > 1 else -1
        if at > 1 and closing_kind(line[:at]) == "formal":
            return len(line[at:].split()) <= 4
    return False


_CLOSINGS = frozenset(words.CLOSINGS)


def _belongs(line: str, sender: str) -> bool:
    """A name, a title, an address, a number: short, and no sentence."""
    parts = line.split()
    if is_mobile_line(line) or is_rule(line):
        return True
    if len(line) > 200 or parts[0].casefold().strip(".:,") in _AFTERTHOUGHTS:
        return False
    if _names(line, sender) or _CONTACT.search(line[:300]):
        return len(parts) <= 10 or "|" in line
    if len(line) > 70 or len(parts) > 8 or line.endswith(("?", "!", ":")) or line.startswith((">", "- ")):
        return False
    return len(parts) <= 2 or _looks_titled(parts)


_AFTERTHOUGHTS = ("ps", "p.s", "pps", "p.p.s", "nb", "n.b", "pd", "p.d")


def _looks_titled(parts: list[str]) -> bool:
    """A title or a firm: most of its longer words have a capital."""
    longer = [part for part in parts if len(part.strip(",.|&/-")) > 3 and part[0].isalpha()]
    capital = sum(1 for part in longer if not part[0].islower())
    return capital * 3 >= len(longer) * 2


def _names(line: str, sender: str) -> bool:
    parts = [part for part in re.split(r"[\s.,@]+", sender.casefold()) if len(part) > 1]
    return any(part in re.split(r"[\s.,*_/-]+", line[:200].casefold()) for part in parts)


def _may_go(kind: str, above: list[str], formula: str, below: list[str], sender: str) -> bool:
    """Evidence against the risk: ways to reach the writer, their name, or a part so small that its loss would be none."""
    if not any(above):
        return False
    if not below:
        return False
    contact = any(_CONTACT.search(line[:300]) for line in below)
    if contact or len(below) >= 3:
        return True
    gone = len(" ".join([formula, *below]).split())
    small = gone * 10 <= sum(len(line.split()) for line in above) + gone
    name = _names(below[0], sender) or (
        len(below) <= 2 and _NAME.match(below[0]) is not None and below[0][:1].isupper()
    )
    if kind == "formal":
        return name
    whole = [part for part in re.split(r"[\s.,]+", sender.casefold()) if len(part) > 1]
    full = len(whole) > 1 and len(below) == 1 and all(part in below[0].casefold() for part in whole)
    return full or (small and _names(below[0], sender))
