"""What was read stands on the ticket, is corrected with a press, and leads to the same case and to others with it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tugon.events.models import FailedReaction
from tugon.tickets.models import Ticket, TicketLink
from tugon.tickets.operations import NewMessage, open_ticket
from tugon.understanding import readings
from tugon.understanding.models import TicketReading, Topic
from tugon.understanding.operations import correct
from tugon.understanding.starting import create_starting_topics

pytestmark = pytest.mark.django_db

BODY = "I was charged twice for my subscription. I already cleared the cache and tried another browser. Error E-77."


@pytest.fixture(autouse=True)
def topics(db):
    create_starting_topics()
    return {row.key: row for row in Topic.objects.all()}


def written(customer, subject="Charged twice", body=BODY, **options) -> Ticket:
    return open_ticket(
        customer=customer,
        subject=subject,
        message=NewMessage(body, language="en"),
        by=customer.actor,
        **options,
    )


@pytest.fixture
def charged(ana, support) -> Ticket:
    return written(ana, team=support)


def page(client, ticket) -> str:
    return client.get(f"/console/tickets/{ticket.pk}/").content.decode()


@pytest.fixture
def at_work(client, lea):
    client.force_login(lea)
    return client


def test_chips_say_what_was_read_how_surely_and_why(at_work, charged):
    shown = page(at_work, charged)
    assert "A payment, a charge, a refund" in shown
    assert re.search(r"\b[5-9]\d%", shown)
    assert "“Charged twice”" in shown
    assert "E-77" in shown
    assert not FailedReaction.objects.exists()


def test_what_was_tried_stands_above_the_composer(at_work, charged):
    assert "Ana already tried:" in page(at_work, charged)
    assert "cleared the cache, another browser" in page(at_work, charged)


def test_steps_of_a_troubleshooter_stand_there_too(at_work, charged):
    walk = {
        "kind": "walk",
        "value": "x",
        "title": "Video stops",
        "lines": [["Restart?", "Yes"], ["Again?", "No"]],
    }
    Ticket.objects.filter(pk=charged.pk).update(context={"carried": [walk]})
    shown = page(at_work, charged)
    assert "troubleshooter “Video stops”" in shown
    assert "(2 steps)" in shown


def test_a_chip_is_corrected_with_a_press_and_undone(at_work, charged, topics):
    address = f"/console/tickets/{charged.pk}/reading"
    at_work.post(address, {"aspect": "topic", "value": topics["safety"].pk})
    assert TicketReading.objects.get(pk=charged.pk).topic == topics["safety"]
    assert "a person said so" in page(at_work, charged)
    at_work.post(address, {"aspect": "topic", "back": "1"})
    assert TicketReading.objects.get(pk=charged.pk).topic == topics["payment"]
    at_work.post(address, {"aspect": "mood", "value": "1"})
    assert TicketReading.objects.get(pk=charged.pk).mood < -0.7
    assert at_work.post(address, {"aspect": "mood", "value": "ninety"}).status_code == 422
    assert at_work.post(address, {"aspect": "weather", "value": "1"}).status_code == 422


def test_a_suggestion_is_taken_with_a_press(at_work, charged, topics):
    offered = {"topic": {"value": topics["safety"].pk, "confidence": 0.61, "because": []}}
    TicketReading.objects.filter(pk=charged.pk).update(suggested=offered)
    assert "Rather “Safety, rights, privacy”? 61%" in page(at_work, charged)


def test_who_may_not_edit_corrects_nothing(client, carl, billing, ana, topics):
    ticket = written(ana, team=billing)
    client.force_login(carl)
    answer = client.post(
        f"/console/tickets/{ticket.pk}/reading", {"aspect": "topic", "value": topics["safety"].pk}
    )
    assert answer.status_code == 403
    assert "That is right" not in page(client, ticket)


def test_the_same_case_is_asked_about_merged_or_set_apart(at_work, ana, charged, support):
    again = written(ana, "Double charge", "Subscription charged twice again, error E-77", team=support)
    shown = page(at_work, again)
    assert "The same case?" in shown
    assert f"#{charged.pk} Charged twice" in shown
    at_work.post(f"/console/tickets/{again.pk}/reading/apart", {"other": charged.pk})
    assert "The same case?" not in page(at_work, again)
    third = written(ana, "Charged twice", "Error E-77 and charged twice", team=support)
    at_work.post(f"/console/tickets/{third.pk}/merge", {"into": charged.pk})
    third.refresh_from_db()
    assert third.merged_into == charged


def test_others_who_have_it_become_one_problem(at_work, charged, person, support):
    others = [written(person(f"Person {number}"), "Payment taken two times", "It says error E-77", team=support)
              for number in range(2)]  # fmt: skip
    shown = at_work.get(f"/console/tickets/{charged.pk}/reading/more").content.decode()
    assert "Others have this too" in shown
    assert "e-77" in shown
    at_work.post(f"/console/tickets/{charged.pk}/reading/problem", {"others": [one.pk for one in others]})
    problem = Ticket.objects.get(kind="problem")
    parts = TicketLink.objects.filter(source=problem, kind="parent").values_list("target_id", flat=True)
    assert set(parts) == {charged.pk, *(one.pk for one in others)}
    late = written(person("Late"), "Charged", "error E-77 here too", team=support)
    assert (
        f"problem #{problem.pk}" in at_work.get(f"/console/tickets/{late.pk}/reading/more").content.decode()
    )
    at_work.post(f"/console/tickets/{late.pk}/reading/problem", {"others": [charged.pk]})
    assert Ticket.objects.filter(kind="problem").count() == 1
    assert TicketLink.objects.filter(source=problem, target=late).exists()


def test_tickets_an_agent_may_not_see_are_neither_shown_nor_gathered(
    client, hire, support, billing, ana, person
):
    mine = written(ana, team=support)
    hidden = written(person("Mia"), "Secret charge", "error E-77", team=billing)
    agent = hire("Eve", "Collaborator", support)
    client.force_login(agent)
    shown = client.get(f"/console/tickets/{mine.pk}/reading/more").content.decode()
    assert "Secret charge" not in shown
    client.post(f"/console/tickets/{mine.pk}/reading/problem", {"others": [hidden.pk]})
    assert not TicketLink.objects.filter(target=hidden).exists()


def test_repeated_difficulty_and_the_course_of_moods_are_shown(at_work, ana, members, support):
    for number in range(3):
        last = written(ana, f"Refund {number}", "This is unacceptable, refund my payment!", team=support)
    shown = page(at_work, last)
    assert "How they fared" in shown
    assert "3. ticket about" in shown
    members.reads_mood = members.guides_by_history = False
    members.save()
    assert "How they fared" not in page(at_work, last)


def test_the_parts_cost_the_page_no_statement(at_work, ana, charged):
    page(at_work, charged)
    with CaptureQueriesContext(connection) as asked:
        page(at_work, charged)
    assert len(asked) <= 3


def test_a_ticket_without_a_reading_shows_nothing(at_work, ana, support):
    silent = written(ana, team=support, is_silent=True)
    assert readings.of(silent) is None
    shown = page(at_work, silent)
    assert "Read from their words" not in shown


def test_search_knows_topics(at_work, ana, charged, topics, ben, support):
    other = written(ana, "Subtitles", "No captions in the film", team=support)
    correct(other, by=ben.actor, aspect="topic", value=topics["content"].pk)
    shown = at_work.get("/console/search", {"q": "topic:payment"}).content.decode()
    assert f"/console/tickets/{charged.pk}/" in shown
    assert f"/console/tickets/{other.pk}/" not in shown
