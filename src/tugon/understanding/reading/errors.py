"""Error strings: codes, quoted messages, and what programs say when they fail, as the customer gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .texts import Aspect, Span

MOST_LETTERS = 12_000
"""Logs are pasted below the words, so more is looked at than for meaning."""
MOST_FOUND = 8
LONGEST = 120

_LABEL = re.compile(
    r"\b(?:error|err|fault|failure|exception|status|http|code|kode|errno)\b"
    r"(?:[ \t]{1,3}(?:code|number|no|message|kode|ng|na))?[ \t]{0,3}[.:#=]{0,2}[ \t]{0,3}"
    r"(?P<code>#?[A-Za-z]{0,12}[-_.:]{0,1}[0-9][0-9A-Za-z_.\-]{0,20})",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"\b(?:ERR(?:OR)?_[A-Z0-9_]{2,40}|E[A-Z]{3,14}(?=[ :,.])|0x[0-9A-Fa-f]{4,16}"
    r"|[A-Z]{1,8}[-_]\d{2,6}|[A-Z]{3,6}\d{3,5})\b"
)
_CLASSES = re.compile(r"\b[A-Z][A-Za-z]{2,40}(?:Error|Exception)\b")
_QUOTED = re.compile(
    r"“([^“”\n]{4,160})”|\"([^\"\n]{4,160})\"|«([^«»\n]{4,160})»|(?<!\w)'([^'\n]{8,160})'(?!\w)"
)
_FAILING = re.compile(
    r"error|fail|wrong|denied|invalid|not\b|cannot|can't|unable|unavailable|expired|refused|timed? ?out|declined|"
    r"blocked|missing|lost|full|exceed|unknown|unsupported|forbidden|hindi|mali|bigo|walang",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"error|says?|said|message|shows?|showing|reads|see|got|get|lumalabas|nakalagay|sabi|lumabas|nakasulat|:\s*$",
    re.IGNORECASE,
)
_SPOKEN = (
    "something went wrong", "internal server error", "access denied", "permission denied",
    "connection refused", "connection reset", "network error", "page not found", "bad gateway",
    "gateway timeout", "service unavailable", "session expired", "unexpected error", "unknown error",
    "invalid token", "invalid credentials", "too many requests", "payment declined", "card declined",
    "insufficient funds", "request timed out", "license expired", "quota exceeded", "storage full",
    "out of memory", "segmentation fault", "certificate error", "playback error", "upload failed",
    "transaction failed", "verification failed", "login failed", "authentication failed",
)  # fmt: skip
_MONEY = frozenset(
    (
        "php",
        "usd",
        "eur",
        "gbp",
        "sgd",
        "order",
        "inv",
        "ref",
        "tkt",
        "sku",
        "iphone",
        "usb",
        "mp",
        "version",
        "ios",
    )
)


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    start: int
    end: int


def errors(subject: str, body: str) -> Aspect:
    """value: the error strings in lower case, each once, in the order they stand, at most MOST_FOUND."""
    whole = f"{subject[:300]}\n{body[:MOST_LETTERS]}"
    found = [*_labelled(whole), *_coded(whole), *_quoted(whole), *_spoken(whole)]
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.start, one.start - one.end)):
        if any(one.start < other.end and other.start < one.end for other in kept):
            continue
        if one.value.casefold() not in {other.value.casefold() for other in kept}:
            kept.append(one)
    kept = kept[:MOST_FOUND]
    spans = tuple(Span(whole[one.start : one.end], one.start, one.end) for one in kept)
    return Aspect([one.value.lower() for one in kept], 0.9 if kept else 0.0, spans)


def _labelled(whole: str) -> list[_Found]:
    return [
        _Found(
            _tidy(match["code"]),
            match.start("code"),
            match.start("code") + len(match["code"].rstrip(".:-_")),
        )
        for match in _LABEL.finditer(whole)
        if not _is_amount(match["code"])
    ][: MOST_FOUND * 2]


def _coded(whole: str) -> list[_Found]:
    matches = [*_CODES.finditer(whole), *_CLASSES.finditer(whole)]
    return [
        _Found(_tidy(match[0]), match.start(), match.end())
        for match in matches[: MOST_FOUND * 8]
        if not _is_amount(match[0])
        and not (match[0].isalpha() and match[0].isupper() and not _is_errno(match[0]))
    ]


def _quoted(whole: str) -> list[_Found]:
    """What stands in quotes, where it or what leads to it speaks of a failure."""
    found: list[_Found] = []
    for match in _QUOTED.finditer(whole):
        words = next(group for group in match.groups() if group is not None).strip()
        before = whole[max(0, match.start() - 40) : match.start()]
        if _FAILING.search(words) and (_BEFORE.search(before) or len(words.split()) >= 2):
            found.append(_Found(words[:LONGEST], match.start(), match.end()))
        if len(found) == MOST_FOUND:
            break
    return found


def _spoken(whole: str) -> list[_Found]:
    low = whole.lower()
    if len(low) != len(whole):
        return []
    places = [(words, low.find(words)) for words in _SPOKEN]
    return [
        _Found(whole[place : place + len(words)].lower(), place, place + len(words))
        for words, place in places
        if place >= 0
    ]


def _tidy(code: str) -> str:
    return code.strip("#.:-_")[:LONGEST]


def _is_amount(code: str) -> bool:
    letters = re.match(r"[A-Za-z]*", code.lstrip("#"))
    return letters is not None and letters[0].lower() in _MONEY


def _is_errno(word: str) -> bool:
    return word.startswith(("ECONN", "ETIME", "EACC", "ENO", "EPIPE", "EPERM", "EADDR", "EHOST"))
