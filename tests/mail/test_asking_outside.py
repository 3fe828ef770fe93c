"""A department is asked on a real mail server, and its answer comes back beside the ticket, never onto it."""

import pytest
from tests.mail.conftest import signed_in
from tests.mail.test_the_loop import ANA, World, world, written

from tugon.accounts.models import Agent
from tugon.delivery.sending import send_due
from tugon.escalation.models import Department, Inquiry
from tugon.escalation.operations import ask, write_again
from tugon.tickets import operations
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.operations import NewMessage

__all__ = ["world"]
pytestmark = pytest.mark.django_db(transaction=True)
DESK = "desk@payments.test"


@pytest.fixture
def ticket(world: World) -> Ticket:
    with signed_in(world.dovecot, DESK) as client:
        client.select_folder("INBOX")
        client.delete_messages(client.search())
        client.expunge()
    first = written(
        "Charged twice", "Twice in March.\n\nAna", sender=f"Ana Cruz <{ANA}>", to=world.box.address
    )
    world.write(first, sender=ANA)
    world.work()
    return Ticket.objects.get()


@pytest.fixture
def payments() -> Department:
    return Department.objects.create(names={"en": "Payments"}, address=DESK)


def answer(letter, words, *, sender=f"Desk <{DESK}>", **headers):
    """As a mail program answers: to Reply-To where there is one, with the ids."""
    given = {"In_Reply_To": letter["Message-ID"], "References": letter["Message-ID"], **headers}
    to = str(letter["Reply-To"] or letter["From"])
    return written(f"Re: {letter['Subject']}", words, sender=sender, to=to, **given)


@pytest.mark.parametrize("has_tags", [True, False])
def test_a_department_is_asked_and_its_answer_wakes_the_ticket(
    world: World, ticket: Ticket, payments: Department, ben: Agent, has_tags: bool
) -> None:
    world.box.has_plus_addressing = has_tags
    world.box.save()
    ask(ticket, payments, message=NewMessage(body="Was she charged twice?"), waits=True, by=ben.actor)
    send_due()
    (letter,) = world.inbox(DESK)
    assert "Was she charged twice?" in letter.get_body(("plain",)).get_content()
    assert "Twice in March" not in letter.as_string()
    assert Ticket.objects.get().status == Status.HOLD

    world.write(answer(letter, "Yes. Risk score 97."), sender=DESK)
    world.work()
    inquiry = Inquiry.objects.get()
    back = inquiry.letters.get(direction="back")
    assert (inquiry.state, back.body, back.is_confirmed) == ("answered", "Yes. Risk score 97.", True)
    assert Ticket.objects.get().status == Status.OPEN
    assert not Message.objects.filter(body__contains="Risk score").exists()

    write_again(inquiry, message=NewMessage(body="Please refund one."), by=ben.actor)
    send_due()
    again = world.inbox(DESK)[-1]
    assert again["In-Reply-To"] == back.letter_id
    world.write(answer(again, "Done."), sender=DESK)
    world.work()
    assert [one.body for one in inquiry.letters.filter(direction="back")] == ["Yes. Risk score 97.", "Done."]

    operations.reply(ticket, NewMessage(body="One payment is refunded."), by=ben.actor, undo_seconds=0)
    send_due()
    told = world.inbox(ANA)[-1]
    assert "One payment is refunded." in told.as_string()
    for letter_to_ana in world.inbox(ANA):
        assert "Risk score" not in letter_to_ana.as_string()
        assert "tugon.q" not in letter_to_ana.as_string()


def test_a_customer_to_whom_the_department_passed_our_letter_answers_beside_the_ticket_unconfirmed(
    world: World, ticket: Ticket, payments: Department, ben: Agent
) -> None:
    ask(ticket, payments, message=NewMessage(body="Was she charged twice?"), waits=True, by=ben.actor)
    send_due()
    (letter,) = world.inbox(DESK)
    world.write(answer(letter, "I see what you wrote!", sender=f"Ana <{ANA}>"), sender=ANA)
    world.work()
    assert not Inquiry.objects.get().letters.get(direction="back").is_confirmed
    assert Ticket.objects.get().status == Status.HOLD


def test_a_department_that_does_not_exist_is_told_to_the_agent(
    world: World, ticket: Ticket, payments: Department, ben: Agent
) -> None:
    world.smtp.answers[DESK] = "550 5.1.1 no such user"
    ask(ticket, payments, message=NewMessage(body="Was she charged twice?"), waits=True, by=ben.actor)
    send_due()
    inquiry = Inquiry.objects.get()
    assert inquiry.state == "failed"
    assert inquiry.letters.get().trouble
    assert Ticket.objects.get().status == Status.OPEN
