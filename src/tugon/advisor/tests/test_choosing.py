"""Which route is advised. Pure."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tugon.advisor.choosing import Effort, Question, RouteNow, RuleNow, Urgency, advise

HELP = RouteNow("help")
PHONE = RouteNow("phone", languages=frozenset({"en"}), wait=timedelta(minutes=5))
FORM = RouteNow("form", wait=timedelta(hours=8))
RULES = [
    RuleNow("help", 20, 1, efforts=frozenset({Effort.QUICK})),
    RuleNow("phone", 40, 2, urgencies=frozenset({Urgency.NOW})),
    RuleNow("form", 25, 3, efforts=frozenset({Effort.DEEP})),
    RuleNow("form", 5, 4),
]


def asked(urgency: Urgency = Urgency.DAYS, effort: Effort = Effort.SOME, **more: str) -> Question:
    return Question(more.pop("topic", ""), urgency, effort, **more)


def best(question: Question, *routes: RouteNow) -> list[str]:
    return [choice.route.key for choice in advise(question, routes or (HELP, PHONE, FORM), RULES)]


def test_a_quick_question_is_read_and_a_deep_one_is_written():
    assert best(asked(effort=Effort.QUICK))[0] == "help"
    assert best(asked(effort=Effort.DEEP))[0] == "form"
    assert best(asked(Urgency.NOW, Effort.DEEP))[0] == "phone"


def test_a_closed_route_is_not_advised_to_who_cannot_wait():
    closed = advise(asked(Urgency.NOW), [RouteNow("phone", is_open=False)], RULES)[0]
    assert closed.is_closed
    assert best(asked(Urgency.NOW), RouteNow("phone", is_open=False), RouteNow("help"))[0] == "help"


def test_an_answer_that_comes_too_late_speaks_against_a_route():
    slow = advise(asked(Urgency.NOW), [FORM], RULES)[0]
    in_time = advise(asked(Urgency.DAYS), [FORM], RULES)[0]
    assert (slow.is_slow, in_time.is_slow) == (True, False)
    assert slow.points < in_time.points


def test_routes_for_others_and_about_other_things_are_left_out():
    studios = RouteNow("desk", audiences=frozenset({"studios"}))
    billing = RouteNow("billing", topics=frozenset({"payment"}))
    assert best(asked(audience="members"), studios, HELP) == ["help"]
    assert set(best(asked(audience=""), studios, HELP)) == {"desk", "help"}
    assert best(asked(topic="account"), billing, HELP) == ["help"]


def test_a_route_in_another_language_comes_later_and_is_marked():
    found = advise(asked(language="fil"), [PHONE, HELP], [])
    assert [choice.route.key for choice in found] == ["help", "phone"]
    assert found[1].speaks_another


def test_the_rules_that_spoke_for_it_are_named_the_strongest_first():
    found = advise(asked(effort=Effort.DEEP), [FORM], RULES)[0]
    assert found.rules == (3, 4)


routes = st.lists(
    st.builds(
        RouteNow,
        key=st.sampled_from("abcdef"),
        is_open=st.booleans(),
        wait=st.none() | st.timedeltas(timedelta(0), timedelta(days=30)),
    ),
    unique_by=lambda route: route.key,
)
rules = st.lists(
    st.builds(RuleNow, route=st.sampled_from("abcdef"), points=st.integers(-100, 100), key=st.integers(0, 9))
)


@given(st.sampled_from(Urgency), st.sampled_from(Effort), routes, rules)
def test_nobody_is_lost_and_equal_routes_keep_the_companys_order(urgency, effort, some_routes, some_rules):
    found = advise(Question("", urgency, effort), some_routes, some_rules)
    assert sorted(choice.route.key for choice in found) == sorted(route.key for route in some_routes)
    assert [choice.points for choice in found] == sorted((choice.points for choice in found), reverse=True)
    order = [route.key for route in some_routes]
    for one, other in pairwise(found):
        if one.points == other.points:
            assert order.index(one.route.key) < order.index(other.route.key)
