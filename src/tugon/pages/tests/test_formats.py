from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from tugon.pages import formats

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def saturday_morning():
    with (
        time_machine.travel(NOW, tick=False),
        translation.override("en"),
        timezone.override(ZoneInfo("Asia/Manila")),
    ):
        yield


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=-3), "3 minutes ago"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(days=-2), "2 days ago"),
        (timedelta(days=-40), "Oct 12, 2026"),
        (timedelta(hours=2), "in 2 hours"),
    ],
)
def test_a_moment_is_told_by_its_distance_and_past_a_month_by_its_date(delta, words):
    assert formats.ago_words(NOW + delta, now=NOW) == words


def test_the_exact_moment_is_there_on_hover_in_the_readers_zone():
    html = str(formats.ago(NOW - timedelta(minutes=3)))
    assert 'datetime="2026-11-21T09:57:00+00:00"' in html
    assert "Saturday, November 21, 2026" in html
    assert "5:57" in html


def test_dense_lists_tell_only_the_length():
    assert formats.ago_words(NOW - timedelta(minutes=3), now=NOW, short=True) == "3m"


def test_the_day_of_a_moment_is_the_readers_day():
    late = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
    assert formats.day(late) == "Nov 22, 2026"


def test_a_moment_without_a_zone_is_a_bug():
    with pytest.raises(ValueError, match="without a zone"):
        formats.day(datetime(2026, 11, 21))


def test_filipino_readers_read_filipino():
    with translation.override("fil"):
        assert formats.ago_words(NOW - timedelta(hours=3), now=NOW) == "3 oras ang nakalipas"
        assert formats.ago_words(NOW - timedelta(hours=4), now=NOW) == "4 na oras ang nakalipas"
        assert formats.duration(timedelta(hours=6, minutes=5)) == "6 na oras 5 minuto"
    assert formats.language_name("fil") == "Filipino"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (1_500_000, "1.5 MB"), (25_000_000, "25 MB")],
)
def test_sizes_are_counted_in_thousands(count, words):
    assert formats.bytes_size(count) == words


@pytest.mark.parametrize(
    ("length", "words", "short"),
    [
        (timedelta(seconds=20), "20 seconds", "20s"),
        (timedelta(minutes=65), "1 hour 5 minutes", "1h 5m"),
        (timedelta(days=1, minutes=3), "1 day", "1d"),
        (7500, "2 hours 5 minutes", "2h 5m"),
    ],
)
def test_a_length_of_time_has_at_most_two_units(length, words, short):
    assert formats.duration(length) == words
    assert formats.duration(length, short=True) == short


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria de la Cruz", "MC"),
        ("Li", "L"),
        ("åsa öberg", "ÅÖ"),
        ("studio@example.org", "S"),
        ("", "?"),
        ("42", "4"),
    ],
)
def test_initials_are_at_most_two_letters(name, letters):
    assert formats.initials(name) == letters


def test_plain_text_becomes_paragraphs_and_stays_harmless():
    assert (
        formats.linebreaks("one\ntwo\n\n<b>three</b>") == "<p>one<br>two</p><p>&lt;b&gt;three&lt;/b&gt;</p>"
    )


def test_the_words_of_a_query_are_marked_and_the_rest_escaped():
    assert formats.highlight("Refund & <b>", "refund") == "<mark>Refund</mark> &amp; &lt;b&gt;"
