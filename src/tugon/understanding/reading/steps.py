"""What the customer says they have tried already.

Known steps have keys and names in the languages of agents; what else follows "I tried" is kept in the customer's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .texts import Aspect, Span, Text, Word

MOST_FOUND = 8
LONGEST = 60
_REACH = 6
"""Words between what was done and what it was done to."""


@dataclass(frozen=True, slots=True)
class Step:
    """done: words that say that it was done. base: words that say so only after "tried". to: any of these nearby; none
    needed where empty."""

    key: str
    names: dict[str, str]
    done: frozenset[str]
    base: frozenset[str]
    to: frozenset[str] = frozenset()


def _step(key: str, english: str, filipino: str, done: str, base: str = "", to: str = "") -> Step:
    return Step(
        key,
        {"en": english, "fil": filipino},
        frozenset(done.split()),
        frozenset(base.split()),
        frozenset(to.split()),
    )


STEPS: tuple[Step, ...] = (
    _step(
        "cleared-cache",
        "cleared the cache",
        "nilinis ang cache",
        "cleared cleaned emptied clinear nilinis binura nagclear deleted",
        "clear clearing clean empty cleaning linisin",
        "cache caches cookies history",
    ),
    _step(
        "restarted",
        "restarted the device",
        "ni-restart ang device",
        "restarted rebooted nirestart nagrestart pinatay",
        "restart restarting reboot rebooting",
        "",
    ),
    _step(
        "reinstalled",
        "installed the app again",
        "in-install ulit ang app",
        "reinstalled nireinstall inuninstall uninstalled nagreinstall",
        "reinstall reinstalling uninstall uninstalling",
        "",
    ),
    _step(
        "updated",
        "updated the app",
        "in-update ang app",
        "updated inupdate nagupdate upgraded",
        "update updating upgrade",
        "app software ios android browser version latest system windows phone firmware",
    ),
    _step(
        "other-browser",
        "another browser",
        "ibang browser",
        "another different other ibang iba switched",
        "",
        "browser browsers chrome firefox safari edge",
    ),
    _step(
        "other-device",
        "another device",
        "ibang device",
        "another different other ibang iba switched",
        "",
        "device devices phone laptop computer tablet cellphone tv",
    ),
    _step(
        "private-window",
        "a private window",
        "private window",
        "incognito",
        "private",
        "window mode browsing tab incognito",
    ),
    _step(
        "other-network",
        "another network",
        "ibang koneksiyon",
        "another different other ibang iba switched",
        "",
        "network wifi wi internet connection data hotspot",
    ),
    _step(
        "reset-password",
        "reset the password",
        "nag-reset ng password",
        "reset changed pinalitan nireset nagreset",
        "resetting change changing",
        "password pin passcode",
    ),
    _step("signed-out", "signed out and in again", "nag-log out at nag-log in ulit", "relogged", "", ""),
    _step(
        "checked-spam",
        "looked in the spam folder",
        "tiningnan ang spam",
        "checked looked tiningnan chineck sinilip tinignan",
        "check checking look",
        "spam junk",
    ),
    _step(
        "checked-internet",
        "checked the connection",
        "tiningnan ang koneksiyon",
        "checked tested chineck tiningnan",
        "check test",
        "internet connection wifi router speed",
    ),
    _step(
        "restarted-router",
        "restarted the router",
        "ni-restart ang router",
        "restarted rebooted nirestart reset",
        "restart reboot",
        "router modem",
    ),
    _step(
        "turned-off-vpn",
        "turned off the VPN or blocker",
        "pinatay ang VPN o blocker",
        "disabled turned switched pinatay inoff",
        "disable turn",
        "vpn adblock adblocker blocker antivirus firewall extensions extension",
    ),
    _step(
        "other-card",
        "another card or way to pay",
        "ibang card o paraan ng bayad",
        "another different other ibang iba",
        "",
        "card cards gcash paypal payment",
    ),
    _step(
        "contacted-bank",
        "asked the bank",
        "tinanong ang bangko",
        "called contacted asked tinawagan tinanong",
        "call ask calling contacting asking",
        "bank bangko issuer",
    ),
    _step(
        "contacted-us",
        "wrote to us before",
        "sumulat na sa amin",
        "emailed contacted messaged wrote called tinawagan nagemail sumulat",
        "",
        "you support team inyo hotline",
    ),
    _step(
        "read-help",
        "read the help pages",
        "binasa ang help center",
        "read followed binasa sinunod",
        "",
        "article guide faq help instructions steps troubleshooter",
    ),
    _step(
        "waited",
        "waited",
        "naghintay",
        "waited naghintay",
        "",
        "days hours day hour weeks minutes araw oras linggo",
    ),
)
NAMES = {step.key: step.names for step in STEPS}

_SAID = re.compile(
    r"\b(?:(?:i|we)(?:'ve|'d)?[ ](?:have[ ]|had[ ])?(?:already[ ])?(?:also[ ])?(?:tried|did)|already[ ]tried|"
    r"tried|sinubukan[ ](?:ko|na|namin)(?:[ ]na|[ ]ko|[ ]rin)?|nasubukan[ ]ko(?:[ ]na)?|nag-?try[ ](?:na[ ])?ako|"
    r"ginawa[ ]ko[ ]na|na-?try[ ]ko(?:[ ]na)?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.!?;\n]{1,160}")
_OUT_AND_IN = re.compile(
    r"\b(?:sign|log|signed|logged|signing|logging|nag-?log|naglog)[ -]{0,2}out\b.{0,40}\bin\b", re.IGNORECASE
)
_NOT_YET = frozenset(
    (
        "not",
        "haven't",
        "hasn't",
        "didn't",
        "hindi",
        "di",
        "never",
        "cannot",
        "can't",
        "should",
        "how",
        "paano",
        "dapat",
        "if",
        "kung",
        "will",
        "please",
        "could",
        "would",
    )
)
_TRIED = frozenset(("tried", "trying", "sinubukan", "nasubukan", "already", "na", "did", "try", "ginawa"))


def tried(text: Text) -> Aspect:
    """value: keys of known steps, then the customer's own words for others, in the order they stand."""
    words = _joined(text.words)
    found: dict[str, tuple[int, int]] = {}
    for place, word in enumerate(words):
        for step in STEPS:
            end = _done_at(words, place, word, step)
            if end is not None and step.key not in found:
                found[step.key] = (word.start, end)
    match = _OUT_AND_IN.search(text.plain)
    if match:
        found.setdefault("signed-out", (match.start(), match.end()))
    if "restarted-router" in found:
        found.pop("restarted", None)
    found |= _in_own_words(text, found)
    kept = sorted(found.items(), key=lambda one: one[1])[:MOST_FOUND]
    spans = tuple(Span(text.whole[start:end], start, end) for _key, (start, end) in kept)
    return Aspect([key for key, _place in kept], 0.85 if kept else 0.0, spans)


