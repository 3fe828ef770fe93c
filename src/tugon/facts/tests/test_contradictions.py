"""How well plain statements that contradict a fact are found, over texts labelled by hand."""

import pytest

from tugon.demo.facts import FACTS
from tugon.facts.contradictions import around, find_among, stating
from tugon.facts.current import Stated
from tugon.facts.kinds import Kind
from tugon.facts.values import read

from .labelled import LABELLED


def _context(given: object) -> dict[str, list[str]]:
    return {
        code: [word.strip() for word in getattr(given, f"context_{code}").split(",") if word.strip()]
        for code in ("en", "fil")
    }


def _stated(key: str, *, typed: str = "") -> Stated:
    given = next(one for one in FACTS if one.key == key)
    value = read(Kind(given.kind), given.unit, typed or given.value)
    return Stated(key, Kind(given.kind), value, dict(given.forms), _context(given))


TODAY = [_stated(given.key) for given in FACTS]


def measure(part: str) -> tuple[float, float, list[str]]:
    """(precision, recall, what was wrong) over a part of the labelled texts."""
    right = flagged = wanted = 0
    wrong = []
    for where, language, text, keys in LABELLED:
        if where != part:
            continue
        found = {one.fact_key for one in find_among(text, language, TODAY)}
        right += len(found & keys)
        flagged += len(found)
        wanted += len(keys)
        if found != keys:
            wrong.append(f"{text!r}: found {sorted(found)}, labelled {sorted(keys)}")
    return right / flagged, right / wanted, wrong


@pytest.mark.parametrize("part", ["dev", "test"])
def test_contradictions_are_found_and_hardly_any_is_invented(part: str) -> None:
    precision, recall, wrong = measure(part)
    print(f"{part}: precision {precision:.2f}, recall {recall:.2f}")  # noqa: T201
    assert precision >= 0.95, wrong
    assert recall >= 0.95, wrong


def test_a_contradiction_says_the_words_their_place_and_what_holds() -> None:
    text = "<p>Ask for a <b>refund</b> within <em>30 days</em>, please.</p>"
    (found,) = find_among(text, "en", TODAY)
    assert (found.fact_key, found.words, found.current) == ("refund.window", "30 days", "14 days")
    assert text[found.start : found.end] == "30 days"
    assert around(text, found, 200) == "Ask for a refund within 30 days , please."


def test_an_old_value_is_found_however_it_is_written() -> None:
    old = _stated("refund.window", typed="30")
    others = [fact for fact in TODAY if fact.key != "refund.window"]
    for text in (
        "A refund can be had within 30 days.",
        "A refund can be had within thirty days.",
        "A refund can be had within one month.",
        "30-day refund, no questions asked.",
    ):
        assert list(stating(text, "en", old, among=others)), text
    assert list(stating("May refund sa loob ng tatlumpung araw.", "fil", old, among=others))
    for text in (
        "Deleted accounts wait for 30 days.",
        "A refund can be had within 14 days.",
        "30 days of music.",
    ):
        assert not list(stating(text, "en", old, among=others)), text


def test_words_numbers_and_addresses_of_old_are_found_as_they_stood() -> None:
    day = _stated("payout.day")
    assert list(stating("Payouts leave EVERY\nFriday.", "en", day, among=[]))
    assert list(stating("Ang payout ay tuwing Biyernes.", "fil", day, among=[]))
    phone = _stated("support.phone")
    assert list(stating("Call +63 2 8555 0142 now", "en", phone, among=[]))
    link = Stated("help.page", Kind.LINK, {"url": "https://sining.example/old"}, {}, {})
    assert list(stating('<a href="https://sining.example/old">here</a>', "en", link, among=[]))
    assert not list(stating("https://sining.example/older", "en", link, among=[]))


def test_a_long_text_is_read_quickly_and_a_hostile_one_does_no_harm() -> None:
    hostile = "<" * 20_000 + "refund " * 5_000 + "30 days " + "1,111," * 5_000 + "{{" * 5_000
    assert isinstance(find_among(hostile, "en", TODAY), list)
