"""A department outside is asked by mail, and what it answers is seen by agents and by nobody else."""

import email
import email.policy
import io
from datetime import timedelta

import pytest

from tugon.delivery.models import Delivery, Outgoing
from tugon.delivery.sending import send_due
from tugon.escalation.addresses import inquiry_address
from tugon.escalation.clockwork import take_back_due
from tugon.escalation.errors import DepartmentArchived, InquiryEnded, QuestionMissing
from tugon.escalation.models import Inquiry, InquiryLetter, Standing
from tugon.escalation.operations import ask, confirm_answer, end_inquiry, redact_letter, write_again
from tugon.events.models import FailedReaction
from tugon.files import operations as files
from tugon.intake.models import Received
from tugon.intake.tests.conftest import arrives, letter
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.notifications.models import Notification
from tugon.tickets import operations
from tugon.tickets.models import Attachment, Message, MessageKey, Participant, Status, Ticket
from tugon.tickets.operations import NewMessage
from tugon.tickets.operations.opening import NewFile

__all__ = ["arrives"]
DESK = "Desk <desk@payments.example>"
SECRET = "The processor confirms risk score 97"


@pytest.fixture
def asked(by_mail, payments, ben):
    return ask(by_mail, payments, message=NewMessage(body="Was she charged twice?"), waits=True, by=ben.actor)


def sent():
    """The letters outside as they left, oldest first."""
    rows = Outgoing.objects.filter(message=None).order_by("pk")
    return [email.message_from_bytes(bytes(row.raw), policy=email.policy.default) for row in rows]


def body_of(mail):
    return mail.get_body(("plain",)).get_content()


def answer(inquiry, text=SECRET, *, sender=DESK, **fields):
    (first, *_more) = [one for one in inquiry.letters.all() if one.direction == "out"]
    fields.setdefault("In_Reply_To", first.letter_id)
    return letter(text, sender=sender, subject=fields.pop("subject", "Re: Charged twice"), **fields)


def status(ticket):
    return Ticket.objects.values_list("status", flat=True).get(pk=ticket.pk)


def test_a_question_leaves_in_a_thread_of_its_own_with_only_what_was_chosen(
    by_mail, payments, ben, ana, mailbox
):
    operations.add_note(by_mail, NewMessage(body="She is a friend of the boss"), by=ben.actor)
    other = operations.add_incoming(
        by_mail,
        NewMessage(body="My card ends in 4242.", keys=["<second@mail.example>"]),
        by=ana.actor,
        customer=ana,
    )
    ask(
        by_mail,
        payments,
        message=NewMessage(body="Was she charged twice?"),
        quotes=[other.pk],
        by=ben.actor,
    )
    (mail,) = sent()
    words = body_of(mail)
    assert mail["To"].addresses[0].addr_spec == "desk@payments.example"
    assert "Was she charged twice?" in words
    assert "My card ends in 4242." in words
    for hidden in (
        "charged twice for March",
        "friend of the boss",
        "first@mail.example",
        "second@mail.example",
    ):
        assert hidden not in mail.as_string()
    assert f"[#{by_mail.pk}]" not in mail["Subject"]
    assert not mail["In-Reply-To"]
    assert not FailedReaction.objects.exists()


def test_nothing_of_the_ticket_goes_along_unless_it_was_chosen(asked):
    words = body_of(sent()[0])
    assert "March" not in words
    assert "Ben" in str(sent()[0]["From"])


def test_files_go_along_only_when_chosen(by_mail, payments, ben):
    receipt, photo = (files.store(name.encode(), name=name) for name in ("receipt.txt", "photo.txt"))
    message = Message.objects.get(ticket=by_mail, kind="incoming")
    chosen = Attachment.objects.create(message=message, file=receipt, name="receipt.txt")
    Attachment.objects.create(message=message, file=photo, name="photo.txt")
    ask(by_mail, payments, message=NewMessage(body="See the receipt."), files=[chosen.pk], by=ben.actor)
    assert [part.get_filename() for part in sent()[0].iter_attachments()] == ["receipt.txt"]


def test_files_and_messages_of_other_tickets_cannot_be_sent(by_mail, write_in, payments, ben):
    other = Message.objects.get(ticket=write_in(body="Somebody else's secret"))
    row = ask(by_mail, payments, message=NewMessage(body="Look"), quotes=[other.pk], by=ben.actor)
    assert row.letters.get().quoted == []
    assert "secret" not in body_of(sent()[0])


