"""From a solved ticket to the beginning of an article, without what is the customer's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.helpcenter.drafting import Resolution, from_resolution, without_personal
from tugon.helpcenter.markup import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ana.santos+x@mail.example today", "Write to [e-mail address] today"),
        ("Call +63 917 123 4567 or (02) 8123-4567", "Call [phone number] or [phone number]"),
        ("Card 4111 1111 1111 1111 was charged", "Card [card number] was charged"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [account number]."),
        ("Order no. PH-20931 is late", "Order no. [number] is late"),
        ("From 203.0.113.7 she", "From [network address] she"),
        ("Open https://shop.example/reset?token=abc", "Open [link]"),
        ("Dear Ms. Santos, Ana's account", "Dear [name], [name] account"),
        ("@anasantos wrote", "[name] wrote"),
        ("On 2026-11-21 and 21/11/2026 it failed", "On 2026-11-21 and 21/11/2026 it failed"),
        ("Error 1042: wait 15 minutes", "Error 1042: wait 15 minutes"),
        ("Banana stays", "Banana stays"),
        ("Keep version 3.11.2", "Keep version 3.11.2"),
    ],
)
def test_what_is_personal_goes_and_the_rest_stays(text, expected):
    assert without_personal(text, names=["Ana Santos", "anasantos"]) == expected


def test_a_resolution_becomes_a_guide_with_steps():
    beginning = from_resolution(
        Resolution(
            title="Ana Santos cannot play videos",
            symptom="Hi there,\nSince this morning no video plays for ana@mail.example.",
            cause="An old version of the app.",
            done="1. Open the store\n2. Update <the app>\n\n- Start it again",
            prevention="Turn on automatic updates.",
            error="ERR_PLAYBACK_7",
        ),
        names=["Ana Santos"],
    )
    assert beginning.title == "[name] cannot play videos"
    assert (beginning.kind, beginning.exact_phrases) == ("guide", ("ERR_PLAYBACK_7",))
    assert beginning.body == (
        "<p>Since this morning no video plays for [e-mail address].</p>"
        "<h2>Why it happens</h2><p>An old version of the app.</p>"
        "<h2>What to do</h2><ol><li>Open the store</li><li>Update &lt;the app&gt;</li><li>Start it again</li></ol>"
        "<h2>So that it does not happen again</h2><p>Turn on automatic updates.</p>"
    )
    assert beginning.removed == 2


def test_the_address_by_which_a_customer_follows_a_request_goes():
    private = "https://help.acme.example/r/1200-sp54euk2zyix3nqenpebqqo5/"
    assert without_personal(f"See {private} now") == "See [link] now"
    public = "https://help.acme.example/en/help/articles/use-2-devices-at-once-with-one-membership/"
    assert without_personal(f"See {public} now") == f"See {public} now"


def test_a_greeting_is_no_step():
    beginning = from_resolution(Resolution(title="T", done="Hello Ana,\nOpen the store.\nUpdate the app."))
    assert "<ol><li>Open the store.</li><li>Update the app.</li></ol>" in beginning.body


def test_one_thing_done_is_a_sentence():
    beginning = from_resolution(Resolution(title="T", done="We reset it."))
    assert (beginning.kind, beginning.body) == ("article", "<h2>What to do</h2><p>We reset it.</p>")


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_words_are_survived(text, names):
    beginning = from_resolution(Resolution(title=text, symptom=text, done=text), names=names)
    assert clean(beginning.body) == beginning.body


@given(
    st.from_regex(r"[a-z]{1,10}(\.[a-z]{1,5})?@[a-z]{2,8}\.(com|ph|example)", fullmatch=True),
    st.text(max_size=30),
)
def test_no_mail_address_survives(address, around):
    assert address not in without_personal(f"{around} {address} {around}")
