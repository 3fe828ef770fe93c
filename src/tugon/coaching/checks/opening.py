"""How a reply begins: with a greeting, and with the right name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..reading import bare, words_of
from ..remarks import Insert, Place, Remark, Severity

_GREETING = re.compile(
    r"^[\s*_>#\"'(]*(?P<word>hi(?:ya)?|hello|hey|dear|greetings|welcome(?: back)?|good (?:morning|afternoon|evening|day|am|pm)|kumusta|kamusta"
    r"|magandang (?:araw|umaga|hapon|gabi|tanghali|buhay)|mabuhay|mahal(?: na| naming| kong)?|maligayang \w+)\b(?:\s+(?:po|again|muli|ulit|rin|din|sa inyo|sa iyo|there|back))*"
    r"(?P<rest>(?:[^\n.!?:;]|(?<=Mr)\.|(?<=Ms)\.|(?<=Mrs)\.|(?<=Dr)\.|(?<=Bb)\.|(?<=Gng)\.|(?<=\bG)\.|(?<=Engr)\.|(?<=Atty)\.){0,60})", re.I
)  # fmt: skip
_TITLES = frozenset(
    """
mr mrs ms miss mister mx sir madam maam ma'am mam dr doc prof atty engr arch hon rev fr sr br bb g gng ginoo
ginang binibini po kuya ate tita tito manong manang aling mang lola lolo nanay tatay mahal na naming kong kay
sa kina si ni dear
""".split()  # noqa: SIM905  a text is easier to read than a list
)
_NOBODY = frozenset(
    """
there all everyone everybody team folks friend friends customer customers member members user users valued
creator creators studio kaibigan kapamilya inyo iyo kayo ninyo lahat again muli ulit back and at the our your
you from thank thanks salamat welcome maraming hope this i we it to for good great how with po
""".split()  # noqa: SIM905  a text is easier to read than a list
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")
_GAP = re.compile(r"\{|\[|<|%\w|__|XX")


def greeting(draft: Draft, context: Context) -> Iterator[Remark]:
    """No greeting at all, or one without the name that is known."""
    text = draft.reading.text.lstrip()
    shift = len(draft.reading.text) - len(text)
    if not text or _GAP.search(text[:60].split("\n")[0]):
        return
    found = _GREETING.match(text)
    first = first_name(context.customer_name)
    if found is None:
        if context.is_first and not (context.customer_name and names_in_opening(text, context.customer_name)):
            why = _("No greeting. A name at the beginning makes it a letter to a person.")
            insert = Insert(_greeting(first, context.speech), Place.BEGIN)
            yield Remark("missing_greeting", Severity.HINT, why, insert=insert)
        return
    if first and not _called(found["rest"]) and not names_in_opening(text, context.customer_name):
        start = shift + found.start("word")
        quote = text[found.start("word") : found.start("rest")].rstrip()
        why = _("A greeting without a name. The customer is called {name}.").format(
            name=context.customer_name
        )
        rewrite = f"{quote}, {first}" if context.speech == "fil" else f"{_alone(quote)} {first}"
        yield Remark("missing_greeting", Severity.HINT, why, quote, start, start + len(quote), rewrite)


def name(draft: Draft, context: Context) -> Iterator[Remark]:
    """The greeting names somebody else."""
    known = known_names(context)
    text = draft.reading.text.lstrip()
    found = _GREETING.match(text)
    if not context.customer_name or found is None or _GAP.search(text[:60].split("\n")[0]):
        return
    called = _called(found["rest"])
    if not called or any(is_same(one, other) for one in called for other in known):
        return
    place = text.find(called[0], found.start("rest"))
    start = len(draft.reading.text) - len(text) + place
    end = len(draft.reading.text) - len(text) + text.find(called[-1], place) + len(called[-1])
    why = _("The customer is called {name}.").format(name=context.customer_name)
    yield Remark(
        "wrong_name", Severity.ERROR, why, draft.reading.text[start:end], start, end, first_name(context.customer_name)
    )  # fmt: skip


def first_name(whole: str) -> str:
    """By which a person is greeted; empty where the name is an address or none."""
    parts = [part for part in whole.replace(",", " ").split() if bare(part).strip(".") not in _TITLES]
    if not parts or "@" in whole or any(letter.isdigit() for letter in parts[0]):
        return ""
    return parts[-1] if "," in whole and len(parts) > 1 else parts[0]


def known_names(context: Context) -> list[str]:
    """Names by which the customer goes: those of the profile, and that they signed with."""
    names = [part for part in _NAME.findall(context.customer_name) if bare(part).strip(".") not in _TITLES]
    signed = [line.strip(" -–—~.,!") for line in (context.customer_words or "").strip().split("\n")[-2:]]
    names += [word for line in signed if len(line.split()) <= 4 for word in _NAME.findall(line)]
    tail = re.search(
        r"(?:[-–—~]|\b[Ss]i|\bto si|is|here[, ]|[Ss]alamat(?: po)?[,.!]|[Tt]hanks?(?: you)?[,.!])\s*([A-ZÀ-Ý][\w'’-]+)\W*$",
        context.customer_words or "",
    )
    return names + ([tail[1]] if tail else [])


def names_in_opening(text: str, whole: str) -> bool:
    """Whether the first sentence speaks to the person by name."""
    opening = words_of(text[:160].split("\n\n")[0].lower())
    return any(is_same(word, part) for part in _NAME.findall(whole) if len(part) > 2 for word in opening)


def is_same(one: str, other: str) -> bool:
    """The same name, or its short form: Ale, Alex, Alexander."""
    one, other = bare(one).strip(".'’-"), bare(other).strip(".'’-")
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def _called(rest: str) -> list[str]:
    """The names after the greeting: its first words with capitals that are no titles."""
    names: list[str] = []
    for word in _NAME.findall(rest):
        low = bare(word).strip(".")
        if low in _TITLES:
            continue
        if low in _NOBODY or not word[0].isupper():
            break
        names.append(word.rstrip("."))
    return names


def _alone(quote: str) -> str:
    return re.sub(r"\s+(?:there|again|back)$", "", quote, flags=re.I)


def _greeting(first: str, language: str) -> str:
    if language == "fil":
        return f"Magandang araw po, {first}." if first else "Magandang araw po."
    return f"Hi {first}," if first else "Hello,"