def name_of(step: str, language: str) -> str:
    """A step as agents read it: of a known one its name, of another the customer's words."""
    names = NAMES.get(step)
    return step if names is None else names.get(language, names["en"])


def _done_at(words: list[Word], place: int, word: Word, step: Step) -> int | None:
    """Where the words end that say that the step was done, if they begin here."""
    is_done, is_base = word.word in step.done, word.word in step.base
    if not (is_done or is_base):
        return None
    before = [one.word for one in words[max(0, place - 4) : place]]
    if any(one in _NOT_YET or one.endswith("n't") for one in before[-3:]):
        return None
    if not is_done and not any(one in _TRIED for one in before):
        return None
    if not step.to:
        return word.end
    for other in words[place + 1 : place + 1 + _REACH]:
        if other.word in step.to:
            if step.key.startswith("other-") and not _was_used(words, place):
                return None
            return other.end
    return None


def _was_used(words: list[Word], place: int) -> bool:
    """ "Another browser" alone is no step; "tried another browser", "same on another browser" are."""
    near = {one.word for one in words[max(0, place - 8) : place + 9]}
    return bool(
        near
        & {
            "tried",
            "used",
            "same",
            "sinubukan",
            "ginamit",
            "even",
            "too",
            "also",
            "nasubukan",
            "switched",
            "pati",
            "ganun",
            "ganoon",
            "rin",
            "din",
            "on",
            "opened",
        }
    )


def _in_own_words(text: Text, known: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Clauses after "I tried" in which no known step stands."""
    found: dict[str, tuple[int, int]] = {}
    for match in _SAID.finditer(text.plain):
        clause = _CLAUSE.match(text.plain, match.end())
        if clause is None:
            continue
        start, end = match.start(), clause.end()
        if any(start <= place < end or start < stop <= end for place, stop in known.values()):
            continue
        words = " ".join(clause[0].split())
        words = re.split(r",| but | pero | and it | and then ", words)[0].strip(" :,-")
        words = words.removeprefix("to ").removeprefix("ang ").removeprefix("yung ")
        if len(words) >= 4 and len(words.split()) >= 2:
            found[words[:LONGEST].lower()] = (
                match.start(),
                match.end() + clause[0].find(words) + len(words) if words in clause[0] else end,
            )
        if len(found) == 3:
            break
    return found


def _joined(words: tuple[Word, ...]) -> list[Word]:
    """Filipino and English affixes written with a hyphen belong to their word: "nag-restart" → nagrestart."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if (
            last
            and word.start == last.end + 1
            and last.word in {"nag", "ni", "in", "re", "na", "mag", "un", "pina"}
        ):
            out[-1] = Word(last.word + word.word, last.start, word.end)
        else:
            out.append(word)
    return out
