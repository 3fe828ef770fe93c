"""Messages are read as they come in; what people and rules decided stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tugon.database.revision import remembering_decisions
from tugon.events.actors import Actor, ActorKind
from tugon.events.models import Event, FailedReaction
from tugon.lib.clock import now
from tugon.tickets.conditions import compile as compile_conditions
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import NewMessage, add_incoming, open_ticket, redact_message
from tugon.understanding import readings
from tugon.understanding.errors import UnknownAspect, ValueUnknown
from tugon.understanding.models import Area, TicketReading, Topic
from tugon.understanding.operations import correct, take_back
from tugon.understanding.starting import create_starting_topics

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def topics(db):
    create_starting_topics()
    return {row.key: row for row in Topic.objects.all()}


@pytest.fixture
def charged(ana) -> Ticket:
    return open_ticket(
        customer=ana,
        subject="Charged twice",
        message=NewMessage("I was charged twice for my subscription. I already cleared the cache. Error E-77.",
                           language="en"),
        by=ana.actor,
    )  # fmt: skip


def reading_of(ticket) -> TicketReading:
    return TicketReading.objects.get(ticket=ticket)


def test_a_ticket_is_read_as_it_opens(charged, topics):
    reading = reading_of(charged)
    assert reading.topic == topics["payment"]
    assert reading.decided_by["topic"] == "reader"
    assert reading.errors == ["e-77"]
    assert reading.tried == ["cleared-cache"]
    assert reading.evidence["topic"][0][0].lower() == "charged twice"
    assert readings.of(charged) == reading
    assert Event.objects.filter(name="MessageUnderstood", subject_id=charged.pk).exists()
    assert not FailedReaction.objects.exists()


def test_reading_costs_three_statements_of_its_own(ana):
    def write():
        open_ticket(customer=ana, subject="Again", message=NewMessage("Same again"), by=ana.actor)

    with remembering_decisions():
        write()
        with CaptureQueriesContext(connection) as asked:
            write()
    told = [one["sql"] for one in asked.captured_queries]
    own = [sql for sql in told if "understanding_ticketreading" in sql or "MessageUnderstood" in sql]
    assert len(own) <= 3
    assert not any("understanding_topic" in sql for sql in told)


def test_later_words_add_and_do_not_turn_the_topic(charged, ana, topics):
    add_incoming(
        charged, NewMessage("I also restarted my phone. This is ridiculous!"), by=ana.actor, customer=ana
    )
    reading = reading_of(charged)
    assert reading.topic == topics["payment"]
    assert reading.tried == ["cleared-cache", "restarted"]
    assert reading.mood < -0.25


def test_an_automatic_answer_says_nothing_of_its_writer(charged, ana):
    add_incoming(
        charged, NewMessage("This is ridiculous!", automatic="out-of-office"), by=ana.actor, customer=ana
    )
    assert reading_of(charged).mood > -0.25


def test_what_a_person_said_stays_whatever_is_read_later(charged, ana, ben, topics):
    correct(charged, by=ben.actor, aspect="topic", value=topics["safety"].pk)
    add_incoming(charged, NewMessage("Refund! Payment! Invoice!"), by=ana.actor, customer=ana)
    reading = reading_of(charged)
    assert reading.topic == topics["safety"]
    assert reading.decided_by["topic"] == "person"
    assert reading.topic_confidence == 1


def test_a_rule_corrects_the_words_and_never_a_person(charged, ben, topics):
    rule = Actor(ActorKind.RULE, 1, via="rule 3 v2")
    correct(charged, by=rule, aspect="topic", value=topics["technical"].pk)
    assert reading_of(charged).decided_by["topic"] == "rule"
    correct(charged, by=ben.actor, aspect="topic", value=topics["safety"].pk)
    correct(charged, by=rule, aspect="topic", value=topics["technical"].pk)
    assert reading_of(charged).topic == topics["safety"]


def test_a_correction_can_be_taken_back(charged, ben, topics):
    correct(charged, by=ben.actor, aspect="topic", value=topics["safety"].pk)
    take_back(charged, by=ben.actor, aspect="topic")
    reading = reading_of(charged)
    assert reading.topic == topics["payment"]
    assert reading.decided_by["topic"] == "reader"


@pytest.mark.parametrize(
    ("aspect", "value", "error"),
    [("topic", 999_999, ValueUnknown), ("mood", 9, ValueUnknown), ("weather", 1, UnknownAspect)],
)
def test_what_makes_no_sense_is_refused(charged, ben, aspect, value, error):
    with pytest.raises(error):
        correct(charged, by=ben.actor, aspect=aspect, value=value)


def test_a_redacted_message_leaves_no_words_behind(charged, lea):
    message = Message.objects.get(ticket=charged)
    redact_message(message, by=lea.actor, reason="Card number")
    reading = reading_of(charged)
    assert reading.errors == []
    assert "E-77" not in str(reading.evidence)


def test_no_mood_is_read_of_an_audience_that_wants_none(ana, members):
    members.reads_mood = False
    members.save()
    ticket = open_ticket(
        customer=ana, subject="x", message=NewMessage("This is ridiculous, unacceptable!"), by=ana.actor
    )
    reading = reading_of(ticket)
    assert reading.mood == 0
    assert "mood" not in reading.decided_by


def test_difficulty_that_repeats_is_counted_unless_the_audience_wants_none(ana, members, topics):
    def write():
        return open_ticket(
            customer=ana, subject="Refund", message=NewMessage("Refund my payment"), by=ana.actor
        )

    assert [reading_of(write()).repeats for _time in range(3)] == [1, 2, 3]
    members.guides_by_history = False
    members.save()
    assert reading_of(write()).repeats == 0


def test_an_open_case_of_the_same_person_is_noticed(ana, charged, person):
    again = open_ticket(
        customer=ana,
        subject="Double charge on my subscription",
        message=NewMessage("You charged my subscription twice, error E-77 again."),
        by=ana.actor,
    )
    assert reading_of(again).alike[0][0] == charged.pk
    other = open_ticket(
        customer=ana,
        subject="Subtitles",
        message=NewMessage("There are no captions in the film."),
        by=ana.actor,
    )
    assert reading_of(other).alike == []
    stranger = person("Mia Tan", "mia@mail.example")
    theirs = open_ticket(
        customer=stranger,
        subject="Charged twice",
        message=NewMessage("Charged twice, E-77"),
        by=stranger.actor,
    )
    assert reading_of(theirs).alike == []


def test_an_imported_ticket_starts_nothing(ana):
    ticket = open_ticket(
        customer=ana, subject="Refund", message=NewMessage("Refund"), by=ana.actor, is_silent=True
    )
    assert readings.of(ticket) is None


def test_conditions_ask_about_readings(charged, ana, topics):
    Area.objects.all()
    calm = open_ticket(customer=ana, subject="Hello", message=NewMessage("Hello there"), by=ana.actor)
    for leaf in (
        {"field": "topic", "is": "in", "value": ["payment"]},
        {"field": "topic", "is": "in", "value": [topics["payment"].name_in("fil")]},
        {"field": "topic_confidence", "is": "at_least", "value": 0.5},
        {"field": "errors", "is": "is_not_empty"},
        {"field": "errors", "is": "any_of", "value": ["E-77"]},
        {"field": "tried", "is": "any_of", "value": ["cleared-cache"]},
    ):
        found = Ticket.objects.filter(compile_conditions({"all": [leaf]}, agent=None, now=now()))
        assert list(found) == [charged], leaf
    unhappy = {"field": "mood", "is": "at_most", "value": "unhappy"}
    assert not Ticket.objects.filter(compile_conditions({"all": [unhappy]}, agent=None, now=now()))
    assert readings.of(calm).topic_id is None
