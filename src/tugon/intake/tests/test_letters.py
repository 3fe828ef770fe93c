"""A letter arrives, and what becomes of it."""

import pytest

from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import CustomField
from tugon.customers.operations import block
from tugon.events.actors import SYSTEM
from tugon.events.models import Event, FailedReaction
from tugon.intake.identity import INSTANCE_HEADER, instance
from tugon.intake.models import AutomaticMail, Received, SenderRule
from tugon.intake.operations import process_waiting, store
from tugon.tickets.models import Message, MessageKey, Participant, Ticket
from tugon.tickets.operations import NewMessage, reply

from .conftest import letter

pytestmark = pytest.mark.django_db
S = Received.State


def test_a_letter_becomes_a_ticket_of_its_sender(arrives, mailbox, ana):
    row = arrives(letter("It stays blank.", subject="Blank page", Cc="Dina <dina@mail.example>"))
    assert row.state == S.TICKETED
    assert not FailedReaction.objects.exists()
    ticket = row.ticket
    assert (ticket.subject, ticket.customer, ticket.team) == ("Blank page", ana, mailbox.channel.team)
    message = row.message
    assert message.body == "It stays blank."
    assert message.envelope["from"] == {"name": "Ana Santos", "address": "ana@mail.example"}
    assert MessageKey.objects.filter(message=message).exists()
    assert list(ticket.participants.values_list("address", "standing")) == [("dina@mail.example", "cc")]


def test_the_same_letter_by_two_routes_is_one(arrives, mailbox):
    raw = letter(message_id="<one@mail.example>")
    by_imap = b"Received: from elsewhere\r\nX-Spam-Score: 0\r\n" + raw.replace(b"\n", b"\r\n")
    first, second = arrives(raw), arrives(by_imap, via="imap")
    assert first.pk == second.pk
    assert Ticket.objects.count() == 1


def test_a_letter_without_message_id_is_still_one(arrives):
    raw = letter(message_id=None)
    arrives(raw)
    arrives(b"Received: by another way\n" + raw)
    assert Ticket.objects.count() == Received.objects.count() == 1


def test_two_letters_without_message_id_are_two(arrives):
    arrives(letter("First", message_id=None))
    arrives(letter("Second", message_id=None))
    assert Ticket.objects.count() == 2


def test_a_letter_to_two_of_our_mailboxes_is_one_ticket(arrives, mailbox):
    other = Channel.objects.create(kind="email", name="Billing")
    Mailbox.objects.create(channel=other, address="billing@company.example")
    raw = letter(to="help@company.example, billing@company.example")
    first, second = arrives(raw), arrives(b"Delivered-To: billing@company.example\n" + raw, channel=other)
    assert (first.state, second.state) == (S.TICKETED, S.IGNORED)
    assert second.ticket == first.ticket
    assert "Help" in second.reason
    assert not first.ticket.participants.exists()


def test_a_deleted_ticket_does_not_come_back(arrives):
    raw = letter()
    row = arrives(raw)
    row.ticket.delete()
    again = arrives(raw)
    assert again.pk == row.pk
    assert not Ticket.objects.exists()


def test_files_are_kept_with_their_content_ids(arrives):
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    raw = letter(files=(("shot.png", "image/png", png), ("notes.txt", "text/plain", b"hello")))
    names = list(arrives(raw).message.attachments.values_list("name", flat=True))
    assert sorted(names) == ["notes.txt", "shot.png"]


def test_quoted_words_are_folded_and_kept(arrives, ana):
    text = "It still fails.\n\nOn Fri, 20 Nov 2026, Help wrote:\n> Please restart.\n"
    message = arrives(letter(text)).message
    assert message.body == "It still fails."
    assert "Please restart" in message.full_text


def test_our_own_letter_coming_back_is_ignored(arrives):
    row = arrives(letter(**{INSTANCE_HEADER: instance()}))
    assert row.state == S.IGNORED
    assert not Ticket.objects.exists()


def test_another_installations_mark_is_not_ours(arrives):
    row = arrives(letter(**{INSTANCE_HEADER: "somebody-else"}))
    assert row.state == S.TICKETED


