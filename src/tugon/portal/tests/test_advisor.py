"""The channel advisor and the page of what we promise and keep."""

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.advisor.models import Measure, Route, Rule
from tugon.advisor.starting import create_starting_advice
from tugon.channels.models import Mailbox
from tugon.customers.models import Audience
from tugon.events.models import Event
from tugon.intake.models import Form
from tugon.lib.clock import now
from tugon.portal.help import revision
from tugon.sla.models import Calendar
from tugon.understanding.models import Topic

pytestmark = pytest.mark.django_db
ASKED = "/en/help/channels/?topic=payment&urgency=days&effort=quick"


@pytest.fixture(autouse=True)
def advice(mailbox: Mailbox) -> None:
    create_starting_advice()


def test_three_answers_bring_a_recommendation_with_its_reason_and_the_next_best(client: Client):
    page = client.get(ASKED).content.decode()
    assert page.index("We recommend") < page.index("Who charged me?") < page.index("Next best")
    assert "It says at once who charged you" in page
    assert "mailto:" in page


def test_without_answers_it_only_asks_and_half_an_answer_is_told(client: Client):
    page = client.get("/en/help/channels/").content.decode()
    assert "We recommend" not in page
    assert "urgent and how involved" in client.get("/en/help/channels/?urgency=now").content.decode()
    assert client.get("/en/help/channels/?urgency=zzz&effort=%00&topic=nothing").status_code == 200


def test_what_was_answered_goes_along_to_the_ticket(client: Client, form: Form):
    page = client.get(ASKED).content.decode()
    assert "/contact/?advice=payment.days.quick" in page
    shown = client.get(f"/contact/{form.slug}/?advice=payment.days.quick").content.decode()
    assert "A payment, a charge, a refund" in shown
    nonsense = client.get(f"/contact/{form.slug}/?advice=a.b.c").content.decode()
    assert "You told the advisor" not in nonsense


def test_what_is_promised_and_what_was_kept_stand_side_by_side(client: Client, mailbox: Mailbox):
    Route.objects.filter(key="email").update(channel=mailbox.channel)
    moment = now()
    Measure.objects.create(
        channel=mailbox.channel, since=moment, until=moment, asked=40, answered=38, kept=36,
        middle_seconds=7200, slow_seconds=30000,
    )  # fmt: skip
    page = client.get("/en/help/expectations/").content.decode()
    assert "half within 2 hours" in page
    assert "90%" in page
    assert "of 40 requests" in page
    assert "8 hours of opening time" in page


def test_the_support_home_shows_each_route_with_its_hours_and_wait(
    client: Client, form: Form, mailbox: Mailbox
):
    nights = Calendar.objects.create(name="Never open", zone="Asia/Manila", shifts={})
    Route.objects.filter(key="email").update(channel=mailbox.channel, calendar=nights)
    moment = now()
    Measure.objects.create(
        channel=mailbox.channel, since=moment, until=moment, asked=40, answered=38, kept=36,
        middle_seconds=7200, slow_seconds=30000,
    )  # fmt: skip
    page = client.get("/en/").content.decode()
    assert 'href="/en/billing/"' in page
    assert "If you write now, we expect to answer" in page
    assert f'href="mailto:{mailbox.address}"' in page
    assert "Lately half were answered within 2 hours" in page
    assert "Closed at the moment" in page


def test_a_route_for_an_audience_stands_on_the_home_of_that_audience_only(
    client: Client, form: Form, members: Audience
):
    desk = Route.objects.create(
        key="desk", kind="phone", address="+63285550142", names={"en": "Our own line"}
    )
    desk.audiences.set([members])
    assert "Our own line" not in client.get("/en/").content.decode()
    page = client.get(f"/en/?for={members.key}").content.decode()
    assert "Our own line" in page
    assert 'href="tel:+63285550142"' in page
    assert f'href="/contact/{form.slug}/?lang=en"' in page


def test_the_support_home_is_made_anew_when_a_route_changes(client: Client, db):
    before = revision.current()
    Route.objects.filter(key="form").update(position=9)
    revision.forget()
    assert revision.current() != before


def test_pages_cost_few_queries(client: Client, django_assert_max_num_queries):
    client.get(ASKED)
    with django_assert_max_num_queries(14):
        client.get(ASKED)
    with django_assert_max_num_queries(12):
        client.get("/en/help/expectations/")


def test_the_table_is_edited_by_who_arranges_the_help_center(client: Client, ada: Agent, ben: Agent):
    client.force_login(ada)
    route = Route.objects.get(key="form")
    topic = Topic.objects.get(key="safety")
    given = {
        "reasons_en": "Best so", "reasons_fil": "", "route_id": route.pk, "urgencies": ["now"], "efforts": [],
        "topics": [topic.pk], "points": "60", "position": "1",
    }  # fmt: skip
    assert client.post("/administration/advice/new", given).status_code == 302
    rule = Rule.objects.get(points=60)
    assert (rule.route, rule.urgencies, list(rule.topics.all())) == (route, ["now"], [topic])
    assert "Best so" in client.get("/en/help/channels/?topic=safety&urgency=now&effort=deep").content.decode()
    assert Event.objects.filter(name="ConfigurationChanged", data__kind="advisor.rule").exists()
    bad = {"names_en": "Call", "key": "call", "kind": "phone", "address": "0917 123", "position": "0"}
    assert client.post("/administration/routes/new", bad).status_code == 422
    client.force_login(ben)
    assert client.get("/administration/advice").status_code == 403
