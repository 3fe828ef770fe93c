"""The ticket page as an agent's browser sees it, without the browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.tickets import operations
from tugon.tickets.models import Draft, Message, Ticket
from tugon.tickets.operations import NewMessage, open_ticket

pytestmark = pytest.mark.django_db


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


@pytest.fixture
def ticket(ana, support):
    message = NewMessage(body="It says error E-2041.", keys=("<a@mail.example>",))
    return open_ticket(customer=ana, subject="Cannot play", message=message, by=ana.actor, team=support)


def test_the_page_shows_the_story_and_the_customer(ticket, ben):
    page = enter(ben).get(address("ticket", ticket.pk)).content.decode()
    assert "It says error E-2041." in page
    assert "Ana Santos" in page
    assert "ana@mail.example" in page


def test_who_may_not_see_the_ticket_gets_not_found(ticket, carl):
    assert enter(carl).get(address("ticket", ticket.pk)).status_code == 404


def test_who_is_not_signed_in_is_asked_to(ticket):
    answer = Client().get(address("ticket", ticket.pk))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_reply_is_sent_and_can_be_taken_back_for_a_while(ticket, ben):
    client = enter(ben)
    data = {"html": "<p>Please try again.</p>", "then": "waiting", "seen_message_id": "0"}
    data["seen_message_id"] = str(Message.objects.get(ticket=ticket).pk)
    client.post(address("replies", ticket.pk), data)
    reply = Message.objects.get(ticket=ticket, kind="outgoing", automatic="")
    ticket.refresh_from_db()
    assert (reply.body, ticket.status, ticket.assignee) == ("Please try again.", "waiting", ben)
    client.post(address("withdrawal", ticket.pk, reply.pk))
    ticket.refresh_from_db()
    assert not Message.objects.filter(pk=reply.pk).exists()
    assert "Please try again." in Draft.objects.get(ticket=ticket, agent=ben, kind="reply").html


def test_a_newer_message_stops_the_reply_once_and_keeps_its_words(ticket, ana, ben):
    seen = Message.objects.get(ticket=ticket).pk
    operations.add_incoming(ticket, NewMessage(body="Wait, it works now!"), by=ana.actor, customer=ana)
    client = enter(ben)
    data = {"html": "<p>Please try again.</p>", "seen_message_id": str(seen)}
    stopped = client.post(
        address("replies", ticket.pk), data, headers={"HX-Request": "true"}
    ).content.decode()
    assert "wrote while you were writing" in stopped
    assert "Wait, it works now!" in stopped
    assert not Message.objects.filter(ticket=ticket, kind="outgoing", automatic="").exists()
    assert "Please try again." in Draft.objects.get(ticket=ticket, agent=ben).html


def test_a_colleagues_reply_stops_the_second_answer_but_ones_own_does_not(ticket, ben, lea):
    seen = Message.objects.get(ticket=ticket).pk
    operations.reply(ticket, NewMessage(body="Mine first."), by=lea.actor)
    data = {"html": "<p>And mine.</p>", "seen_message_id": str(seen)}
    stopped = enter(ben).post(address("replies", ticket.pk), data, headers={"HX-Request": "true"})
    assert f"{lea.name} wrote while you were writing" in stopped.content.decode()
    enter(lea).post(address("replies", ticket.pk), {**data, "html": "<p>One more thing.</p>"})
    sent = Message.objects.filter(ticket=ticket, kind="outgoing", automatic="")
    assert set(sent.values_list("body", flat=True)) == {"Mine first.", "One more thing."}


def test_an_empty_reply_is_refused_in_words_and_nothing_changes(ticket, ben):
    before = Event.objects.count()
    answer = enter(ben).post(address("replies", ticket.pk), {"html": "<p></p>"})
    assert answer.status_code == 422
    assert "The message is empty" in answer.content.decode()
    assert Event.objects.count() == before


def test_scripts_in_a_reply_do_not_survive(ticket, ben):
    enter(ben).post(
        address("replies", ticket.pk), {"html": "<p onclick='x()'>Hi<script>alert(1)</script></p>"}
    )
    reply = Message.objects.get(ticket=ticket, kind="outgoing", automatic="")
    assert "script" not in reply.body_html
    assert "onclick" not in reply.body_html


def test_a_mention_tells_the_colleague(ticket, ben, lea):
    html = f'<p>Look, <span data-type="mention" data-id="agent:{lea.pk}">@Lea</span></p>'
    enter(ben).post(address("notes", ticket.pk), {"html": html})
    assert lea.notifications.get().kind == "mentioned"
    assert lea in ticket.followers.all()


@pytest.mark.parametrize(
    ("name", "data", "field", "expected"),
    [
        ("properties", {"priority": "4", "reason": "Press asked"}, "priority", 4),
        ("properties", {"subject": "Video does not play"}, "subject", "Video does not play"),
        ("tags", {"add": "Refund, VIP"}, "tags", ["refund", "vip"]),
        ("resolution", {"cause": "Old cache", "done": "Cleared it"}, "status", "solved"),
        ("spam", {}, "is_spam", False),
    ],
)
def test_each_verb_changes_what_it_says(ticket, ben, name, data, field, expected):
    enter(ben).post(address(name, ticket.pk), data)
    ticket.refresh_from_db()
    assert getattr(ticket, field) == expected


def test_a_ticket_put_away_comes_back(ticket, ben):
    enter(ben).post(address("snooze", ticket.pk), {"until": "tomorrow"})
    ticket.refresh_from_db()
    assert ticket.snoozed_until > now() + timedelta(hours=1)


def test_a_message_becomes_a_ticket_of_its_own(ticket, ana, ben):
    message = operations.add_incoming(ticket, NewMessage(body="By the way …"), by=ana.actor, customer=ana)
    enter(ben).post(address("split", ticket.pk), {"message": message.pk, "subject": "Apart"})
    assert Ticket.objects.filter(subject="Apart").exists()


def test_merging_offers_its_way_back(ticket, ana, ben, support):
    other = open_ticket(
        customer=ana, subject="Again", message=NewMessage(body="x"), by=ana.actor, team=support
    )
    client = enter(ben)
    answer = client.post(address("merge", ticket.pk), {"into": other.pk}, headers={"HX-Request": "true"})
    ticket.refresh_from_db()
    assert ticket.merged_into == other
    page = client.get(answer["HX-Redirect"]).content.decode()
    assert f"#{ticket.pk} was merged into this ticket." in page
    assert "Undo the merge" in page


def test_the_page_costs_the_same_queries_however_long_the_story(
    ticket, ana, ben, django_assert_max_num_queries
):
    for number in range(30):
        operations.add_incoming(ticket, NewMessage(body=str(number)), by=ana.actor, customer=ana)
    client = enter(ben)
    client.get(address("ticket", ticket.pk))
    with django_assert_max_num_queries(4):
        client.get(address("ticket", ticket.pk))


def test_the_quoted_text_is_one_click_away(ana, ben, support):
    message = NewMessage(body="Yes", full_text="Yes\n> Is it solved?")
    ticket = open_ticket(customer=ana, subject="s", message=message, by=ana.actor, team=support)
    client, row = enter(ben), Message.objects.get(ticket=ticket)
    assert (
        "Is it solved?" not in client.get(address("ticket", ticket.pk)).content.decode().split("reply-box")[0]
    )
    assert "Is it solved?" in client.get(address("message-whole", ticket.pk, row.pk)).content.decode()


def test_tickets_one_may_not_see_do_not_stand_beside_those_one_may(ticket, ana, lea, carl, billing):
    mine = open_ticket(
        customer=ana, subject="Charged twice", message=NewMessage(body="x"), by=ana.actor, team=billing
    )
    operations.link(mine, ticket, kind="related", by=lea.actor)
    seen_by_both, seen_by_one = (
        enter(agent).get(address("ticket", mine.pk)).content.decode() for agent in (lea, carl)
    )
    assert seen_by_both.count("Cannot play") == 2
    assert "Cannot play" not in seen_by_one


def test_what_the_company_changes_shows_on_the_next_page(ticket, ben, lea):
    client = enter(ben)
    for name in ("Lea", "Leonora"):
        type(lea).objects.filter(pk=lea.pk).update(name=name)
        assert f">{name}</option>" in client.get(address("ticket", ticket.pk)).content.decode()


def test_a_long_story_begins_with_its_newest_part(ticket, ana, ben):
    for number in range(45):
        operations.add_incoming(ticket, NewMessage(body=f"line {number}."), by=ana.actor, customer=ana)
    page = enter(ben).get(address("ticket", ticket.pk)).content.decode()
    assert "line 44." in page
    assert "line 4." not in page
    assert "opened the ticket" not in page
    assert "Show 6 earlier messages" in page


def test_opening_a_ticket_reads_what_one_was_told_of_it(ticket, ben, lea):
    operations.add_note(ticket, NewMessage(body="Look"), by=ben.actor, mentions=[lea])
    bell = enter(lea).get(address("notifications-bell")).content.decode()
    page = enter(lea).get(address("ticket", ticket.pk)).content.decode()
    assert "1 unread" in bell
    assert "unread" not in page[page.index('id="bell"') :][:600]
    assert "unread" not in enter(lea).get(address("notifications-bell")).content.decode()
