import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.priority.alarming import ordered, threat_in
from tugon.priority.deciding import table_of
from tugon.priority.models import Matrix
from tugon.priority.reckoning import Factors, Lift, Table, TableRefused, ThreatRule, assess
from tugon.priority.starting import THREAT_WORDS

THREATS = (ThreatRule(1, 2), ThreatRule(2, 4))


@some.composite
def tables(draw):
    """Any table that never falls: each cell at least what stands above and to its left."""
    cells = []
    for reach in range(4):
        row = []
        for severity in range(4):
            least = max([1, *(cells[-1][severity : severity + 1] if reach else []), *row[-1:]])
            row.append(draw(some.integers(least, 4)))
        cells.append(tuple(row))
    steps = some.integers(0, 3)
    first, second = sorted([(draw(steps), draw(some.integers(1, 4))) for _ in range(2)])
    threats = (
        ThreatRule(first[0], min(first[1], second[1])),
        ThreatRule(second[0], max(first[1], second[1])),
    )
    return Table(tuple(cells), threats)


lifts = some.lists(
    some.builds(
        Lift,
        key=some.sampled_from(["plan:1", "audience:2"]),
        names=some.just({"en": "Studio Pro"}),
        steps=some.integers(1, 3),
        at_most=some.integers(1, 4),
    ),
    max_size=3,
)
factors = some.builds(
    Factors, some.integers(1, 4), some.one_of(some.none(), some.integers(1, 4)), some.integers(0, 2)
)


@given(tables(), factors, factors, lifts)
def test_more_people_a_higher_severity_or_a_greater_threat_never_make_less(table, one, other, raises):
    said = table.unsaid_severity
    worse = Factors(
        max(one.reach, other.reach),
        max(one.severity or said, other.severity or said),
        max(one.threat, other.threat),
    )
    assert assess(worse, table, raises).priority >= assess(one, table, raises).priority


@given(tables(), factors, lifts)
def test_raises_never_lower_and_stop_at_their_limit(table, found, raises):
    plain, raised = assess(found, table).priority, assess(found, table, raises).priority
    assert plain <= raised <= max(plain, *(lift.at_most for lift in raises), 1)


@given(tables(), factors, lifts)
def test_the_steps_lead_to_the_priority(table, found, raises):
    outcome = assess(found, table, raises)
    assert outcome.steps[0].kind == "table"
    assert outcome.steps[-1].after == outcome.priority
    assert [one.after for one in outcome.steps] == sorted({one.after for one in outcome.steps})


@given(tables(), factors, lifts)
def test_the_order_of_the_raises_does_not_matter(table, found, raises):
    assert assess(found, table, raises).priority == assess(found, table, raises[::-1]).priority


def test_the_starting_table_makes_of_fourteen_people_and_a_major_problem_a_high_one():
    table = table_of(Matrix())
    assert table.reach_of(14) == 3
    assert assess(Factors(3, 3), table).priority == 3
    assert assess(Factors(), table).priority == 2


def test_a_table_that_falls_is_refused_and_names_the_cell():
    with pytest.raises(TableRefused) as refused:
        Table(((1, 2, 2, 3), (1, 1, 3, 3), (2, 3, 3, 4), (2, 3, 4, 4)), THREATS)
    assert (refused.value.reach, refused.value.severity, refused.value.below) == (2, 2, (1, 2))


def test_a_threat_is_read_from_whole_words_in_both_languages():
    words = ordered(THREAT_WORDS)
    assert threat_in("I think my account was HACKED last night", words) == (2, "hacked")
    assert threat_in("na-hack po yata ako", words)[0] == 2
    assert threat_in("There is data  loss", words) == (1, "data loss")
    assert threat_in("We went hackedout shopping", words) == (0, "")
    assert threat_in("", words) == (0, "")


@given(some.text(max_size=200), some.lists(some.text(max_size=20), max_size=5))
def test_any_words_of_an_administrator_are_only_words(text, phrases):
    threat_in(text, ordered({"en": {"1": phrases}}))
