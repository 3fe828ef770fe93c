from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.customers.models import CustomField
from tugon.lib.clock import now
from tugon.tickets import operations
from tugon.tickets.conditions import (
    catalogue,
    compile,
    describe,
    matches,
    parse,
    phrases,
    resolve,
    snapshot,
    to_json,
)
from tugon.tickets.conditions.moments import moment
from tugon.tickets.conditions.naming import checked
from tugon.tickets.conditions.registering import PROVIDED
from tugon.tickets.errors import ConditionInvalid
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def fitting(conditions, agent=None):
    return list(Ticket.objects.filter(compile(conditions, agent=agent, now=now())).order_by("pk"))


def leaf(field, operator, value=None):
    return {"field": field, "is": operator} | ({} if value is None else {"value": value})


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([], "a group has the parts"),
        ({"some": []}, "“some” is not part of a condition"),
        ({"version": 2}, "another version"),
        ({"all": {}}, "“all” is a list of conditions"),
        ({"all": [leaf("moon", "in", ["x"])]}, "“All of these”, line 1: there is no field “moon”"),
        ({"any": [{}, leaf("status", "is", "new")]}, "Status: “is” must be one of: in, not_in"),
        ({"all": [leaf("status", "in", ["asleep"])]}, "Status: choose one of: new, open"),
        ({"all": [leaf("status", "in", [])]}, "choose at least one value"),
        (
            {"none": [{"all": [leaf("created_at", "older_than", "soon")]}]},
            "Created: give a time such as",
        ),
        ({"all": [leaf("created_at", "before", "tomorrow-ish")]}, "used: Created: give a day such as"),
        (
            {"none": [{"any": [leaf("moon", "in", ["x"])]}]},
            "“None of these”, line 1, “At least one of these”, line 1: there is no field",
        ),
        ({"all": [leaf("message_count", "at_least", "many")]}, "give a number"),
        ({"all": [leaf("message_count", "at_least", 1e300)]}, "smaller number"),
        ({"all": [leaf("is_spam", "is", "perhaps")]}, "answer true or false"),
        ({"all": [leaf("subject", "contains", "x" * 201)]}, "at most 200 letters"),
        ({"all": [leaf("subject", "contains", "a\0b")]}, "write some words"),
        ({"all": [{"field": "status", "is": "in", "value": ["new"], "and": 1}]}, "“and” is not part"),
        ({"all": [leaf("fields.a'b", "is", 1)]}, "there is no field"),
        ({"all": [leaf("tags", "any_of", [str(n) for n in range(201)])]}, "at most 200 values"),
        ({"all": [leaf("subject", "contains", "x")] * 101}, "more than 100 conditions"),
    ],
)
def test_a_wrong_condition_is_refused_naming_the_part(conditions, words):
    with pytest.raises(ConditionInvalid) as refusal:
        parse(conditions)
    assert words in str(refusal.value)


