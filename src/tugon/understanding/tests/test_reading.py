"""What is read from messages: English, Filipino and Taglish, each with the words it rests on."""

import time

import pytest

from tugon.understanding.reading import steps
from tugon.understanding.reading.finding import Finder, unusable
from tugon.understanding.reading.saying import Vocabulary, said
from tugon.understanding.reading.texts import MOST_LETTERS, Text
from tugon.understanding.starting import AREAS, TOPICS


def _finder(rows):
    return Finder(
        {row["key"]: [word for words in row["keywords"].values() for word in words] for row in rows}
    )


NAMES = Vocabulary(_finder(TOPICS), _finder(AREAS))


def read(body, subject="", **options):
    return said(subject, body, NAMES, **options)


@pytest.mark.parametrize(
    ("body", "topic"),
    [
        ("I was charged twice this month, please refund one payment.", "payment"),
        ("Na-charge po ako twice sa card ko, paki-refund naman po.", "payment"),
        ("Dalawang beses akong siningil, ibalik ninyo ang bayad ko.", "payment"),
        ("I cannot log in, my password is not accepted.", "account"),
        ("Hindi po ako maka-login sa account ko.", "account"),
        ("The app crashes and videos do not load.", "technical"),
        ("Hindi gumagana ang app, puro nag-e-error.", "technical"),
        ("Somebody impersonates me and harasses my friends.", "safety"),
    ],
)
def test_a_topic_is_told_by_its_words_in_every_language(body, topic):
    found = read(body)["topic"]
    assert found.value == topic
    assert found.confidence > 0.5
    assert found.spans


def test_a_topic_names_the_words_it_rests_on_and_where_they_stand():
    text = "Charged twice"
    found = said(text, "Please look.", NAMES)["topic"]
    assert [span.words for span in found.spans] == ["Charged twice"]
    assert f"{text}\nPlease look."[found.spans[0].start : found.spans[0].end] == "Charged twice"


def test_words_that_tell_nothing_give_no_topic():
    found = read("Good morning, I have something to ask.")["topic"]
    assert found.value is None
    assert found.confidence == 0


@pytest.mark.parametrize(
    ("body", "least", "most"),
    [
        ("My account was hacked and money is gone, please help immediately!", 0.7, 1),
        ("Kailangan ko na po ito ngayong araw, may exam ako.", 0.5, 1),
        ("No rush at all, but how do I change my picture?", 0, 0.1),
        ("Hindi naman urgent, tanong lang po.", 0, 0.15),
        ("How do I change my picture?", 0, 0.1),
        ("This is not urgent.", 0, 0.15),
    ],
)
def test_urgency_is_read_with_its_negation(body, least, most):
    assert least <= read(body).value("urgency") <= most


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("This is ridiculous, the third time I complain. Unacceptable!", -1),
        ("Nakakainis na, pangatlong beses na ito, walang sumasagot.", -1),
        ("I am so frustrated with your app.", -1),
        ("Thank you so much, you saved my day. Great support!", 1),
        ("Ang galing ninyo, maraming salamat po, gumana na!", 1),
        ("Hello, where do I find my invoice? Thanks.", 0),
        ("Magandang umaga po, paano po magpalit ng email? Salamat po.", 0),
        ("I am not angry, I only want to understand.", 0),
    ],
)
def test_mood_is_read_in_every_language(body, sign):
    mood = read(body).value("mood")
    assert (mood > 0.25) - (mood < -0.25) == sign


def test_the_mood_stays_unread_where_an_audience_wants_that():
    found = read("This is ridiculous and unacceptable!", reads_mood=False)["mood"]
    assert found.value == 0
    assert not found


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("It shows error code E-1042 when I pay.", ["e-1042"]),
        ("HTTP 503 again", ["503"]),
        ("It says “Your session could not be verified, access denied” and stops.",
         ["your session could not be verified, access denied"]),
        ("Lumalabas po: \"Hindi makakonekta, mali ang token\"", ["hindi makakonekta, mali ang token"]),
        ("Traceback: PaymentGatewayError at 0x80004005", ["paymentgatewayerror", "0x80004005"]),
        ("ERR_CONNECTION_RESET in Chrome", ["err_connection_reset"]),
        ("I paid PHP 500 for order 2024", []),
        ("My friend said \"what a lovely film\" yesterday.", []),
    ],
)  # fmt: skip
def test_error_strings_are_taken_out(body, errors):
    assert read(body).value("errors") == errors


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("I cleared the cache and restarted my phone.", ["cleared-cache", "restarted"]),
        (
            "I already tried to clear my cookies and tried another browser.",
            ["cleared-cache", "other-browser"],
        ),
        ("Nag-restart na po ako ng phone at nag-clear ng cache.", ["restarted", "cleared-cache"]),
        ("I signed out and in again, reinstalled the app.", ["signed-out", "reinstalled"]),
        ("Sinubukan ko na sa ibang device.", ["other-device"]),
        ("How do I clear the cache?", []),
        ("I have not restarted it yet.", []),
        ("Should I reinstall the app?", []),
    ],
)
def test_steps_already_tried_are_told_from_questions_about_them(body, keys):
    assert read(body).value("tried") == keys


def test_steps_nobody_foresaw_are_kept_in_the_customers_words():
    assert read("I tried turning the antenna around, no luck.").value("tried") == [
        "turning the antenna around"
    ]
    assert steps.name_of("turning the antenna around", "fil") == "turning the antenna around"
    assert steps.name_of("cleared-cache", "fil") == "nilinis ang cache"


@pytest.mark.parametrize(
    ("body", "affected"),
    [
        ("All my students cannot open it.", "many"),
        ("Nobody can log in since noon, it is down for everyone.", "everyone"),
        ("We are 30 students in this class.", "many"),
        ("Three of us see it, me and my colleagues.", "several"),
        ("Lahat ng estudyante ko hindi makapasok.", "many"),
        ("Ako lang po yata.", "one"),
        ("It does not open.", ""),
    ],
)
def test_the_number_of_people_affected_is_what_the_writer_states(body, affected):
    assert read(body).value("affected") == affected


def test_taglish_is_told_from_filipino():
    assert read("Hindi ko po ma-open ang app, nag-error ang payment ko sa website.").is_taglish
    pure = read("Hindi ko po mabuksan ang aking pahina mula pa kahapon ng hapon.")
    assert pure.value("language") == "fil"
    assert not pure.is_taglish


@pytest.mark.parametrize("word", ["*", "a*", "", "one two three four five six seven"])
def test_keywords_that_would_find_everything_or_nothing_are_refused(word):
    assert unusable(["refund*", word]) == word


HOSTILE = [
    "a", " ", "error ", '"', "I tried ", "A_", "!?", "\ufdfa", "error code ", "'aaaaaaaa", "E", "log out ", "refund ",
    "not urgent ", "İ", "charged twice not ", "1 students ", "\x00", "na-", "“", "0x", "all my students ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_malice_takes_no_longer_than_a_long_letter(piece):
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    read(text, text)
    assert time.process_time() - begun < 0.25


def test_a_long_letter_is_read_to_a_bound():
    assert len(Text.of("s" * 9_000, "b " * 500_000).whole) <= MOST_LETTERS + 400
