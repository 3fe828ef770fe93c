import pytest
from django.core import mail

from tugon.channels.operations import mailbox_failed, mailbox_works
from tugon.notifications import operations
from tugon.notifications.mailing import mail_unread_to
from tugon.notifications.models import Notification
from tugon.tickets.operations import NewMessage, add_incoming, add_note, assign, open_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(ana, support):
    return open_ticket(
        customer=ana, subject="Cannot play", message=NewMessage(body="x"), by=ana.actor, team=support
    )


def kinds(agent):
    return [row.kind for row in Notification.objects.filter(agent=agent, shows=True).order_by("id")]


def test_who_is_given_a_ticket_is_told_and_who_takes_it_is_not(ticket, ben, lea):
    assign(ticket, to=ben, by=lea.actor)
    assert kinds(ben) == ["assigned"]
    assign(ticket, to=lea, by=lea.actor)
    assert kinds(lea) == []


def test_a_mention_is_told_once_though_the_mentioned_follows(ticket, ben, lea):
    add_note(ticket, NewMessage(body="@Lea"), by=ben.actor, mentions=[lea])
    assert kinds(lea) == ["mentioned"]
    add_note(ticket, NewMessage(body="more"), by=ben.actor)
    assert kinds(lea) == ["mentioned", "noted"]


def test_the_assignee_hears_of_the_customer_but_not_of_machines_and_imports(ticket, ana, ben, lea):
    assign(ticket, to=ben, by=lea.actor)
    add_incoming(ticket, NewMessage(body="x", automatic="out-of-office"), by=ana.actor, customer=ana)
    add_incoming(ticket, NewMessage(body="x"), by=ana.actor, customer=ana, is_silent=True)
    assert kinds(ben) == ["assigned"]
    add_incoming(ticket, NewMessage(body="x"), by=ana.actor, customer=ana)
    assert kinds(ben) == ["assigned", "customer_wrote"]


def test_what_an_agent_does_not_want_is_not_told(ticket, ben, lea):
    ben.preferences = {"notify": {"assigned": {"app": False, "email": False}}}
    ben.save()
    assign(ticket, to=ben, by=lea.actor)
    assert not Notification.objects.exists()


def test_one_letter_tells_all_that_was_not_read_and_only_once(ticket, ben, lea):
    assign(ticket, to=ben, by=lea.actor)
    add_note(ticket, NewMessage(body="@Ben"), by=lea.actor, mentions=[ben])
    assert mail_unread_to(ben.pk) == 2
    assert mail_unread_to(ben.pk) == 0
    letter = mail.outbox[0]
    assert letter.to == [ben.email]
    assert f"#{ticket.pk}" in letter.body
    assert f"/console/tickets/{ticket.pk}/" in letter.body


def test_what_was_read_in_time_is_not_mailed(ticket, ben, lea):
    assign(ticket, to=ben, by=lea.actor)
    assert operations.mark_read(ben, ticket_id=ticket.pk) == 1
    assert mail_unread_to(ben.pk) == 0
    assert mail.outbox == []


def test_who_sets_up_mailboxes_hears_that_one_fails_and_that_it_works_again(mailbox, ada, ben, client):
    mailbox_failed(mailbox, way="in", code="mail-refused", words="The password was refused.")
    mailbox_failed(mailbox, way="in", code="mail-refused", words="The password was refused.")
    mailbox_works(mailbox, way="in")
    assert kinds(ada) == ["mailbox_failed", "mailbox_works"]
    assert kinds(ben) == []
    client.force_login(ada)
    assert (
        '/administration/mailboxes">A mailbox does not work'
        in client.get("/console/notifications").content.decode()
    )


def test_a_subject_of_several_lines_is_one_line_of_the_letter(ticket, ben, lea):
    ticket.subject = "Cannot play\nBcc: everybody@mail.example"
    ticket.save(update_fields=["subject"])
    assign(ticket, to=ben, by=lea.actor)
    assert mail_unread_to(ben.pk) == 1
    assert mail.outbox[0].subject.endswith("Cannot play Bcc: everybody@mail.example")
    assert mail.outbox[0].recipients() == [ben.email]
