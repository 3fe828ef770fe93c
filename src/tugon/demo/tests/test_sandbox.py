"""The loop that is tried first: write in, read the acknowledgement, answer, read the answer, answer it."""

import smtplib
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from django.test import Client

from tugon.company import operations as company
from tugon.delivery.models import Outgoing
from tugon.delivery.sending import send_due
from tugon.delivery.tasks import keep_report
from tugon.demo.house import House
from tugon.demo.letters import Sheet, written
from tugon.demo.listening import end, listen
from tugon.demo.shown import page_of, shown
from tugon.demo.writing_in import Letter, NotAMailbox, SenderMissing, answer_to, write_in
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.intake.models import Received
from tugon.intake.operations import receive
from tugon.tickets.models import Attachment, Ticket
from tugon.tickets.operations import NewMessage, reply


@pytest.fixture
def agent(sining: House, client: Client) -> Client:
    client.force_login(sining.agents["bea"])
    return client


def newest() -> Outgoing:
    return Outgoing.objects.latest("pk")


def test_a_letter_written_in_is_acknowledged_answered_and_answered_again(agent: Client, sining: House):
    written_in = {"person": "Ana Santos <ana@mail.example>", "to": "support@sining.example", "subject": "No sound",
                  "text": "There is no sound since the update. Could you help me with it, please?"}  # fmt: skip
    assert agent.post("/demo/mail/write", written_in).status_code == 302
    ticket = Ticket.objects.get(subject="No sound")
    send_due()
    listed = agent.get("/demo/mail/").content.decode()
    assert "ana@mail.example" in listed
    assert f"[#{ticket.pk}]" in listed

    reply(
        ticket,
        NewMessage(body="Turn the switch on the side.", language="en"),
        by=sining.agents["bea"].actor,
        undo_seconds=0,
    )
    send_due()
    answer = newest()
    page = agent.get(f"/demo/mail/{answer.pk}/")
    assert page.status_code == 200
    assert b"sandbox=" in page.content
    body = agent.get(f"/demo/mail/{answer.pk}/body")
    assert "Turn the switch on the side." in body.content.decode()
    assert "default-src 'none'" in body.headers["Content-Security-Policy"]
    assert "sandbox" in body.headers["Content-Security-Policy"]

    form = agent.get(f"/demo/mail/write?answer={answer.pk}").content.decode()
    assert "ana@mail.example" in form
    filled = answer_to(answer)
    assert parseaddr(filled["to"])[1].startswith("support+t.")
    back = {"person": f"{filled['name']} <{filled['address']}>", "to": filled["to"], "subject": filled["subject"],
            "text": "That was it, thank you!" + filled["text"], "answers": answer.pk}  # fmt: skip
    assert agent.post("/demo/mail/write", back).status_code == 302
    assert Ticket.objects.filter(customer=ticket.customer).count() == 1
    last = ticket.messages.filter(kind="incoming").last()
    assert last is not None
    assert last.body == "That was it, thank you!"


def test_files_go_along(agent: Client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    picture = SimpleUploadedFile("note.txt", b"what I see", content_type="text/plain")
    data = {
        "person": "ana@mail.example",
        "to": "support@sining.example",
        "subject": "With a file",
        "text": "See the file.",
        "attached": picture,
    }
    agent.post("/demo/mail/write", data)
    names = Attachment.objects.filter(message__ticket__subject="With a file").values_list("name", flat=True)
    assert list(names) == ["note.txt"]


def test_a_letter_that_comes_back_becomes_work_on_its_ticket(agent: Client, sining: House):
    agent.post(
        "/demo/mail/write",
        {"person": "Nina <nina@mail.example>", "to": "support@sining.example", "text": "Hello?"},
    )
    ticket = Ticket.objects.latest("pk")
    reply(ticket, NewMessage(body="Yes?"), by=sining.agents["bea"].actor, undo_seconds=0)
    send_due()
    sent = Outgoing.objects.filter(message__ticket=ticket, message__automatic="").get()
    assert f"/demo/mail/{sent.pk}/return" in agent.get(f"/demo/mail/{sent.pk}/").content.decode()
    assert agent.post(f"/demo/mail/{sent.pk}/return").status_code == 302
    keep_report.func(event_id=Event.objects.named("BounceReceived").get().pk)  # as the worker does
    assert sent.deliveries.get().state == "bounced"
    assert "did not reach nina@mail.example" in ticket.messages.filter(kind="note").get().body


def test_a_wrong_address_is_told_and_nothing_is_lost(agent: Client):
    data = {"person": "nobody", "to": "support@sining.example", "subject": "x", "text": "My words stay."}
    answer = agent.post("/demo/mail/write", data)
    assert answer.status_code == 422
    assert "My words stay." in answer.content.decode()
    assert not Received.objects.exists()


def test_mail_for_others_is_refused(sining: House):
    with pytest.raises(NotAMailbox):
        write_in(Letter("Ana", "ana@mail.example", "someone@elsewhere.example", "Hi", "Hello"))
    with pytest.raises(SenderMissing):
        write_in(Letter("Ana", "ana", "support@sining.example", "Hi", "Hello"))
    assert not Received.objects.exists()


def test_without_the_demo_there_is_no_sandbox(agent: Client):
    company.decide("demo_loaded_at", value=None, by=SYSTEM)
    assert agent.get("/demo/mail/").status_code == 404


def test_strangers_are_asked_to_sign_in(sining: House, client: Client):
    assert client.get("/demo/mail/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_any_mail_program_may_write_to_the_demo(sining: House):
    server = listen(receive, port=20525)
    assert server is not None
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "ana@mail.example", "billing@sining.example", "By SMTP"
    letter.set_content("Sent by a mail program.")
    try:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as smtp:
            smtp.send_message(letter)
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                smtp.sendmail("ana@mail.example", ["a@elsewhere.example"], b"Subject: x\r\n\r\nx")
    finally:
        end(server)
    assert Received.objects.get(subject="By SMTP").channel == sining.channels["billing"]


def test_pictures_in_a_letter_are_shown_and_links_can_be_clicked():
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "x", "a@b.example", "c@d.example"
    letter.set_content("See https://sining.example/r/1 <b>.")
    letter.add_alternative('<p><img src="cid:one"></p>', subtype="html")
    letter.get_payload()[1].add_related(b"png", "image", "png", cid="<one>")
    found = shown(letter.as_bytes())
    assert "data:image/png;base64,cG5n" in found.html
    text = page_of(found, as_text=True)
    assert '<a href="https://sining.example/r/1"' in text
    assert "<b>" not in text


def test_names_that_are_not_ascii_are_written_as_mail_wants_them():
    sheet = Sheet(("Lucía Ferrer", "lucia@correo.example"), "a@b.example", "Aviso: señal", "Hola", "", "n1")
    raw = written(sheet)
    assert raw.isascii()
    assert b"=?utf-8?" in raw
