# ruff: noqa: E501  letters stand as they are written
"""What the coach remarks on a draft, and what it leaves alone. The labelled set in bench/coach measures how well."""

import time

import pytest

from tugon.coaching.contexts import Against, Context, Kind, Mode
from tugon.coaching.drafts import Draft
from tugon.coaching.remarking import coach, required

GOOD = "Hi Ana,\n\nThe second charge was ours, and I am sorry. I gave it back today. Please tell me on Friday if your bank does not show it.\n\nBen"


def remarks(text, **known):
    known.setdefault("customer_name", "Ana Santos")
    return coach(Draft(text), Context(**known))


def checks(text, **known):
    return [one.check for one in remarks(text, **known)]


def one(check, text, **known):
    (found,) = [row for row in remarks(text, **known) if row.check == check]
    return found


def test_a_clear_and_kind_draft_gets_no_remark():
    assert checks(GOOD, customer_words="I was charged twice. Can you refund one?") == []


def test_an_empty_draft_gets_no_remark():
    assert checks("  \n ") == []


def test_the_question_that_is_not_answered_is_quoted():
    found = one(
        "unanswered_question",
        "Hi Ana,\n\nThank you for your message. Have a nice day.",
        stays_open=False,
        customer_words="My page is blank. How do I cancel my membership?",
    )
    assert found.asked == "How do I cancel my membership?"


def test_a_question_in_filipino_is_taken_up_in_english_words_or_not():
    asked = "Maibabalik po ba ang bayad ko?"
    assert "unanswered_question" not in checks(
        "Hi Ana, opo, ibinalik ko na po ngayong araw.", customer_words=asked
    )
    assert "unanswered_question" in checks("Hi Ana, salamat po sa pagsulat. Ingat po.", customer_words=asked)


def test_a_greeting_without_the_name_is_offered_with_it():
    found = one("missing_greeting", "Hello,\n\nPlease send the receipt.")
    assert (found.quote, found.rewrite) == ("Hello", "Hello Ana")


def test_no_greeting_is_an_insert_in_the_customers_language_and_only_at_the_first_answer():
    found = one("missing_greeting", "Pakipadala po ang resibo ninyo.", language="fil")
    assert found.insert.words == "Magandang araw po, Ana."
    assert "missing_greeting" not in checks("Please send the receipt.", is_first=False)


def test_another_persons_name_is_wrong_and_a_short_form_is_not():
    assert one("wrong_name", "Dear Mr. Wagner,\n\nPlease send the receipt.").rewrite == "Ana"
    assert "wrong_name" not in checks("Hi Alex, please send it.", customer_name="Alexander Cruz")
    assert "wrong_name" not in checks("Good day Ms. Santos, please send it.")


def test_an_answer_in_another_language_is_remarked_but_taglish_is_filipino():
    asked = "Hindi ko po ma-open ang account ko simula pa kahapon ng umaga."
    assert "wrong_language" in checks(
        "Hi Ana, please open the settings and choose the second entry. Tell me tomorrow if it works.",
        customer_words=asked,
    )
    assert "wrong_language" not in checks(
        "Hi Ana, paki-open po ang settings at i-check ang password ninyo. Sabihan po ako bukas.",
        customer_words=asked,
    )


@pytest.mark.parametrize(
    "gap", ["{{ customer.name }}", "[CUSTOMER NAME]", "{date}", "XXXX", "<insert link>", "%FIRSTNAME%"]
)
def test_gaps_are_found(gap):
    assert one("unfilled_variable", f"Hi Ana, see {gap} please.").quote == gap


def test_buttons_code_and_masked_cards_are_no_gaps():
    for words in ("[Save changes]", "`{id}`", "the card XXXX-4242", "the closing <body> tag", "[1]"):
        assert "unfilled_variable" not in checks(f"Hi Ana, see {words} please.")


def test_a_promise_without_a_day_is_no_next_step():
    found = one("no_next_step", "Hi Ana, we will look into it soon.", next_at="Tuesday, 24 November")
    assert found.insert.words == "I will write to you again by Tuesday, 24 November."
    assert "no_next_step" not in checks("Hi Ana, we will look into it soon.", stays_open=False)
    assert "no_next_step" not in checks("Hi Ana, susulat po ako bukas ng umaga.")


