import pytest

from tugon.channels.models import Channel
from tugon.helpcenter.models import Visibility
from tugon.helpcenter.readers import Reader
from tugon.intake import acknowledging
from tugon.search.knowledge.suggesting import for_letter, suggest
from tugon.tickets.models import Message
from tugon.tickets.operations import NewMessage, open_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def refund(published):
    return published("Asking for a refund", body="<p>You get your money back within days.</p>")


def acknowledgement(customer, channel, subject="I want a refund"):
    ticket = open_ticket(
        customer=customer,
        subject=subject,
        message=NewMessage(
            body="Please, my money.",
            language="en",
            envelope={"from": {"address": "ana@mail.example"}, "may_answer": True},
        ),
        by=customer.actor,
        channel=channel,
    )
    return Message.objects.get(ticket=ticket, automatic="acknowledgement").body


def test_the_acknowledgement_of_a_mail_names_what_may_help(refund, ana, mailbox):
    words = acknowledgement(ana, mailbox.channel)
    assert "Perhaps this helps while you wait:" in words
    assert "• Asking for a refund\nhttp" in words
    assert "/en/help/articles/asking-for-a-refund/" in words


def test_a_letter_names_nothing_that_only_some_may_read(published, ana, mailbox, members):
    published("Refunds for members", around={"visibility": Visibility.AUDIENCES, "audiences": [members]})
    assert for_letter("refunds for members", "en") == []
    assert "Perhaps" not in acknowledgement(ana, mailbox.channel)


def test_who_wrote_a_form_saw_the_answers_already(refund, ana, mailbox):
    channel = Channel.objects.create(kind="form", name="Form", team=mailbox.channel.team)
    assert "Perhaps" not in acknowledgement(ana, channel)


def test_a_search_that_fails_does_not_hold_back_the_letter(ana, mailbox, monkeypatch):
    def broken(_text, _language):
        raise RuntimeError

    monkeypatch.setattr(acknowledging, "_provided", [broken])
    assert "We have received your request" in acknowledgement(ana, mailbox.channel)


def test_a_few_letters_are_no_reason_to_suggest(refund):
    assert suggest("refund", language="en", reader=Reader.anonymous()) == []
    assert suggest("a refund please", language="en", reader=Reader.anonymous(), limit=1)[0].key.startswith(
        "article:"
    )
