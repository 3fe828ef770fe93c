import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.search.knowledge.marking import excerpt, marked
from tugon.search.knowledge.phrases import codes_in, is_slip, near_forms, normal, slips


@pytest.mark.parametrize("written", ["E-204", "e 204", "E204", "Ｅ－２０４", "  e_204! "])
def test_a_code_is_the_same_however_it_is_written(written):
    assert normal(written) == "e204"


def test_codes_of_a_text_are_recognised_and_words_in_capitals_are_not():
    assert codes_in("Error SG-1007, HTTP 403 or MEDIA_ERR_DECODE. DO NOT RESET. PHP 500") == [
        "sg1007", "http403", "media err decode", "php500",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [("refnud", "refund", True), ("refun", "refund", True), ("refunds", "refund", True), ("pasword", "password", True),
     ("authentificator", "authenticator", True), ("cat", "cut", False), ("refund", "refund", False),
     ("sg1007", "sg1008", False), ("payout", "layout", True), ("member", "number", False)],
)  # fmt: skip
def test_a_slip_is_one_letter_or_two_in_a_long_word(typed, word, expected):
    assert is_slip(typed, word) is expected


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_words_one_slip_apart_share_a_form(one, other):
    if slips(one, other) <= 1:
        assert set(near_forms(one)) & set(near_forms(other))


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_what_is_marked_is_always_safe_and_whole(text, words):
    html = marked(text, words)
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert plain.count("&lt;") == text.count("<")
    excerpt(text, words)


def test_an_excerpt_shows_where_most_words_stand():
    text = "refund " + "nothing here at all " * 40 + "The refund takes ten days. " + "nothing more " * 40
    assert excerpt(text, ["refund", "days"]).count("<mark>") == 2
    assert excerpt(text, ["refund", "days"]).startswith("… ")
    assert excerpt("Long ago", ["zebra"], or_else="In short") == "In short"


def test_an_excerpt_keeps_the_cells_of_a_table_apart():
    assert excerpt("Fees\n\nPlan\tFee\nMember\t249\nStudio\t9 %", ["member"]).endswith(
        "<mark>Member</mark> · 249; Studio · 9 %"
    )
