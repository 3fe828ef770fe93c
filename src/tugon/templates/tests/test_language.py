"""The template language: what is understood, and what is refused with its place."""

import time
from typing import Any

import pytest

from tugon.helpcenter.markup import Node, parse, to_html
from tugon.templates.language import Choice, Link, Values, compiled, evaluated
from tugon.templates.language.expressions import Asked, Broken, read, was_tried


def written(html: str, tried: tuple[str, ...] = (), **words: Any) -> str:
    program = compiled(html)
    assert program.problems == []
    values: dict[str, Any] = {name.replace("__", "."): value for name, value in words.items()}
    return to_html(evaluated(program, Values(values, tried=tried)).tree)


def holds(
    text: str, tried: tuple[str, ...] = (), facts: frozenset[str] = frozenset(), **words: object
) -> bool:
    values: dict[str, Any] = {name.replace("__", "."): value for name, value in words.items()}
    return read(text).holds(Asked(values, tried, facts))


def test_a_variable_becomes_its_value_and_is_escaped():
    assert (
        written("<p>Hi {{ customer.name }}</p>", customer__name="<b>M</b>")
        == "<p>Hi &lt;b&gt;M&lt;/b&gt;</p>"
    )


def test_a_variable_without_a_value_leaves_a_marked_gap():
    result = evaluated(compiled("<p>{{ a.b }} {{ a.b }}</p>"), Values({}, gap=lambda name: "[name?]"))
    assert to_html(result.tree) == "<p>[name?] [name?]</p>"
    assert result.missing == ["a.b"]


def test_a_condition_around_paragraphs_leaves_no_empty_ones():
    html = "<p>[[if plan is premium]]</p><p>Yes</p><p>[[else]]</p><p>No</p><p>[[end]]</p><p>End</p>"
    assert written(html, customer__plan=Choice("premium", "Premium")) == "<p>Yes</p><p>End</p>"
    assert written(html) == "<p>No</p><p>End</p>"


def test_a_condition_within_a_sentence_and_in_a_list():
    html = "<ul><li>[[if tried “clear the cache”]]You did this[[else]]Clear the cache[[end]]</li></ul>"
    assert written(html) == "<ul><li>Clear the cache</li></ul>"
    assert written(html, ("I already cleared my cache",)) == "<ul><li>You did this</li></ul>"


def test_a_list_item_that_says_nothing_is_left_out():
    html = '<ul><li>One</li><li>[[if not tried "restart"]]Restart[[end]]</li></ul>'
    assert written(html, ("restarting the app",)) == "<ul><li>One</li></ul>"


def test_else_if_takes_the_first_that_holds():
    html = "<p>[[if a is 1]]one[[else if a is 2]]two[[else]]more[[end]]</p>"
    assert [written(html, a=n) for n in (1, 2, 3)] == ["<p>one</p>", "<p>two</p>", "<p>more</p>"]


def test_links_stand_one_below_the_other_in_place_of_their_paragraph():
    assert (
        written("<p>{{ articles }}</p>", articles=[Link("https://a.example", "A"), Link("https://b.example")])
        == '<ul><li><a href="https://a.example">A</a></li><li><a href="https://b.example">https://b.example</a></li></ul>'
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("plan is premium", {"customer__plan": Choice("premium", "Premium")}, True),
        ("plan is basic, premium", {"customer__plan": Choice("premium", "Premium")}, True),
        ("plan is not basic", {"customer__plan": Choice("premium", "Premium")}, True),
        ("tags has refund", {"ticket__tags": ["refund", "vip"]}, True),
        ("tags has not refund", {"ticket__tags": ["vip"]}, True),
        ("ticket.subject has video", {"ticket__subject": "My videos stop"}, True),
        ("ticket.reopened above 1", {"ticket__reopened": 2}, True),
        ("ticket.reopened above 1", {"ticket__reopened": None}, False),
        ("customer.name is known", {"customer__name": ""}, False),
        ("customer.name is missing", {"customer__name": None}, True),
        ("plan is a or not (plan is b and side is mine)", {"customer__plan": "b", "ticket__side": "x"}, True),
        ("urgent", {"urgent": Choice("no", "No")}, False),
        ('customer.organisation is "Studio Luntian"', {"customer__organisation": "studio luntian"}, True),
    ],
)
def test_what_a_condition_asks(text: str, words: dict[str, Any], expected: bool):
    assert holds(text, **words) is expected


def test_a_fact_can_be_asked_for():
    assert holds("refund.window is known", facts=frozenset({"refund.window"}))
    assert not holds("refund.window is known")


@pytest.mark.parametrize(
    "text",
    ["", "plan is", "is premium", "plan is premium basic", "(plan is a", 'plan is "x', "a above b", "not"],
)
def test_what_is_no_question_is_refused_in_words(text: str):
    with pytest.raises(Broken) as refused:
        read(text)
    assert len(str(refused.value)) > 10


@pytest.mark.parametrize(
    ("html", "paragraph", "words"),
    [
        ("<p>A</p><p>[[if plan is x]] b</p>", 2, "its [[end]] is missing"),
        ("<p>A [[end]]</p>", 1, "no [[if …]] begins before"),
        ("<p>[[if plan is x]]<strong>a[[end]]</strong></p>", 1, "[[end]]"),
        ("<p>[[for x in y]]</p>", 1, "only [[if …]]"),
        ("<p>{{ import os }}</p>", 1, "no name of a variable"),
        ("<p>Hello {{ customer.name</p>", 1, "the closing }} is missing"),
        ("<p>[[if a]]x[[else]]y[[else]]z[[end]]</p>", 1, "after [[else]]"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(html: str, paragraph: int, words: str):
    problems = compiled(html).problems
    assert problems[0].paragraph == paragraph
    assert any(words in str(problem) for problem in problems)


def test_a_condition_may_not_begin_in_one_paragraph_and_end_in_the_next():
    problems = compiled("<p>One [[if plan is x]]</p><p>two [[end]]</p>").problems
    assert [problem.paragraph for problem in problems] == [1, 2]


def test_names_proved_by_a_condition_are_known_in_its_branch_only():
    program = compiled(
        "<p>[[if refund.window is known and plan is x]]{{ refund.window }}[[end]]{{ refund.window }}</p>"
    )
    assert [bool("refund.window" in proved) for _named, proved in program.named()] == [True, False]


def test_a_hostile_text_takes_no_longer_than_reading_it():
    begun = time.perf_counter()
    compiled("<p>" + "[[if plan is x]]" * 2_000 + "</p>")
    compiled("<p>" + "[[if " + "(" * 390 + "]]" + "{{" * 5_000 + "</p>")
    compiled("<div>" * 5_000 + "[[")
    assert time.perf_counter() - begun < 2


def test_a_text_that_is_too_long_is_refused_unread():
    assert "at most" in str(compiled("a" * 50_000).problems[0])


def test_steps_are_recognised_in_other_forms_of_the_words():
    assert was_tried("clear the cache", ["already clearing my caches", "x"])
    assert not was_tried("clear the cache", ["cleared my history"])
    assert not was_tried("", ["anything"])


def test_a_fact_becomes_its_own_tree():
    values = Values({}, fact=lambda key: parse("<a href='tel:1'>one</a>") if key == "help.phone" else None)
    assert (
        to_html(evaluated(compiled("<p>{{ help.phone }}</p>"), values).tree)
        == '<p><a href="tel:1">one</a></p>'
    )
    assert isinstance(evaluated(compiled("x"), values).tree, Node)
