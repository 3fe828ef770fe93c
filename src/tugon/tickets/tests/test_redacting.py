import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.events.models import Event
from tugon.files.operations import read, store
from tugon.lib.errors import NotAllowed
from tugon.tickets import operations
from tugon.tickets.errors import WordsNotFound
from tugon.tickets.models import Draft
from tugon.tickets.operations import NewFile, NewMessage, redacting
from tugon.tickets.operations.redacting import MARK

pytestmark = pytest.mark.django_db

SECRET = "4111 1111 1111 1111"


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def careless(write_in, ana):
    """Ana sent her card number, in every part of a letter."""
    row = write_in(f"Card {SECRET}")
    message = NewMessage(
        body=f"My card is {SECRET}.\nThanks",
        body_html=f"<p>My card is <b>4111 1111</b> 1111\n 1111.</p><a href='x?c={SECRET}'>x</a>",
        full_text="My card is 4111\n1111 1111 1111",
        full_html=f"<p>{SECRET}</p>",
        envelope={"subject": f"Card {SECRET}", "from": ["ana@mail.example"]},
    )
    operations.add_incoming(row, message, customer=ana, by=ana.actor)
    row.refresh_from_db()
    return row


def test_words_go_from_every_part_of_a_message(careless, lea, facts):
    message = careless.messages.last()
    operations.redact_message(message, words=SECRET, reason="card number", by=lea.actor)
    message.refresh_from_db(), careless.refresh_from_db()
    parts = [message.body, message.body_html, message.full_text, message.full_html, str(message.envelope)]
    assert not any("1111" in part for part in [*parts, careless.subject, careless.snippet])
    assert all(MARK in part for part in [*parts, careless.subject, careless.snippet])
    assert message.body == f"My card is {MARK}.\nThanks"
    assert message.redacted_at is not None
    assert facts(careless)[-1] == "MessageRedacted"
    assert Event.objects.latest("pk").data["reason"] == "card number"


def test_words_that_are_not_there_change_nothing(careless, lea, facts):
    message, before = careless.messages.last(), facts(careless)
    with pytest.raises(WordsNotFound):
        operations.redact_message(message, words="5555", by=lea.actor)
    message.refresh_from_db()
    assert (message.redacted_at, facts(careless)) == (None, before)


def test_quotes_of_the_words_go_too(careless, ben, lea):
    operations.reply(careless, NewMessage(body=f"> {SECRET}\nPlease never send that."), by=ben.actor)
    operations.save_draft(careless, agent=ben, kind="note", html=f"<p>{SECRET}</p>")
    assert operations.redact_words(careless, words=SECRET, by=lea.actor) == 2
    assert not careless.messages.filter(body__contains="1111").exists()
    assert Draft.objects.get(ticket=careless, agent=ben, kind="note").html == f"<p>{MARK}</p>"


def test_a_whole_message_goes_with_its_files(ticket, ana, lea, facts, django_capture_on_commit_callbacks):
    picture = store(b"passport" * 9, name="passport.txt")
    message = operations.add_incoming(
        ticket,
        NewMessage(
            body="My passport", body_html="<p>My passport</p>", files=[NewFile(picture, "my passport.txt")]
        ),
        customer=ana,
        by=ana.actor,
    )
    with django_capture_on_commit_callbacks(execute=True):
        operations.redact_message(message, by=lea.actor)
    message.refresh_from_db(), picture.refresh_from_db()
    assert (message.body, message.body_html, message.attachments.get().name) == (MARK, "", f"{MARK}.txt")
    assert picture.redacted_at is not None
    with pytest.raises(FileNotFoundError):
        read(picture)
    assert facts(ticket)[-2:] == ["AttachmentRedacted", "MessageRedacted"]


def test_bytes_stay_while_another_message_holds_them(ticket, ana, lea, django_capture_on_commit_callbacks):
    picture = store(b"logo" * 20, name="logo.txt")
    for _ in range(2):
        letter = NewMessage(body="See", files=[NewFile(picture, "logo.txt")])
        operations.add_incoming(ticket, letter, customer=ana, by=ana.actor)
    first, second = (message.attachments.get() for message in ticket.messages.all()[1:])
    with django_capture_on_commit_callbacks(execute=True):
        operations.redact_attachment(first, by=lea.actor)
    picture.refresh_from_db()
    assert picture.redacted_at is None
    with django_capture_on_commit_callbacks(execute=True):
        operations.redact_attachment(second, by=lea.actor)
    picture.refresh_from_db()
    assert picture.redacted_at is not None
    assert redacting.remove_unheld_files() == 0


def test_only_who_may_redacts(careless, ben):
    with pytest.raises(NotAllowed):
        operations.redact_message(careless.messages.last(), by=ben.actor)
    assert careless.messages.filter(body__contains=SECRET).exists()


@given(
    words=st.text("abc <&>\"'é", min_size=2, max_size=12).filter(lambda text: text.strip(" <&>\"'")),
    around=st.text("xyz <b>&;/p\n", max_size=30),
    cut=st.integers(0, 12),
)
def test_no_mark_up_hides_words_from_redaction(words, around, cut):
    from html import escape

    from tugon.lib.html import sanitise, to_text

    markup = sanitise(
        f"<p>{escape(around)} {escape(words[:cut])}<i>{escape(words[cut:])}</i> {escape(around)}</p>"
    )
    clean = redacting._clean_html(markup, words)
    assert not redacting._pattern(words).search(to_text(clean).replace(MARK, ""))