def test_a_long_sentence_is_offered_as_two():
    long = "We looked at the payment that came from your bank on the first day of the month, and we saw that it was taken a second time by mistake in the night after that."
    found = one("long_sentence", f"Hi Ana,\n\n{long}")
    assert found.quote == long
    assert found.rewrite.count(". ") == 1


def test_steps_in_running_text_are_offered_as_a_list():
    text = "Open Settings, choose Billing, press Change card, type the new number, and press Save."
    assert one("steps_not_listed", f"Hi Ana,\n\n{text}").rewrite.splitlines()[1] == "2. Choose Billing."


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("blame", "You should have read the terms."),
        ("blame", "Kasalanan po ninyo iyan."),
        ("dismissal", "There is nothing we can do."),
        ("dismissal", "Ganoon po talaga."),
        ("as_i_said", "As I already told you, the price is the same."),
        ("as_i_said", "Gaya ng sinabi ko, pareho ang presyo."),
        ("sarcasm", "Oh great, another screenshot."),
        ("sarcasm", "Edi wow."),
    ],
)  # fmt: skip
def test_tones_that_hurt_are_found_in_both_languages(check, words):
    assert check in checks(f"Hi Ana. {words} Please write by Friday.")


def test_what_only_sounds_alike_is_left_alone():
    for words in (
        "You should have received a letter.",
        "It is not your fault.",
        "If you did not read it, no matter.",
        "Gaya po ng sabi ninyo, tama ang presyo.",
        "Congratulations on your first sale!",
    ):
        found = set(checks(f"Hi Ana. {words} Please write by Friday."))
        assert not found & {"blame", "dismissal", "as_i_said", "sarcasm"}, words


def test_an_answer_in_other_words_answers():
    for asked, words in (
        ("Will my subscribers see the draft?", "Only you see it until you press Publish."),
        ("Can two run one page? What does it cost? Where do I set it?", "Up to five can, at no extra charge. It is under Settings."),
        ("Okay lang po ba kung bukas?", "Walang problema po, bukas pa ang folder hanggang Sabado."),
    ):  # fmt: skip
        assert "unanswered_question" not in checks(f"Hi Ana,\n\n{words}\n\nTess", customer_words=asked), asked


def test_of_two_questions_in_one_sentence_the_open_one_is_named():
    asked = "How much is it to Guam, and do I pay customs?"
    found = one("unanswered_question", "Hi Ana,\n\nIt is ₱900.\n\nTess", customer_words=asked)
    assert found.asked == "do I pay customs?"


def test_taking_out_as_i_said_leaves_a_sentence():
    text = "As I said, the price is the same."
    found = one("as_i_said", text, customer_name="", stays_open=False, is_first=False)
    assert text[: found.start] + found.rewrite + text[found.end :] == "The price is the same."


def test_frustration_wants_a_word_and_the_words_are_offered():
    said = "This is the fourth time I write. It is ridiculous."
    found = one("frustration_unacknowledged", "Hi Ana, please send the receipt.", customer_words=said)
    assert "sorry" in found.insert.words
    assert found.asked == said
    assert "frustration_unacknowledged" not in checks(
        "Hi Ana, I am sorry. Please send the receipt.", customer_words=said
    )


def test_the_mood_that_was_read_counts_where_no_word_says_it():
    assert "frustration_unacknowledged" in checks(
        "Hi Ana, please send it.", customer_words="It is gone again", mood=-0.8
    )


def test_a_done_step_is_not_asked_for_again_but_may_be_named():
    tried = ("restarted the router",)
    assert "already_tried" in checks("Hi Ana, please restart your router.", tried=tried)
    assert "already_tried" not in checks(
        "Hi Ana, thank you for restarting the router. Please send a photo.", tried=tried
    )
    assert "already_tried" in checks("Hi Ana, paki-restart po ang router.", tried=("ni-restart ang router",))


def test_dead_links_say_why():
    found = one(
        "dead_link", "Hi Ana, see https://help.example.com/gone please.", dead=lambda href: "archived"
    )
    assert found.quote == "https://help.example.com/gone"
    assert "archived" in found.why


def test_links_of_html_are_read_from_their_address():
    draft = Draft.of_html('<p>Hi Ana, see <a href="/en/help/articles/old/">this article</a> please.</p>')
    (found,) = [
        row
        for row in coach(
            draft, Context(customer_name="Ana", dead=lambda href: "gone" if "old" in href else "")
        )
        if row.check == "dead_link"
    ]
    assert found.quote == "this article"


