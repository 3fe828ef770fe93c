from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.lib.opening import MIDNIGHT, HoursRefused, Week, read, write

STRETCH = some.tuples(some.integers(0, 719), some.integers(720, MIDNIGHT))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Mon–Fri 08:00–20:00; Sat 09:00–13:00", "Mon–Fri 08:00–20:00; Sat 09:00–13:00"),
        ("monday to friday 8:00-12:00, 13:00-17:00", "Mon–Fri 08:00–12:00, 13:00–17:00"),
        ("daily 00:00-24:00", "Mon–Sun 00:00–24:00"),
        ("Sat, Sun 10.00–18.00", "Sat–Sun 10:00–18:00"),
        ("every day all day", "Mon–Sun 00:00–24:00"),
        ("Fri-Mon 9:00-10:00", "Mon 09:00–10:00; Fri–Sun 09:00–10:00"),
    ],
)
def test_hours_are_understood_as_people_write_them(typed: str, written: str) -> None:
    assert write(read(typed), language="") == written


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sometimes",
        "Mon",
        "Mon 20:00–08:00",
        "Mon 08:00–25:00",
        "Mon 08:60–09:00",
        "Mon 8–9",
        "Mon 1:00–3:00, 2:00–4:00",
    ],
)
def test_what_is_not_understood_is_told(typed: str) -> None:
    with pytest.raises(HoursRefused):
        read(typed)


@given(some.lists(some.one_of(some.none(), STRETCH), min_size=7, max_size=7).filter(any))
def test_what_is_written_is_read_the_same(days: list[tuple[int, int] | None]) -> None:
    week = Week(tuple((day,) if day else () for day in days))
    assert read(write(week, language="")) == week


def test_it_says_when_it_closes_and_when_it_opens_again() -> None:
    week = read("Mon–Fri 08:00–20:00; Sat 09:00–24:00; Sun 00:00–02:00")
    friday = datetime(2026, 11, 20, 19, 0)
    assert week.is_open(friday)
    assert week.closes_at(friday) == datetime(2026, 11, 20, 20, 0)
    assert not week.is_open(datetime(2026, 11, 20, 20, 0))
    assert week.opens_at(datetime(2026, 11, 20, 20, 0)) == datetime(2026, 11, 21, 9, 0)
    assert week.closes_at(datetime(2026, 11, 21, 23, 0)) == datetime(2026, 11, 22, 2, 0)
    assert week.opens_at(datetime(2026, 11, 22, 3, 0)) == datetime(2026, 11, 23, 8, 0)


def test_what_is_always_open_never_closes() -> None:
    week = read("daily 00:00–24:00")
    assert week.closes_at(datetime(2026, 11, 20, 19, 0)) is None
    assert write(week, language="en") == "Mon–Sun 24 hours"
