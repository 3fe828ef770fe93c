"""What leaves the house names nobody, and comes back as it was."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tugon.assistant.masking import Masks, luhn, marks_in

SECRETS = [
    ("e-mail", "ana.santos@mail.example"),
    ("link", "https://kita.example/reset?token=abc"),
    ("phone", "0917 555 0101"),
    ("phone", "+63 (2) 8555-0101"),
    ("card", "4111 1111 1111 1111"),
    ("card", "5555-5555-5555-4444"),
    ("account", "DE89 3704 0044 0532 0130 00"),
    ("account", "GB29NWBK60161331926819"),
    ("machine", "203.0.113.77"),
    ("address", "12 Mabini St., Brgy. San Jose, Quezon City 1100"),
    ("secret", "sk_test_9fA3kQ77xTz0mB2c"),
    ("code", "839204"),
]


@pytest.mark.parametrize(("kind", "words"), SECRETS)
def test_what_points_at_a_person_is_hidden_by_its_kind(kind, words):
    masks = Masks()
    hidden = masks.hide(f"Please use {words} for it, thank you.")
    assert words not in hidden
    assert [mark[1] for mark in marks_in(hidden)] == [kind]
    assert masks.show(hidden) == f"Please use {words} for it, thank you."


@pytest.mark.parametrize(
    "words",
    [
        "I paid ₱1,499.00 on 2026-11-03 for ticket #1042.",
        "Error SG-1007 came up at 9:14, 15 times in 24 hours.",
        "Version 3.12.4 of the app, 1080p, 8 GB.",
        "On 3/11/2026 the code of conduct changed.",
    ],
)
def test_what_an_answer_needs_stays(words):
    assert Masks().hide(words) == words


def test_a_password_that_is_told_is_hidden_and_the_word_password_stays():
    hidden = Masks().hide("My password is Mango-tree7 and it fails.")
    assert hidden == "My password is ⟦secret 1⟧ and it fails."


def test_a_person_keeps_one_number_in_every_form_of_the_name():
    masks = Masks(people=["Ana Santos", "Ben Cruz"])
    hidden = masks.hide("Ana Santos wrote. ANA called; ana's page. Ben Cruz too.")
    assert hidden == "⟦person 1⟧ wrote. ⟦person 1b⟧ called; ⟦person 1c⟧'s page. ⟦person 2⟧ too."
    assert masks.show(hidden) == "Ana Santos wrote. ANA called; ana's page. Ben Cruz too."


def test_a_name_within_another_word_is_no_name():
    assert Masks(people=["Ana"]).hide("banana, Anastasia") == "banana, Anastasia"


def test_particles_of_a_name_stay_words():
    hidden = Masks(people=["Maria dela Cruz"]).hide("dela is a particle; Maria and Cruz are not.")
    assert hidden == "dela is a particle; ⟦person 1⟧ and ⟦person 1b⟧ are not."


def test_letters_that_are_put_together_differently_are_the_same_name():
    masks = Masks(people=["Jose\u0301 Niño"])
    assert "Jos" not in masks.hide("José Niño was here")


def test_the_same_words_get_the_same_mark_in_every_text_of_a_payload():
    masks = Masks()
    assert masks.hide("a@b.example") == masks.hide("a@b.example") == "⟦e-mail 1⟧"


def test_marks_that_somebody_typed_are_hidden_themselves():
    masks = Masks(people=["Ana"])
    hidden = masks.hide("⟦person 1⟧ is not Ana")
    assert hidden == "⟦sign 1⟧person 1⟦sign 2⟧ is not ⟦person 1⟧"
    assert masks.show(hidden) == "⟦person 1⟧ is not Ana"


def test_a_mark_survives_what_models_do_to_it():
    masks = Masks(people=["Ana"])
    masks.hide("Ana")
    assert masks.show("Dear ⟦ Person  1 ⟧,") == "Dear Ana,"


def test_a_mark_that_nobody_gave_stays_as_it_is():
    assert Masks().show("Dear ⟦person 9⟧") == "Dear ⟦person 9⟧"


def test_what_is_known_of_the_customer_counts_as_ours():
    masks = Masks(known=["+63 917 555 0101"])
    masks.hide("Call 0917 555 0101 or 0917 555 0999.")
    assert [mark.is_ours for mark in masks.marks.values()] == [True, False]


def test_what_the_house_wrote_too_is_ours():
    masks = Masks()
    masks.hide("https://help.example.com/a")
    masks.hide("See https://help.example.com/a", ours=True)
    assert masks.marks["⟦link 1⟧"].is_ours


words_of_people = st.text(alphabet=string.ascii_letters + "áéñç", min_size=3, max_size=12)
anything = st.text(max_size=200)
with_marks = st.lists(
    st.one_of(
        st.sampled_from([words for _kind, words in SECRETS]),
        st.sampled_from(
            ["⟦person 1⟧", "⟦", "⟧", " ", "\n", "Ana", "ANA SANTOS", "phone 1", "4111111111111111"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(anything, with_marks), st.lists(st.one_of(words_of_people, anything), max_size=4))
def test_hiding_and_showing_again_changes_nothing(text, people):
    masks = Masks(people=people)
    assert masks.show(masks.hide(text)) == text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([words for _kind, words in SECRETS]), min_size=1, max_size=5),
    words_of_people,
    words_of_people,
)
def test_no_known_secret_survives(secrets, first, last):
    people = [f"{first} {last}"]
    text = "; ".join(["Hello", f"{first} {last}", *secrets, first.upper(), "bye"])
    hidden = Masks(people=people).hide(text)
    stripped = "".join(hidden[end:start] for end, start in _between(hidden))
    for secret in [*secrets, f"{first} {last}"]:
        assert secret not in stripped


def _between(text):
    at = 0
    for mark in marks_in(text):
        yield at, mark.start()
        at = mark.end()
    yield at, len(text)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=10**12, max_value=10**18 - 1))
def test_every_card_number_with_a_good_check_digit_is_a_card(number):
    digits = next(f"{number}{last}" for last in range(10) if luhn(f"{number}{last}"))
    assert Masks().hide(f"card {digits}.") == "card ⟦card 1⟧."


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "1 " * 100_000, "a." * 100_000, "12 a " * 50_000, "@" * 100_000]
)
def test_long_and_strange_texts_take_no_time(text):
    import time

    begun = time.perf_counter()
    Masks(people=["Ana Santos"]).hide(text)
    assert time.perf_counter() - begun < 3