def test_the_ticket_waits_on_hold_and_wakes_up_with_the_answer(asked, arrives, by_mail, ben, facts):
    assert status(by_mail) == Status.HOLD
    assert Standing.objects.get(ticket=by_mail).waits_outside
    line = arrives(answer(asked))
    assert (line.state, line.ticket) == ("ticketed", by_mail)
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert status(by_mail) == Status.OPEN
    assert not Standing.objects.get(ticket=by_mail).waits_outside
    assert "OutsideAnswered" in facts(by_mail)
    assert Notification.objects.filter(kind="outside_answered", agent=ben).count() == 1
    back = asked.letters.get(direction="back")
    assert (back.body, back.is_confirmed) == (SECRET, True)


@pytest.mark.parametrize("way", ["address", "id", "mark"])
def test_the_answer_is_found_by_address_id_or_mark(asked, arrives, mailbox, way):
    fields = {"In_Reply_To": "", "subject": "AW: your question"}
    if way == "address":
        fields["to"] = inquiry_address(mailbox.address, asked.pk)
    if way == "id":
        fields["References"] = asked.letters.get().letter_id
    if way == "mark":
        fields["subject"] = f"AW: Charged twice [#{asked.ticket_id}-Q{asked.pk}]"
    arrives(answer(asked, **fields))
    assert asked.letters.filter(direction="back", is_confirmed=True).count() == 1
    assert Ticket.objects.count() == 1


def test_an_answer_from_elsewhere_is_shown_as_unconfirmed_and_does_not_count(asked, arrives, by_mail, ben):
    arrives(answer(asked, sender="Eve <eve@stranger.example>"))
    back = asked.letters.get(direction="back")
    assert not back.is_confirmed
    assert status(by_mail) == Status.HOLD
    assert Notification.objects.filter(kind="outside_answered", agent=ben).exists()
    confirm_answer(back, by=ben.actor)
    asked.refresh_from_db()
    assert (asked.state, status(by_mail)) == ("answered", Status.OPEN)


def test_a_stranger_with_the_mark_alone_opens_a_ticket_of_their_own(asked, arrives):
    mark = f"Re: [#{asked.ticket_id}-Q{asked.pk}]"
    arrives(letter("Let me in", sender="Eve <eve@stranger.example>", subject=mark))
    assert asked.letters.filter(direction="back").count() == 0
    assert Ticket.objects.count() == 2


def test_a_forged_or_guessed_address_finds_nothing(asked, arrives, mailbox):
    wrong = inquiry_address(mailbox.address, asked.pk).replace(f"+q.{asked.pk}.", f"+q.{asked.pk + 1}.")
    arrives(letter("Hello", sender="Eve <eve@stranger.example>", to=wrong))
    assert not InquiryLetter.objects.filter(direction="back").exists()


def test_a_department_that_is_away_has_not_answered(asked, arrives, by_mail):
    arrives(answer(asked, "We are on holiday", Auto_Submitted="auto-replied"))
    assert asked.letters.get(direction="back").automatic
    assert status(by_mail) == Status.HOLD
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_same_answer_through_two_mailboxes_is_kept_once(asked, arrives, mailbox):
    from tugon.channels.models import Channel, Mailbox

    other = Channel.objects.create(kind="email", name="Billing")
    Mailbox.objects.create(channel=other, address="billing@company.example", outgoing="sandbox")
    raw = answer(asked, message_id="<once@payments.example>")
    arrives(raw)
    line = arrives(raw, channel=other)
    assert asked.letters.filter(direction="back").count() == 1
    assert line.state == "ignored"


def test_silence_wakes_the_ticket_after_the_departments_time(asked, by_mail, ben, facts):
    assert take_back_due() == 0
    Inquiry.objects.update(expected_at=now() - timedelta(minutes=1))
    assert take_back_due() == 1
    assert take_back_due() == 0
    assert status(by_mail) == Status.OPEN
    assert "OutsideOverdue" in facts(by_mail)
    assert Notification.objects.filter(kind="outside_overdue", agent=ben).exists()


def test_an_answer_that_comes_late_still_counts(asked, arrives, by_mail):
    Inquiry.objects.update(expected_at=now() - timedelta(minutes=1))
    take_back_due()
    arrives(answer(asked))
    asked.refresh_from_db()
    assert asked.state == "answered"


def test_of_two_departments_asked_the_ticket_waits_for_both(asked, by_mail, ben, arrives):
    from tugon.escalation.models import Department

    legal = Department.objects.create(names={"en": "Legal"}, address="legal@law.example")
    second = ask(by_mail, legal, message=NewMessage(body="May we?"), waits=True, by=ben.actor)
    arrives(answer(asked))
    assert status(by_mail) == Status.HOLD
    end_inquiry(second, by=ben.actor)
    assert status(by_mail) == Status.OPEN