def test_groups_are_nested_five_deep_at_most():
    conditions = leaf("status", "in", ["new"])
    for _ in range(5):
        conditions = {"all": [conditions]}
    parse(conditions)
    with pytest.raises(ConditionInvalid, match="more than 5 deep"):
        parse({"all": [conditions]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["all", "any", "none", "field", "is", "value", "x"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_whatever_is_given_is_read_or_refused_in_words(document):
    try:
        tree = parse(document)
    except ConditionInvalid:
        return
    assert parse(to_json(tree)) == tree


def test_names_become_ids_and_unknown_names_are_refused(support, ben):
    conditions = {
        "all": [
            leaf("team", "in", ["SUPPORT", "none"]),
            leaf("assignee", "in", ["ben@company.example", "me"]),
        ]
    }
    kept = to_json(resolve(conditions))
    assert [one["value"] for one in kept["all"]] == [[support.pk, "none"], [ben.pk, "me"]]
    with pytest.raises(ConditionInvalid, match="Team: nothing is called “Moonshot”"):
        resolve({"all": [leaf("team", "in", ["Moonshot"])]})


def test_ids_cost_no_query(django_assert_num_queries, support):
    with django_assert_num_queries(0):
        compile(
            {"all": [leaf("team", "in", [support.pk]), leaf("priority", "at_least", "high")]},
            agent=None,
            now=now(),
        )


def test_custom_fields_are_asked_what_their_kind_answers(ticket, ben):
    CustomField.objects.create(on="ticket", key="amount", names={"en": "Amount"}, kind="number")
    operations.set_fields(ticket, values={"amount": "12"}, by=ben.actor)
    assert fitting({"all": [leaf("fields.amount", "at_least", 10)]}) == [ticket]
    assert fitting({"all": [leaf("fields.amount", "at_least", 13)]}) == []
    checked({"all": [leaf("fields.amount", "at_least", 10)]})
    with pytest.raises(ConditionInvalid, match="must be one of: is, at_least"):
        checked({"all": [leaf("fields.amount", "contains", "1")]})
    with pytest.raises(ConditionInvalid, match=r"no field “fields\.moon”"):
        checked({"all": [leaf("fields.moon", "is", 1)]})


def test_me_is_who_asks_and_nobody_without_an_agent(ticket, ben, lea):
    operations.assign(ticket, to=ben, by=lea.actor)
    mine = {"all": [leaf("assignee", "in", ["me"])]}
    assert (fitting(mine, ben), fitting(mine, lea), fitting(mine)) == ([ticket], [], [])


def test_days_begin_in_the_readers_zone():
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert moment("2026-11-21", now=noon, zone="Asia/Manila") == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert moment("today", now=noon + timedelta(hours=5), zone="Asia/Manila") == datetime(
        2026, 11, 21, 16, tzinfo=UTC
    )
    assert moment("2026-11-21", now=noon, zone="Moon/Crater") == datetime(2026, 11, 21, tzinfo=UTC)


def test_a_percent_sign_is_only_a_percent_sign(write_in):
    plain, sale = write_in("Plain"), write_in("100% off_sale")
    assert fitting({"all": [leaf("subject", "contains", "%")]}) == [sale]
    assert fitting({"all": [leaf("subject", "contains", "f_s")]}) == [sale]
    assert fitting({"all": [leaf("subject", "does_not_contain", "%")]}) == [plain]


def test_the_words_of_a_ticket_are_asked_of_the_search(ticket):
    assert fitting({"all": [leaf("text", "contains", "plays")]}) == [ticket]
    assert fitting({"all": [leaf("text", "does_not_contain", "plays")]}) == []
    assert matches({"all": [leaf("text", "contains", "PLAYS on")]}, snapshot(ticket), now())


def test_conditions_are_said_in_words(support, ben):
    CustomField.objects.create(
        on="ticket",
        key="size",
        names={"en": "Size"},
        kind="choice",
        choices=[{"key": "s", "names": {"en": "Small"}}],
    )
    conditions = {
        "all": [
            leaf("status", "in", ["new", "open"]),
            leaf("team", "in", [support.pk, 999999]),
            leaf("updated_at", "older_than", "2 days"),
            leaf("fields.size", "in", ["s"]),
            {"any": [leaf("assignee", "in", ["me"]), leaf("severity", "in", [4])]},
        ],
        "none": [leaf("tags", "is_empty"), leaf("is_spam", "is", True)],
    }
    assert phrases(conditions, "en") == [
        "Status is New or Open",
        "Team is Support or (no longer there)",
        "Last change is longer ago than 2 days",
        "Size is Small",
        "(Assignee is me or Severity is Critical)",
        "not: Tags is empty",
        "not: Spam",
    ]
    assert describe({}, "en") == "Every ticket"
    assert describe({"all": conditions["all"][:2]}, "en").startswith(
        "Status is New or Open, and Team is Support"
    )


def test_the_editor_is_offered_every_field_with_its_values(support, ben, django_assert_max_num_queries):
    CustomField.objects.create(on="ticket", key="size", names={"en": "Size"}, kind="number")
    added = sum(one.choices is not None for one in PROVIDED.values())
    with django_assert_max_num_queries(10 + added):
        offers = {offer.name: offer for offer in catalogue("en")}
    assert (support.pk, "Support") in offers["team"].choices
    assert ("my_teams", "my teams") in offers["team"].choices
    assert [one.name for one in offers["fields.size"].operators][:2] == ["is", "at_least"]
    assert {one.name: one.needs for one in offers["due_at"].operators}["within_next"] == "duration"
