"""A template put into an answer, and what becomes of it."""

from datetime import timedelta

import pytest

from tugon.accounts.models import Agent
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.facts import operations as facts
from tugon.facts.kinds import Kind
from tugon.feedback.operations import rate
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.templates import operations
from tugon.templates.distance import change
from tugon.templates.models import Template, Translation, Use
from tugon.tickets import operations as tickets
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starters")]


@pytest.fixture
def details(db: None) -> Template:
    return Template.objects.get(key="need-details")


def send(ticket: Ticket, ben: Agent, body: str, **how: object):
    return tickets.reply(ticket, NewMessage(body=body), by=ben.actor, **how)  # type: ignore[arg-type]


def test_what_is_sent_as_it_was_filled_counts_as_used_without_edits(
    ticket: Ticket, ben: Agent, details: Template
):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    message = send(ticket, ben, put.filled.text)
    use = Use.objects.get()
    assert (use.message, use.edit_share, use.language) == (message, 0.0, put.filled.language)
    assert Event.objects.filter(name="TemplateUsed").count() == 1


def test_words_around_the_template_are_no_edits_of_it(ticket: Ticket, ben: Agent, details: Template):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    send(ticket, ben, f"Good that you wrote.\n\n{put.filled.text}\n\nHave a good day, Ben")
    assert Use.objects.get().edit_share == 0.0


def test_what_was_deleted_before_sending_was_not_used(ticket: Ticket, ben: Agent, details: Template):
    operations.insert(details, by=ben.actor, ticket=ticket)
    send(ticket, ben, "Something else altogether, quite short.")
    assert not Use.objects.exists()
    assert not Event.objects.filter(name="TemplateUsed").exists()


def test_a_reply_that_is_taken_back_takes_its_use_back(ticket: Ticket, ben: Agent, details: Template):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    message = send(ticket, ben, put.filled.text)
    tickets.withdraw(message, by=ben.actor)
    use = Use.objects.get()
    assert (use.sent_at, use.message, use.edit_share) == (None, None, None)
    assert Event.objects.filter(name="TemplateUseWithdrawn").count() == 1
    send(ticket, ben, put.filled.text)
    assert Use.objects.get().sent_at is not None


def test_the_outcome_follows_the_ticket(ticket: Ticket, ben: Agent, details: Template):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    send(ticket, ben, put.filled.text)
    tickets.solve(ticket, by=ben.actor)
    assert Use.objects.get().solved_at is not None
    tickets.add_incoming(
        ticket, NewMessage(body="Not yet"), by=ticket.customer.actor, customer=ticket.customer
    )
    assert Use.objects.get().reopened_at is not None


def test_a_rating_is_kept_with_what_was_used(ticket: Ticket, ben: Agent, details: Template):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    send(ticket, ben, put.filled.text)
    tickets.solve(ticket, by=ben.actor)
    rate(ticket, score=5, by=ticket.customer.actor)
    assert Use.objects.get().score == 5


def test_who_may_not_see_a_template_cannot_put_it_in(
    ticket: Ticket, ben: Agent, lea: Agent, details: Template
):
    Template.objects.update(visibility="own", owner=lea)
    details.refresh_from_db()
    with pytest.raises(NotAllowed):
        operations.insert(details, by=ben.actor, ticket=ticket)
    assert not Use.objects.exists()


def test_filled_words_are_forgotten_when_the_answer_is_out_of_reach(
    ticket: Ticket, ben: Agent, details: Template
):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    send(ticket, ben, put.filled.text)
    Use.objects.update(sent_at=now() - timedelta(days=2))
    operations.forget_texts()
    assert Use.objects.get().text == ""


def test_a_fact_that_changes_marks_the_templates_that_show_it(ticket: Ticket):
    fact = facts.create(key="refund.window", kind=Kind.DURATION, unit="day", by=SYSTEM)
    facts.give_value(fact, typed="14", by=SYSTEM)
    assert Template.objects.get(key="refund-explained").facts_changed_at is not None
    assert Template.objects.get(key="receipt").facts_changed_at is None


@pytest.mark.parametrize(
    ("filled", "sent", "edited"),
    [
        ("a b c d", "a b c d", 0.0),
        ("a b c d", "a x c d", 0.25),
        ("a b c d", "x y z", 1.0),
        ("a b c d", "Hi there a b c d bye", 0.0),
        ("a b c d", "a b", 0.5),
        ("", "x", 0.0),
    ],
)
def test_how_much_was_edited(filled: str, sent: str, edited: float):
    assert change(filled, sent).edited == pytest.approx(edited)


def test_long_answers_are_compared_in_time():
    import time

    begun = time.perf_counter()
    change("one two three " * 5_000, "two three four " * 5_000)
    assert time.perf_counter() - begun < 2


def test_starting_rows_are_made_once():
    from tugon.templates.starting import create_starting_rows

    count = Translation.objects.count()
    create_starting_rows()
    assert Translation.objects.count() == count