def test_a_further_letter_continues_the_thread(asked, arrives, ben):
    arrives(answer(asked, message_id="<theirs@payments.example>"))
    write_again(asked, message=NewMessage(body="And in April?"), waits=True, by=ben.actor)
    last = sent()[-1]
    assert last["In-Reply-To"] == "<theirs@payments.example>"
    assert sent()[0]["Message-ID"] in last["References"]
    assert last["Subject"].startswith("Re: ")
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_what_ended_takes_no_further_letter_but_loses_no_answer(asked, ben, by_mail, arrives):
    end_inquiry(asked, by=ben.actor)
    assert status(by_mail) == Status.OPEN
    with pytest.raises(InquiryEnded):
        write_again(asked, message=NewMessage(body="Hello?"), by=ben.actor)
    arrives(answer(asked))
    assert asked.letters.filter(direction="back").exists()


def test_nobody_is_asked_nothing_and_nobody_without_permission_asks(by_mail, payments, ben, carl, billing):
    with pytest.raises(QuestionMissing):
        ask(by_mail, payments, message=NewMessage(body=" "), by=ben.actor)
    operations.transfer(by_mail, to=billing, by=ben.actor)
    with pytest.raises(NotAllowed):
        ask(by_mail, payments, message=NewMessage(body="Hm?"), by=carl.actor)
    payments.archived_at = now()
    with pytest.raises(DepartmentArchived):
        ask(by_mail, payments, message=NewMessage(body="Hm?"), by=ben.actor)
    assert not Inquiry.objects.exists()
    assert not Outgoing.objects.filter(message=None).exists()


def bounce(inquiry):
    quoted = inquiry.letters.get(direction="out").letter_id
    parts = "\r\n".join(
        [
            "From: MAILER-DAEMON@payments.example",
            "To: help@company.example",
            "Subject: Undelivered Mail Returned to Sender",
            "Message-ID: <bounce-1@payments.example>",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "No such user.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; payments.example",
            "",
            "Final-Recipient: rfc822; desk@payments.example",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 no such user",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: {quoted}",
            "",
            "--b--",
            "",
        ]
    )
    return parts.encode()


def test_a_letter_that_comes_back_is_told_to_who_asked_and_the_ticket_is_ours_again(
    asked, arrives, by_mail, ben
):
    send_due()
    line = arrives(bounce(asked))
    assert (line.state, line.ticket) == ("ticketed", by_mail)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "550 no such user" in asked.letters.get().trouble
    assert status(by_mail) == Status.OPEN
    assert Notification.objects.filter(kind="outside_failed", agent=ben).exists()
    assert Delivery.objects.get(purpose="outside").state == "bounced"


def test_without_a_mailbox_that_sends_who_asked_is_told(by_mail, payments, ben, mailbox):
    mailbox.outgoing = "none"
    mailbox.save()
    row = ask(by_mail, payments, message=NewMessage(body="Hm?"), waits=True, by=ben.actor)
    row.refresh_from_db()
    assert row.state == "failed"
    assert status(by_mail) != Status.HOLD


def test_a_letter_outside_can_be_sent_again_since_its_bytes_are_kept(asked, mailbox):
    send_due()
    assert Delivery.objects.get(purpose="outside").state == "sent"
    assert bytes(Outgoing.objects.get(message=None).raw)


def test_a_letter_that_cannot_be_understood_is_kept_whole(asked, arrives, monkeypatch):
    from tugon.escalation import answers

    def broken(*_args, **_more):
        raise ValueError("no")

    monkeypatch.setattr(answers, "receive_answer", broken)
    line = arrives(answer(asked))
    assert line.state == Received.State.QUARANTINED
    assert bytes(line.payload.content)


def test_removed_words_are_not_quoted_and_leave_the_kept_letter(by_mail, payments, ben, lea):
    message = Message.objects.get(ticket=by_mail, kind="incoming")
    ask(by_mail, payments, message=NewMessage(body="Look"), quotes=[message.pk], by=ben.actor)
    operations.redact_message(message, by=lea.actor)
    assert not bytes(Outgoing.objects.get(message=None).raw)


def test_a_letter_back_can_be_removed_for_good(asked, arrives, ben, lea):
    arrives(answer(asked, files=(("list.txt", "text/plain", b"names"),)))
    back = asked.letters.get(direction="back")
    with pytest.raises(NotAllowed):
        redact_letter(back, by=ben.actor)
    redact_letter(back, by=lea.actor)
    back.refresh_from_db()
    assert (back.body, back.files.count()) == ("", 0)


