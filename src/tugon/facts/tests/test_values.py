import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.demo.facts import FACTS
from tugon.facts.kinds import Kind
from tugon.facts.units import is_known
from tugon.facts.values import ValueRefused, read, written
from tugon.facts.wording import form


@pytest.mark.parametrize(
    ("kind", "unit", "typed", "en", "fil"),
    [
        ("duration", "day", "14", "14 days", "14 na araw"),
        ("duration", "hour", "24", "24 hours", "24 na oras"),
        ("duration", "day", "6 na araw", "6 days", "6 na araw"),
        ("duration", "business_day", "3–4 araw ng trabaho", "3–4 business days", "3–4 na araw ng trabaho"),
        ("number", "GB", "4", "4 GB", "4 GB"),
        ("duration", "day", "1", "1 day", "1 araw"),
        ("duration", "day", "2 weeks", "2 weeks", "2 linggo"),
        ("duration", "business_day", "5 - 10", "5–10 business days", "5–10 araw ng trabaho"),
        ("duration", "day", "3 working days", "3 business days", "3 araw ng trabaho"),
        ("money", "PHP", "₱1,000", "₱1,000", "₱1,000"),
        ("money", "PHP", "249.50", "₱249.50", "₱249.50"),
        ("money", "USD", "5–10", "$5–$10", "$5–$10"),
        ("percent", "", "12.5%", "12.5%", "12.5%"),
        ("number", "GB", "8", "8 GB", "8 GB"),
        ("number", "person", "10", "10 people", "10 tao"),
        ("number", "", "1250", "1,250", "1,250"),
        ("date", "", "2026-12-01", "December 1, 2026", "Disyembre 1, 2026"),
        ("phone", "", "+63 2 8555 0142", "+63 2 8555 0142", "+63 2 8555 0142"),
        ("text", "", " every  Friday ", "every Friday", "every Friday"),
        (
            "link",
            "",
            "https://sining.example/help",
            "https://sining.example/help",
            "https://sining.example/help",
        ),
        ("address", "", "1 Acacia St\nQuezon City", "1 Acacia St\nQuezon City", "1 Acacia St\nQuezon City"),
    ],
)
def test_what_a_person_types_is_said_in_both_languages(
    kind: str, unit: str, typed: str, en: str, fil: str
) -> None:
    value = read(Kind(kind), unit, typed)
    assert (form(Kind(kind), value, "en"), form(Kind(kind), value, "fil")) == (en, fil)


def test_a_language_without_own_words_takes_those_of_the_common_tables() -> None:
    value = read(Kind.DURATION, "day", "14")
    assert form(Kind.DURATION, value, "de") == "14 Tage"
    assert form(Kind.DURATION, value, "xx") == "14 days"


def test_opening_hours_are_said_with_their_place() -> None:
    value = read(Kind.HOURS, "Asia/Manila", "mon-fri 8:00-20:00; Saturday 09:00–13:00")
    assert value == {"hours": "Mon–Fri 08:00–20:00; Sat 09:00–13:00", "zone": "Asia/Manila"}
    assert form(Kind.HOURS, value, "en").startswith("Mon–Fri 8:00 AM – 8:00 PM; Sat")
    assert form(Kind.HOURS, value, "fil").startswith("Lun–Biy")


@pytest.mark.parametrize(
    ("kind", "unit", "typed"),
    [
        ("duration", "day", "soon"),
        ("duration", "day", "14 bananas"),
        ("duration", "day", "10–5"),
        ("duration", "day", ""),
        ("money", "PHP", "ten"),
        ("money", "PHP", "1.2.3"),
        ("number", "", "9" * 40),
        ("percent", "", "5000"),
        ("date", "", "1 Dec"),
        ("hours", "", "Mon 20:00–08:00"),
        ("hours", "", "Mon 08:00–12:00, 11:00–13:00"),
        ("hours", "Asia/Nowhere", "Mon 08:00–12:00"),
        ("phone", "", "8555 0142"),
        ("link", "", "javascript:alert(1)"),
        ("text", "", "x" * 501),
    ],
)
def test_what_cannot_be_a_value_is_refused_in_words(kind: str, unit: str, typed: str) -> None:
    with pytest.raises(ValueRefused) as refusal:
        read(Kind(kind), unit, typed)
    assert len(str(refusal.value)) > 10


@given(
    some.decimals(min_value=0, max_value=10**9, places=2),
    some.decimals(min_value=0, max_value=10**9, places=2),
)
def test_what_is_written_back_is_read_the_same(one: object, other: object) -> None:
    low, high = sorted((one, other))  # type: ignore[type-var]
    typed = f"{low}–{high}" if low != high else str(low)
    for kind, unit in ((Kind.MONEY, "PHP"), (Kind.NUMBER, "GB"), (Kind.DURATION, "business_day")):
        value = read(kind, unit, typed)
        assert read(kind, unit, written(kind, value)) == value


def test_every_fact_of_the_demo_is_understood() -> None:
    assert len(FACTS) == 25
    assert len({given.key for given in FACTS}) == 25
    for fact in FACTS:
        assert is_known(fact.kind, fact.unit)
        for typed in filter(None, (fact.value, fact.before)):
            assert form(Kind(fact.kind), read(Kind(fact.kind), fact.unit, typed), "fil")
