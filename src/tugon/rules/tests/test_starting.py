from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tugon.accounts.models import Team
from tugon.database.revision import remembering_decisions
from tugon.events.models import Event, FailedReaction
from tugon.lib.clock import now, standing_at
from tugon.rules import automations
from tugon.rules.compiled import rulebook
from tugon.rules.conflicts import conflicts
from tugon.rules.models import Firing, Rule, WordList
from tugon.rules.starting import create_starting_rows
from tugon.rules.triggers import on_fact
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(db: None) -> None:
    create_starting_rows()


def test_every_starter_rule_is_read_and_none_begins_twice(started):
    create_starting_rows()
    assert not rulebook().broken
    assert (
        Rule.objects.exclude(key="").count()
        == Rule.objects.working().count()
        == len(set(Rule.objects.values_list("key", flat=True)))
    )
    for rule in Rule.objects.all():
        assert all((rule.names["fil"], rule.notes["fil"]))
    assert all(row.words["en"] and row.words["fil"] for row in WordList.objects.all())


def test_starter_rules_do_not_contradict_each_other(started):
    triggers = rulebook().by_kind["trigger"]
    clashes = [
        clash.words
        for place, one in enumerate(triggers)
        for clash in conflicts(one, triggers[place + 1 :])
        # Where two matters meet in one letter, the later rule decides the team; that is meant.
        if "Move to" not in clash.words
    ]
    assert not clashes


@pytest.mark.parametrize(
    "words", ["payment issue with my card", "Doble ang kaltas sa GCash ko po", "pls refund"]
)
def test_a_payment_issue_reaches_billing_with_an_acknowledgement_in_its_words(
    started, write_in, billing, words
):
    ticket = write_in("Help", words)
    ticket.refresh_from_db()
    assert ticket.team == billing
    assert "payment" in ticket.tags


def by_mail(write_in, ana, subject, body, **fields):
    """A ticket whose message has a sender, so that it is answered."""
    from tugon.tickets.operations import open_ticket

    mailbox = fields.pop("mailbox")
    envelope = {"from": {"name": "Ana Santos", "address": "ana@mail.example"}}
    return open_ticket(
        customer=ana,
        subject=subject,
        message=NewMessage(body=body, language=fields.pop("language", "en"), envelope=envelope),
        channel=mailbox.channel,
        by=ana.actor,
    )


def test_there_is_one_acknowledgement_and_it_is_the_rules(started, write_in, ana, mailbox, billing):
    ticket = by_mail(write_in, ana, "Refund", "I was charged twice, refund please", mailbox=mailbox)
    letters = Message.objects.filter(ticket=ticket, kind="outgoing")
    assert [letter.automatic for letter in letters] == ["acknowledgement"]
    assert "billing team" in letters[0].body
    assert f"#{ticket.pk}" in letters[0].body
    assert "{" not in letters[0].body
    assert Event.objects.about("ticket", ticket.pk).get(name="AutomaticReplySent").actor_kind == "rule"


def test_the_letter_is_in_the_writers_language(started, write_in, ana, mailbox, billing):
    from tugon.company import operations as company
    from tugon.events.actors import SYSTEM

    company.decide("languages", value=["en", "fil"], by=SYSTEM)
    ticket = by_mail(
        write_in, ana, "Bayad", "Doble ang bayad na nakaltas sa akin", mailbox=mailbox, language="fil"
    )
    assert "Natanggap na namin" in Message.objects.get(ticket=ticket, kind="outgoing").body


def test_a_machine_gets_no_letter_of_a_rule(started, ana, mailbox, billing):
    from tugon.tickets.operations import open_ticket

    envelope = {"from": {"name": "", "address": "shop@mail.example"}, "may_answer": False}
    ticket = open_ticket(
        customer=ana,
        subject="Invoice",
        message=NewMessage(body="Your invoice and refund", envelope=envelope),
        channel=mailbox.channel,
        by=ana.actor,
    )
    assert not Message.objects.filter(ticket=ticket, kind="outgoing").exists()
    step = Firing.objects.get(ticket=ticket, rule__key="payment").steps[-1]
    assert (step["do"], step["result"]) == ("reply", "left")


def test_where_a_team_does_not_exist_the_rest_is_done(started, write_in, support):
    ticket = write_in("Money", "refund please")
    ticket.refresh_from_db()
    assert (ticket.team, ticket.tags) == (support, ["payment"])


def test_who_is_asked_is_reminded_after_three_business_days_and_solved_after_seven(
    started, ana, mailbox, ben
):
    start = now()
    with standing_at(start):
        ticket = by_mail(None, ana, "Hello", "A question about fruit", mailbox=mailbox)
        tickets.reply(ticket, NewMessage(body="Which fruit?"), then="waiting", by=ben.actor)
    letters = Message.objects.filter(ticket=ticket, automatic__startswith="rule:")
    for hours in range(0, 24 * 6, 6):
        with standing_at(start + timedelta(hours=hours)):
            automations.run_due()
        if hours <= 70:
            assert not letters.exists()
    assert letters.count() == 1
    for hours in range(24 * 6, 24 * 9, 6):
        with standing_at(start + timedelta(hours=hours)):
            automations.run_due()
    ticket.refresh_from_db()
    assert (ticket.status, letters.count()) == ("solved", 1)
    assert not FailedReaction.objects.exists()


def test_a_new_request_without_anybody_is_told_to_the_lead_once(started, ana, mailbox, lea):
    start = now()
    with standing_at(start):
        ticket = by_mail(None, ana, "Hello", "A question about fruit", mailbox=mailbox)
        ticket.assignee = None
        ticket.save(update_fields=["assignee"])
    for hours in range(0, 24 * 5, 4):
        with standing_at(start + timedelta(hours=hours)):
            automations.run_due()
    alerts = Event.objects.about("ticket", ticket.pk).filter(name="AgentsAlerted")
    assert [alert.data["agent_ids"] for alert in alerts] == [[lea.pk]]


def test_an_automation_walks_all_pages_and_acts_once_each(rule, write_in, monkeypatch):
    monkeypatch.setattr(automations, "PAGE", 2)
    for number in range(5):
        write_in(f"Fruit {number}", "A banana")
    one = rule(
        "Bananas",
        {"all": [{"field": "subject", "is": "contains", "value": "fruit"}]},
        [{"do": "tags", "add": ["fruit"]}],
        kind="automation",
        every=5,
        once="ever",
    )
    assert automations.run_due() == {one.pk: 5}
    assert automations.run_due(now() + timedelta(minutes=6)) == {one.pk: 0}
    assert Ticket.objects.filter(tags=["fruit"]).count() == 5


def test_the_starter_rules_cost_few_statements_where_none_fits(started, write_in, support):
    ticket = write_in("Fruit", "A question about fruit and trees")
    event = Event.objects.about("ticket", ticket.pk).get(name="TicketOpened")
    with remembering_decisions():
        rulebook()
        on_fact(event.fact, event)
        with CaptureQueriesContext(connection) as asked:
            on_fact(event.fact, event)
    # The ticket, its message, and how often this person wrote lately.
    assert len(asked) <= 3, [one["sql"][:90] for one in asked]
    assert Team.objects.exists()