def test_a_contradiction_of_a_fact_is_offered_with_the_value():
    def find(text, language):
        start = text.index("30 days")
        return [Against("30 days", start, start + 7, "14 days")]

    found = one("contradicts_fact", "Hi Ana, ask for a refund within 30 days please.", contradictions=find)
    assert (found.quote, found.rewrite) == ("30 days", "14 days")


def test_claims_want_a_source_only_where_one_is_demanded():
    text = "Hi Ana,\n\nWe erase deleted messages after 60 days. Please write by Friday."
    assert "no_source" not in checks(text)
    assert "no_source" in checks(text, needs_sources=True)
    assert "no_source" not in checks(
        text.replace("60 days", "60 days, see https://help.example.com/privacy"), needs_sources=True
    )


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("4111 1111 1111 1111", "Your card 4111 1111 1111 1111 was charged."),
        ("Mango2024!", "Your password is Mango2024!"),
        ("482913", "Ang one-time code po ninyo ay 482913."),
        ("DE89 3704 0044 0532 0130 00", "The account is DE89 3704 0044 0532 0130 00."),
        ("AKIAIOSFODNN7EXAMPLE", "Use AKIAIOSFODNN7EXAMPLE."),
    ],
)  # fmt: skip
def test_secrets_are_found_and_masked(secret, words):
    found = one("secret", f"Hi Ana. {words}")
    assert found.quote.rstrip("!") == secret.rstrip("!")
    assert secret not in found.rewrite


def test_numbers_and_words_about_passwords_are_no_secrets():
    for words in (
        "Request 4111-0000-1111.",
        "Your password is wrong.",
        "Press **Forgot password** please.",
        "The card ends in 4242.",
        "Error code 50012.",
    ):
        assert "secret" not in checks(f"Hi Ana. {words} Please write by Friday."), words


def test_a_word_of_the_trade_has_a_plain_one_unless_the_customer_used_it():
    text = "Hi Ana, the load balancer was restarted. Please try tomorrow."
    assert one("jargon", text).quote == "load balancer"
    assert "jargon" not in checks(text, customer_words="Is it your load balancer?")
    assert "jargon" not in checks(text, jargon={"en": {"widgetise": "show"}})


def test_forbidden_words_are_the_companys_own():
    assert (
        one("forbidden", "Hi Ana, no worries mate.", forbidden={"en": frozenset(["no worries"])}).quote
        == "no worries"
    )


def test_switched_off_checks_are_silent_and_required_ones_are_told():
    known = Context(
        customer_name="Ana", modes={"missing_greeting": Mode.OFF, "unfilled_variable": Mode.REQUIRED}
    )
    found = coach(Draft("Please send [NAME] by Friday."), known)
    assert [row.check for row in required(found, known)] == ["unfilled_variable"]
    assert "missing_greeting" not in {row.check for row in found}


def test_templates_and_articles_are_read_without_a_customer():
    text = "{{ customer.name }}, you failed to pay. Your API key is AKIAIOSFODNN7EXAMPLE."
    for kind in (Kind.TEMPLATE, Kind.ARTICLE):
        found = {row.check for row in coach(Draft(text), Context(kind=kind))}
        assert {"secret", "blame", "jargon"} <= found
        assert not found & {"unfilled_variable", "missing_greeting", "no_next_step"}


def test_the_places_of_quotes_are_right():
    text = "Hi Maria,\n\nAs I said, you failed to read. Your card 4111 1111 1111 1111 and [NAME]. The load balancer."
    for row in remarks(text):
        assert text[row.start : row.end] == row.quote


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["a", "!", "?", ".", "you ", "po ", "1", "1 ", "4111 ", "[", "{{", "<", "not ", ", and ", "password ", "open, ", "is \n", "http://a.b/", "DE89 ", "-", "What? ", "as we have already ", "\u0130"],
)  # fmt: skip
def test_hostile_text_takes_bounded_work(piece):
    """Counted in this process's own work, so that a busy machine changes nothing."""
    text = piece * (40_000 // len(piece))
    began = time.process_time()
    coach(
        Draft(text),
        Context(customer_name="Ana", customer_words=text, tried=("restarted it",), needs_sources=True),
    )
    assert time.process_time() - began < 10
