"""Which ticket a letter belongs to: the ladder (features.md §4.1).

1 our signed reply address · 2 In-Reply-To, then References from right to left, against every Message-ID that came or
went · 3 the token `[#1042]` in the subject, only for people who are on that ticket · 4 a new ticket. Never the words of
a subject alone. A stranger who answers a known letter is let onto the ticket flagged; a stranger with a token is not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\[#(\d{1,18})\]")
_PREFIX = re.compile(
    r"^\s*(?:\[(?!#)[^\]\n]{1,40}\]\s*)?(?:re|aw|sv|vs|antw|odp|res|rif|ref|ynt|fw|fwd|wg|tr|rv|enc|doorst|回复|回覆|返信|답장|转发|轉寄|転送)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*",
    re.IGNORECASE,
)
MOST_IDS = 50
"""Message-IDs of one letter that are looked up: the newest."""


class Standing(StrEnum):
    """What the sender is to a ticket."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"
    COPIED = "copied"
    PENDING = "pending"
    REMOVED = "removed"
    STRANGER = "stranger"


KNOWN = frozenset({Standing.CUSTOMER, Standing.COLLEAGUE, Standing.COPIED})


class Rung(StrEnum):
    """By which rung of the ladder a ticket was found."""

    ADDRESS = "reply-address"
    ANSWERED = "in-reply-to"
    REFERENCED = "references"
    TOKEN = "subject-token"  # noqa: S105 - a rung, not a secret


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket one of the rungs leads to.

    closed_days: how long it has been closed; None while it is not. of_many: the letter answered is one that a machine
    sent to many, so answering it proves nothing about its other readers.
    """

    ticket_id: int
    rung: Rung
    standing: Standing
    subject: str = ""
    closed_days: float | None = None
    of_many: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Join `ticket_id`, or with None open a ticket, linked to `linked_to` if set.

    is_pending: the sender is not on the ticket yet and waits to be let in. offers_split: the subject is another one.
    """

    ticket_id: int | None = None
    rung: Rung | None = None
    standing: Standing = Standing.STRANGER
    is_pending: bool = False
    offers_split: bool = False
    linked_to: int | None = None


OPEN = Decision()


def decide(candidates: Sequence[Candidate], *, subject: str, closed_too_long_days: int) -> Decision:
    """The first candidate of the ladder that may be joined; otherwise a new ticket.

    candidates: in the order of the ladder. A ticket closed for more than closed_too_long_days is linked, not reopened.
    """
    for candidate in candidates:
        if not _may_join(candidate):
            continue
        if candidate.closed_days is not None and candidate.closed_days > closed_too_long_days:
            return Decision(rung=candidate.rung, standing=candidate.standing, linked_to=candidate.ticket_id)
        return Decision(
            candidate.ticket_id,
            candidate.rung,
            candidate.standing,
            is_pending=candidate.standing not in KNOWN,
            offers_split=is_other_subject(subject, candidate.subject),
        )
    return OPEN


def _may_join(candidate: Candidate) -> bool:
    if candidate.standing in KNOWN:
        return True
    if candidate.standing is Standing.REMOVED or candidate.rung is Rung.TOKEN:
        return False
    return not candidate.of_many


def ladder_ids(in_reply_to: Iterable[str], references: Sequence[str]) -> tuple[str, ...]:
    """Message-IDs in the order they are tried; empty ones are no ids."""
    found = [*in_reply_to, *reversed(references)]
    return tuple(dict.fromkeys(one for one in found if one.strip("<> \t")))[:MOST_IDS]


def tokens(subject: str) -> tuple[int, ...]:
    """Ticket numbers in the subject, the last one first."""
    return tuple(dict.fromkeys(int(number) for number in reversed(_TOKEN.findall(subject))))[:3]


def plain_subject(subject: str) -> str:
    """A subject without tokens and without what mail programs put before it."""
    text = " ".join(_TOKEN.sub(" ", subject[:500]).split())
    for _round in range(10):
        shorter = _PREFIX.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return text.strip()


def is_other_subject(subject: str, known: str) -> bool:
    """Whether the letter speaks of something else than the ticket. An empty subject says nothing."""
    new, old = plain_subject(subject).casefold()[:200], plain_subject(known).casefold()[:200]
    if not new or not old or new in old or old in new:
        return False
    words, others = set(re.findall(r"\w{3,}", new)), set(re.findall(r"\w{3,}", old))
    shared = len(words & others) / max(1, min(len(words), len(others)))
    return shared < 0.34 and SequenceMatcher(None, new, old, autojunk=False).ratio() < 0.6
