"""What changed between two texts, word by word."""

import re

import pytest
from hypothesis import given, settings

from tugon.helpcenter.comparing import State, compare, compare_words
from tugon.helpcenter.markup import clean, text

from .test_markdown import DOCUMENTS


def lines(old, new):
    return [(line.state.value, line.kind, line.html) for line in compare(clean(old), clean(new)).lines]


def test_the_same_text_is_the_same():
    result = compare("<p>One</p><ul><li>a</li></ul>", "<p>One</p><ul><li>a</li></ul>")
    assert result.is_same
    assert (result.added, result.removed) == (0, 0)


def test_a_changed_word_is_shown_within_its_line():
    assert lines("<p>Wait 14 days.</p><p>Then write.</p>", "<p>Wait 30 days.</p><p>Then write.</p>") == [
        ("changed", "p", "Wait <del>14</del><ins>30</ins> days."),
        ("same", "p", "Then write."),
    ]


def test_a_new_address_of_a_link_and_a_new_mark_are_changes_too():
    old = '<p>See <a href="https://a.example/">this page</a> now</p>'
    new = '<p>See <a href="https://b.example/">this page</a> <strong>now</strong></p>'
    ((state, _kind, html),) = lines(old, new)
    assert state == "changed"
    assert '<span class="link" title="https://a.example/">this page</span>' in html
    assert '<span class="link" title="https://b.example/">this page</span>' in html
    assert "<a " not in html


def test_what_is_rewritten_altogether_is_taken_out_and_put_in():
    assert [one[:2] for one in lines("<p>Alpha beta gamma.</p>", "<h2>Other words</h2>")] == [
        ("removed", "p"),
        ("added", "h2"),
    ]


def test_items_cells_callouts_and_pictures_are_lines_of_their_own():
    body = (
        '<ul><li>One<ul><li>Inner</li></ul></li></ul><aside data-callout="tip"><p>Hint</p></aside>'
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>"
        '<figure><img src="/files/article/3/a.png" alt="Menu"><figcaption>Top</figcaption></figure>'
    )
    found = [(line.kind, line.depth, line.label) for line in compare("", clean(body)).lines]
    assert found == [
        ("li", 1, ""),
        ("li", 2, ""),
        ("p", 1, "tip"),
        ("th", 1, ""),
        ("td", 1, ""),
        ("p", 0, ""),
        ("figcaption", 0, ""),
    ]


def test_titles_are_compared_and_escaped():
    assert compare_words("A <b>", "A <i>") == "A &lt;<del>b</del><ins>i</ins>&gt;"


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_both_texts_can_be_read_back_from_the_lines(old, new):
    result = compare(old, new)
    for gone, kept, state, body in (("ins", "del", State.ADDED, old), ("del", "ins", State.REMOVED, new)):
        html = "".join(line.html for line in result.lines if line.state is not state)
        html = re.sub(rf"<{gone}>.*?</{gone}>", "", html, flags=re.S)
        words = re.sub(r"<[^>]*>|\s|\[[^\]]*files/article[^\]]*\]", "", html.replace(f"<{kept}>", ""))
        expected = compare(body, body).lines
        plain = re.sub(
            r"<[^>]*>|\s|\[[^\]]*files/article[^\]]*\]", "", "".join(line.html for line in expected)
        )
        assert words == plain


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_lines_hold_nothing_but_marks(body):
    tags = re.findall(r"<(/?[a-z]+)([^>]*)>", "".join(line.html for line in compare("", body).lines))
    assert {tag.strip("/") for tag, _rest in tags} <= {
        "strong", "em", "s", "u", "sub", "sup", "kbd", "code", "span", "br", "ins", "del",
    }  # fmt: skip
    assert text(body) is not None


@pytest.mark.parametrize("size", [2_000])
def test_a_long_text_rewritten_is_compared_in_time(size):
    import time

    began = time.monotonic()
    old = "".join(f"<p>Line {n} says something about the matter.</p>" for n in range(size))
    new = "".join(f"<p>Line {n} says other things about the matter {n * 7}.</p>" for n in range(size))
    compare(old, new)
    assert time.monotonic() - began < 20
