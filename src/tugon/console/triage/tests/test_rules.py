from __future__ import annotations

import pytest

from tugon.rules import operations as rules
from tugon.rules.models import Rule
from tugon.rules.starting import create_starting_rows
from tugon.tickets.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ben, billing):
    create_starting_rows()
    client.force_login(ben)
    return client


def test_the_ticket_names_the_rules_that_acted_and_leads_to_why(desk, write_in, lea):
    desk.force_login(lea)
    ticket = write_in("Card", "My card payment failed, refund please")
    page = desk.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert "Payment issue → Billing" in page
    rule = Rule.objects.get(key="payment")
    assert f"/console/tickets/{ticket.pk}/why#rule-{rule.pk}" in page
    why = desk.get(f"/console/tickets/{ticket.pk}/why").content.decode()
    assert f'id="rule-{rule.pk}"' in why
    assert "Team: Support → Billing" in why
    assert f"/administration/rules/{rule.pk}/versions#v1" in why
    assert "machines are not answered" in why or "there is no address" in why
    # What did not act says what keeps it away.
    assert "Nothing works → urgent incident" in why
    assert "keeps it away" in why


def test_macros_say_what_they_would_do_and_change_nothing(desk, ticket, ben):
    shown = desk.get(f"/console/tickets/{ticket.pk}/macros").content.decode()
    assert "Take it and say hello" in shown
    assert "Assignee: nothing → you" in shown
    assert "Spam" not in desk.get(f"/console/tickets/{ticket.pk}/macros?q=hello").content.decode()
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_a_macro_does_all_of_it_and_keeps_its_words_in_the_draft(desk, ticket, ben, facts):
    macro = Rule.objects.get(key="macro-take")
    assert desk.post(f"/console/tickets/{ticket.pk}/macros/{macro.pk}").status_code == 302
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.status) == (ben, "open")
    assert "looking into this" in Draft.objects.get(ticket=ticket, agent=ben).html
    assert "MacroApplied" in facts(ticket)


def test_a_macro_that_is_refused_changes_nothing(desk, ticket, ben, hire, billing, ada):
    stranger = hire("Dan", "Agent", billing)
    macro = rules.create(
        kind="macro",
        name="Give to Dan",
        definition={
            "conditions": {},
            "actions": [{"do": "tags", "add": ["x"]}, {"do": "agent", "agent": stranger.pk}],
        },
        by=ada.actor,
    )
    rules.publish(macro, by=ada.actor)
    answer = desk.post(f"/console/tickets/{ticket.pk}/macros/{macro.pk}")
    assert answer.status_code == 409
    ticket.refresh_from_db()
    assert ticket.tags == []


def test_somebody_elses_macro_is_not_offered(desk, ticket, lea):
    macro = rules.create(
        kind="macro",
        name="Lea's own",
        definition={"conditions": {}, "actions": [{"do": "tags", "add": ["x"]}]},
        agent=lea,
        by=lea.actor,
    )
    rules.publish(macro, by=lea.actor)
    assert "Lea&#39;s own" not in desk.get(f"/console/tickets/{ticket.pk}/macros").content.decode()
    assert desk.post(f"/console/tickets/{ticket.pk}/macros/{macro.pk}").status_code == 409