def test_a_letter_with_a_message_id_of_ours_is_ignored(arrives, ticket):
    ours = Message.objects.create(ticket=ticket, kind="outgoing", body="Hello", created_at=ticket.created_at)
    MessageKey.objects.create(message=ours, ticket=ticket, value="<ours@company.example>")
    assert arrives(letter(message_id="<ours@company.example>")).state == S.IGNORED


def test_mail_from_our_own_address_waits_for_a_decision(arrives):
    row = arrives(letter(sender="help+x@company.example"))
    assert row.state == S.QUARANTINED
    assert "help+x@company.example" in row.reason


def test_a_contact_form_that_writes_from_our_address_is_the_persons(arrives, mailbox):
    mailbox.reply_to_is_customer = True
    mailbox.save()
    row = arrives(letter(sender="Form <help@company.example>", Reply_To="Dina <dina@mail.example>"))
    assert row.state == S.TICKETED
    assert row.message.envelope["from"]["address"] == "dina@mail.example"
    assert row.message.envelope["via"]["address"] == "help@company.example"


def test_a_rewritten_sender_is_shown_beside_the_person(arrives):
    raw = letter(sender="'Dina' via Group <group@lists.example>", X_Original_From="Dina <dina@mail.example>")
    envelope = arrives(raw).message.envelope
    assert envelope["from"]["address"] == "dina@mail.example"
    assert envelope["via"]["address"] == "group@lists.example"


def test_a_forward_by_an_agent_is_the_original_senders_ticket(arrives, ben):
    text = (
        "Can you take this?\n\n---------- Forwarded message ---------\n"
        "From: Dina Cruz <dina@mail.example>\nDate: Fri, 20 Nov 2026 at 09:00\n"
        "Subject: Refund please\nTo: <ben@company.example>\n\nI was charged twice.\n"
    )
    row = arrives(letter(text, sender=f"Ben <{ben.email}>", subject="Fwd: Refund please"))
    assert row.ticket.customer.contact_points.get().value == "dina@mail.example"
    assert row.ticket.subject == "Refund please"
    assert "charged twice" in row.message.body
    assert row.message.envelope["forwarded_by"] == ben.email


def test_the_structure_of_the_form_fills_the_same_fields(arrives):
    CustomField.objects.create(on="ticket", key="order", names={"en": "Order"}, kind="number")
    text = (
        "Username: ana_s\nOrder number: 4711\nWhere is the problem: my side\nDescription: The page is blank."
    )
    ticket = arrives(letter(text)).ticket
    assert (ticket.side, ticket.fields, ticket.context["username"]) == ("mine", {"order": 4711}, "ana_s")


def test_an_answer_to_a_form_that_fits_no_field_is_kept_as_written(arrives):
    CustomField.objects.create(on="ticket", key="order", names={"en": "Order"}, kind="number")
    ticket = arrives(letter("Order number: about ten\nDescription: The page is blank.")).ticket
    assert ticket.fields == {}
    assert ticket.context["answers"] == {"order": "about ten"}


def test_an_imported_letter_keeps_its_date_and_nobody_is_told(arrives):
    row = arrives(letter(), via="imap", is_silent=True)
    assert row.ticket.created_at.isoformat() == "2026-11-20T01:00:00+00:00"
    assert not AutomaticMail.objects.exists()
    assert row.ticket.due_at is None


def test_a_blocked_person_is_kept_aside(arrives, ana):
    block(ana, by=SYSTEM)
    assert arrives(letter()).state == S.QUARANTINED


@pytest.mark.parametrize(
    ("pattern", "verdict", "state"),
    [
        ("@mail.example", "ignore", S.IGNORED),
        ("@example", "quarantine", S.TICKETED),
        ("ana@mail.example", "quarantine", S.QUARANTINED),
    ],
)
def test_sender_rules_decide(arrives, pattern, verdict, state):
    SenderRule.objects.create(pattern=pattern, verdict=verdict)
    assert arrives(letter()).state == state


