from hypothesis import given
from hypothesis import strategies as st

from tugon.search.excerpts import fold
from tugon.search.questions import as_conditions, understand


def test_words_quotes_and_minus_are_kept_for_the_database():
    question = understand('refund "blank page" -paypal')
    assert question.text == 'refund "blank page" -paypal'
    assert question.words == ("refund", "blank page")


def test_a_known_name_before_a_colon_is_a_filter():
    question = understand("refund status:open -tag:vip from:ana@example.ph")
    assert question.text == "refund"
    assert question.filters == (
        ("status", "open", False),
        ("tags", "vip", True),
        ("from", "ana@example.ph", False),
    )
    assert as_conditions(question)["none"] == [{"field": "tags", "is": "any_of", "value": ["vip"]}]


def test_an_unknown_name_before_a_colon_is_words():
    assert understand("error:4012").text == "error:4012"


def test_a_name_that_is_no_field_is_told_and_what_subjects_and_addresses_begin_with_is_not():
    assert understand("colour:red -Size:xl colour:blue status:open").unknown == ("colour", "size")
    for typed in ("Re:invoice", "https://example.org/a", "note: see below", "12:30", "refund"):
        assert understand(typed).unknown == ()


def test_a_number_is_a_ticket_and_a_word():
    assert understand("1042").numbers == (1042,)
    assert understand("1042").text == "1042"
    assert understand("#1042").text == ""


def test_folding_keeps_positions():
    assert fold("Ñandú São") == "nandu sao"


@given(st.text(max_size=600))
def test_whatever_is_typed_is_understood(typed):
    question = understand(typed)
    assert isinstance(question.text, str)
    assert len(fold(typed)) == len(typed)