def test_questions_go_with_a_merged_ticket(asked, write_in, lea, arrives, by_mail):
    target = write_in("Same thing")
    operations.merge(by_mail, into=target, by=lea.actor)
    arrives(answer(asked))
    asked.refresh_from_db()
    assert (asked.ticket, asked.state) == (target, "answered")


def test_a_customer_in_the_departments_letter_takes_no_part(asked, arrives, by_mail):
    arrives(answer(asked, Cc="Ana <ana@mail.example>, Eve <eve@stranger.example>"))
    assert not Participant.objects.filter(ticket=by_mail).exists()


def test_an_answer_with_a_file_is_read_by_agents_only(asked, arrives, client, ben, ana):
    arrives(answer(asked, files=(("score.txt", "text/plain", b"97"),)))
    (file,) = asked.letters.get(direction="back").files.all()
    address = f"/files/inquiry/{file.pk}/{file.name}"
    assert client.get(address).status_code == 404
    client.force_login(ben)
    response = client.get(address)
    assert b"".join(response.streaming_content if response.streaming else [response.content]) == b"97"


class TestNothingLeaks:
    """Each way by which a customer could come to read what a department wrote, or what it was asked."""

    @pytest.fixture
    def answered(self, asked, arrives):
        arrives(answer(asked, files=(("score.txt", "text/plain", b"97"),)))
        return asked

    def test_it_is_no_message_of_the_ticket(self, answered, by_mail):
        assert not Message.objects.filter(body__contains="risk score").exists()
        assert not Message.objects.filter(body__contains="Was she charged").exists()
        assert not MessageKey.objects.filter(ticket=by_mail, value__contains="tugon.q").exists()
        assert not Attachment.objects.filter(name="score.txt").exists()

    def test_the_portal_shows_nothing_of_it(self, answered, by_mail, client):
        from tugon.intake.links import request_url

        response = client.get(request_url(by_mail), follow=True)
        page = response.content.decode()
        assert "I was charged twice for March." in page
        for words in ("risk score", "Was she charged", "Payments", "desk@", "score.txt"):
            assert words not in page

    def test_replies_quote_and_reference_nothing_of_it(self, answered, by_mail, ben):
        operations.reply(by_mail, NewMessage(body="You were not."), by=ben.actor, undo_seconds=0)
        send_due()
        raw = bytes(
            Outgoing.objects.exclude(message=None).get(message__kind="outgoing", message__automatic="").raw
        )
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert "risk score" not in body_of(mail)
        assert "tugon.q" not in str(mail["References"]) + str(mail["In-Reply-To"])
        assert [one.addr_spec for one in mail["To"].addresses] == ["ana@mail.example"]

    def test_search_does_not_find_it(self, answered, by_mail):
        from tugon.search.models import TicketEntry

        words = str(TicketEntry.objects.get(ticket=by_mail).words)
        assert "charg" in words
        for hidden in ("risk", "score", "payments", "desk"):
            assert hidden not in words

    def test_the_snippet_and_language_of_the_ticket_stay(self, answered, by_mail):
        ticket = Ticket.objects.get(pk=by_mail.pk)
        assert "risk score" not in ticket.snippet
        assert ticket.message_count == by_mail.messages.count()

    def test_notices_to_agents_carry_no_words_of_it(self, answered, ben):
        from django.core import mail

        from tugon.notifications.mailing import mail_unread_to

        mail_unread_to(ben.pk)
        raws = [bytes(row.raw).decode() for row in Outgoing.objects.filter(deliveries__purpose="notice")]
        assert not any("risk score" in raw for raw in [*raws, *(one.body for one in mail.outbox)])

    def test_facts_hold_no_words_of_it(self, answered, by_mail):
        from tugon.events.models import Event

        for event in Event.objects.about("ticket", by_mail.pk):
            assert "risk score" not in str(event.data)
            assert "desk@" not in str(event.data)

    def test_the_customer_is_not_known_as_the_department(self, answered):
        from tugon.customers.models import ContactPoint

        assert not ContactPoint.objects.filter(value="desk@payments.example").exists()


def test_a_pasted_picture_travels_with_the_letter(by_mail, payments, ben):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    file = files.store(picture.getvalue(), name="shot.png")
    message = NewMessage(
        body="See",
        body_html='<p>See <img src="cid:a@tugon"></p>',
        files=[NewFile(file, "shot.png", "a@tugon", True)],
    )
    ask(by_mail, payments, message=message, by=ben.actor)
    assert "image/png" in sent()[0].as_string()
