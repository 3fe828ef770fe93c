from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tugon.rules.wording import Words, only_thanks, pattern


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("I want a REFUND.", "refund", True),
        ("I was refunded", "refund", False),
        ("I was refunded", "refund*", True),
        ("Nagbayad na po ako", "*bayad", True),
        ("Pinagbayadan na", "*bayad*", True),
        ("bayadan", "*bayad", False),
        ("I cannot log in today", "log in", True),
        ("I cannot log\n in today", "log in", True),
        ("blog inside", "log in", False),
        ("Hindí pó gumagana", "hindi po", True),
        ("It isn't working", "isn't", True),
        ("", "refund", False),
        ("anything", "***", False),
    ],
)
def test_whole_words_and_phrases_are_found(text, wanted, found):
    assert Words(text).has([wanted]) is found


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Maraming salamat po!",
        "Thank you so much, it works now",
        "Thanks Bea!",
        "Ok salamat po sa tulong ninyo",
    ],
)
def test_a_message_that_only_thanks_is_known(text):
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "Thanks, but it still fails",
        "Thank you. Where is my refund?",
        "Salamat po pero hindi pa rin gumagana",
        "Thanks. One more thing: my invoice shows the wrong address and name",
        "It works now",
    ],
)
def test_whoever_says_more_than_thanks_is_heard(text):
    assert not only_thanks(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=5))
def test_no_text_and_no_list_breaks_the_search(text, wanted):
    Words(text).has(wanted)
    Words(text).found(wanted)
    only_thanks(text)


def test_a_pattern_that_would_explode_takes_no_time():
    begin = time.perf_counter()
    assert pattern(r"(a+)+$").search("a" * 20_000 + "b") is None
    assert pattern(r"(x+x+)+y").search("x" * 20_000) is None
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("written", ["(", "(?=x)", r"(a)\1", "[", "a" * 300])
def test_what_is_no_pattern_is_refused_in_words(written):
    with pytest.raises(ValueError, match="pattern"):
        pattern(written)