def test_what_the_mail_server_calls_spam_is_kept_aside_unless_allowed(arrives):
    assert arrives(letter(X_Spam_Flag="YES")).state == S.QUARANTINED
    SenderRule.objects.create(pattern="@mail.example", verdict="allow")
    assert arrives(letter(X_Spam_Flag="YES")).state == S.TICKETED


def test_a_forged_sender_joins_nobodys_history(arrives, mailbox, ana):
    mailbox.trusted_authserv = "mx.company.example"
    mailbox.save()
    raw = letter(Authentication_Results="mx.company.example; dmarc=fail header.from=mail.example")
    row = arrives(raw)
    assert row.state == S.TICKETED
    assert row.ticket.customer != ana


def test_a_newsletter_becomes_a_ticket_that_nobody_acknowledges(arrives):
    row = arrives(letter(List_Id="<news.shop.example>", Precedence="bulk"))
    assert row.state == S.TICKETED
    assert row.message.automatic
    assert not AutomaticMail.objects.exists()


def test_an_automatic_answer_to_nothing_is_ignored(arrives):
    row = arrives(letter(subject="Out of office: away", Auto_Submitted="auto-replied"))
    assert row.state == S.IGNORED
    assert not Ticket.objects.exists()


def test_an_out_of_office_answer_is_kept_and_reopens_nothing(arrives, ticket, ben, facts):
    answer = reply(
        ticket, NewMessage(body="Try again", keys=["<out@company.example>"]), by=ben.actor, then="solved"
    )
    row = arrives(
        letter(
            "I am away",
            subject="Out of office",
            Auto_Submitted="auto-replied",
            In_Reply_To="<out@company.example>",
        )
    )
    ticket.refresh_from_db()
    assert (row.ticket, row.message.automatic, ticket.status) == (ticket, "out-of-office", "solved")
    assert answer.pk != row.message.pk
    assert "TicketReopened" not in facts(ticket)


def test_a_letter_waits_for_the_one_it_answers(mailbox):
    first = store(mailbox.channel, letter(message_id="<first@mail.example>"), via="imap")
    second = store(mailbox.channel, letter("And more", In_Reply_To="<first@mail.example>"), via="imap")
    from tugon.intake.operations import process

    assert process(second).state == S.STORED
    assert process_waiting() == 2
    first.refresh_from_db(), second.refresh_from_db()
    assert first.ticket == second.ticket


def test_letters_of_strangers_take_few_queries(mailbox, django_assert_max_num_queries):
    """Customer, ticket, message, acknowledgement, delivery, facts and words: seventeen each, and some for all."""
    letters = [letter(sender=f"p{number}@mail.example") for number in range(10)]
    with django_assert_max_num_queries(20):
        for raw in letters:
            store(mailbox.channel, raw, via="imap")
    with django_assert_max_num_queries(290):
        assert process_waiting() == 10


def test_a_letter_by_itself_takes_few_queries(mailbox, django_assert_max_num_queries):
    store(mailbox.channel, letter(), via="imap")
    with django_assert_max_num_queries(55):
        assert process_waiting(limit=1) == 1


def test_the_ledger_always_adds_up(arrives, mailbox):
    from tugon.intake.operations import counts

    arrives(letter())
    arrives(letter(**{INSTANCE_HEADER: instance()}))
    arrives(letter(X_Spam_Flag="YES"))
    store(mailbox.channel, letter(), via="imap")
    line = counts()[mailbox.channel_id]
    assert (line.ticketed, line.ignored, line.quarantined, line.waiting, line.received) == (1, 1, 1, 1, 4)


def test_people_in_copy_are_visible_on_the_timeline(arrives):
    ticket = arrives(letter(Cc="dina@mail.example, HELP+t.1.x@company.example, ana@mail.example")).ticket
    assert [one.address for one in ticket.participants.all()] == ["dina@mail.example"]
    assert Event.objects.named("ParticipantChanged").about("ticket", ticket.pk).count() == 1


def test_a_mailbox_in_blind_copy_still_makes_a_ticket(arrives):
    row = arrives(b"Delivered-To: help@company.example\n" + letter(to="dina@mail.example"))
    assert row.message.envelope["blind_copy"] is True
    assert Participant.objects.get().address == "dina@mail.example"
