"""The letters that Tugon writes by itself, by their stable keys: what each is for, what whoever sends it gives along,
and its words where a company has no template of that key: `words/letters/<key>.<language>.html`, English and Filipino.

Everything that may be missing stands in a condition there: a letter that leaves by itself has no gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS = Path(__file__).parent / "words"
_ARTICLES = {"articles": _("articles that may help")}
_MOMENTS = {"old_moment": _("the moment promised"), "new_moment": _("the new moment")}
_OUTSIDE = {
    "department": _("department"),
    "question": _("question"),
    "handover": _("hand-over note"),
    "answer_by": _("answer needed by"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """extras: names that the sender gives, with what they are called. All of them may be missing."""

    key: str
    label: str | Promise
    extras: Mapping[str, str | Promise] = field(default_factory=dict)


LETTERS: dict[str, Letter] = {
    one.key: one
    for one in (
        Letter(
            "acknowledgement.routed",
            _("Acknowledgement after a rule recognised what it is about"),
            {"topic": _("topic"), "team": _("team"), **_ARTICLES},
        ),
        Letter("payment.received", _("A question about a payment arrived"), {"team": _("team"), **_ARTICLES}),
        Letter("account.received", _("Trouble with signing in or an account arrived"), _ARTICLES),
        Letter("content_report.received", _("A report about content arrived"), _ARTICLES),
        Letter("privacy.received", _("A request about personal data arrived"), _ARTICLES),
        Letter(
            "outage.known",
            _("The trouble is known and being worked on"),
            {"what": _("what does not work"), "new_moment": _("next news"), **_ARTICLES},
        ),
        Letter(
            "promise.at_risk",
            _("A promise is about to be missed: told before it is"),
            {**_MOMENTS, "reason": _("reason")},
        ),
        Letter("promise.broken", _("A promise was missed: an apology and a new moment"), _MOMENTS),
        Letter(
            "escalation.outside",
            _("A question to a department outside, whose answer comes back to the ticket"),
            _OUTSIDE,
        ),
        Letter(
            "escalation.told_customer",
            _("The customer is told that somebody more senior looks at it"),
            {"level": _("level"), "new_moment": _("the new moment")},
        ),
        Letter(
            "waiting.reminder",
            _("A reminder that we wait for the customer's answer"),
            {"question": _("what we asked"), "closes_on": _("day on which it counts as solved")},
        ),
        Letter("solved.after_waiting", _("Taken as solved because no answer came")),
    )
}


@cache
def words(key: str, language: str) -> str:
    """The words that come with Tugon, in English where there are none in the language. Raises KeyError."""
    if key not in LETTERS:
        raise KeyError(key)
    path = WORDS / "letters" / f"{key}.{language}.html"
    return path.read_text(encoding="utf-8") if language.isalpha() and path.is_file() else words(key, "en")


def languages_of(key: str) -> list[str]:
    """The languages in which the letter's words come with Tugon."""
    return sorted(path.name.split(".")[-2] for path in (WORDS / "letters").glob(f"{key}.*.html"))


def extras_of(key: str) -> Mapping[str, str | Promise]:
    """The names that whoever sends the letter of this key gives along."""
    return LETTERS[key].extras if key in LETTERS else {}
