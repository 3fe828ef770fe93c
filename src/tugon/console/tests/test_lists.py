"""Lists, views and bulk changes, without the browser."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tugon.console import queues
from tugon.customers.models import Audience, Customer, CustomField, Organisation, Plan
from tugon.lib.clock import now
from tugon.tickets.models import Batch, Ticket, View
from tugon.tickets.showing import COLUMNS
from tugon.tickets.starting import create_starting_rows
from tugon.tickets.tasks import run_batch

pytestmark = pytest.mark.django_db


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


@pytest.fixture(autouse=True)
def nothing_counted():
    queues._counted.clear()


@pytest.fixture
def everything(db):
    View.objects.all().delete()
    return View.objects.create(
        name="All open", conditions={"all": [{"field": "status", "is": "in", "value": ["new", "open"]}]}
    )


@pytest.fixture
def pile(write_in):
    return [write_in(f"Ticket {number}") for number in range(4)]


def test_a_list_shows_its_tickets_and_counts_them(everything, pile, ben):
    page = enter(ben).get(address("view", everything.pk)).content.decode()
    assert all(row.subject in page for row in pile)
    assert '<span class="queue-count">4</span>' in page


def test_a_list_costs_the_same_queries_however_long(everything, write_in, ben, django_assert_max_num_queries):
    for number in range(30):
        write_in(f"Ticket {number}")
    client = enter(ben)
    client.get(address("view", everything.pk))
    queues._counted.clear()
    with django_assert_max_num_queries(3):
        client.get(address("view", everything.pk))


def test_rows_show_what_the_view_says_in_addition_and_cost_the_same_queries(
    everything, pile, ben, billing, django_assert_max_num_queries
):
    field = CustomField.objects.create(
        on="ticket",
        key="device",
        names={"en": "Device"},
        kind="choice",
        choices=[{"key": "tv", "names": {"en": "Television"}}],
    )
    studio = Organisation.objects.create(name="Studio Aurora")
    Customer.objects.update(plan=Plan.objects.create(key="gold", name="Gold"), organisation=studio)
    audience = Audience.objects.create(key="creators", names={"en": "Creators"})
    Ticket.objects.update(
        tags=["refund", "vip"], team=billing, audience=audience, priority=4, fields={"device": "tv"}
    )
    client, place = enter(ben), address("view", everything.pk)
    assert "Studio Aurora" not in client.get(place).content.decode()
    everything.columns = [*COLUMNS, "fields.device"]
    everything.save()
    client.get(place)
    queues._counted.clear()
    with django_assert_max_num_queries(3):
        page = client.get(place).content.decode()
    for words in (
        "Studio Aurora",
        "Gold",
        "Creators",
        "refund, vip",
        "Urgent",
        "Billing",
        "Television",
        f"#{pile[0].pk}",
    ):
        assert f"</span>{words}</span>" in page
    assert '<span class="sr-only">Device: </span>' in page
    assert "Studio Aurora" in client.get(address("view-beside", everything.pk)).content.decode()
    CustomField.objects.filter(pk=field.pk).update(archived_at=now())
    assert "Television" not in client.get(place).content.decode()


def test_what_rows_show_is_chosen_in_the_editor(everything, pile, lea):
    client, place = enter(lea), address("view-edit", everything.pk)
    assert "What rows show in addition" in client.get(place).content.decode()
    form = {"name": "All open", "order": "-updated_at", "shared": "everyone"}
    assert client.post(place, {**form, "columns": ["tags", "plan"]}).status_code == 302
    everything.refresh_from_db()
    assert everything.columns == ["tags", "plan"]
    page = client.get(place).content.decode()
    assert 'value="plan" checked' in page
    refused = client.post(place, {**form, "columns": ["plan", "moon"]})
    assert refused.status_code == 422
    assert "Rows of a list cannot show moon." in refused.content.decode()
    client.post(place, form)
    everything.refresh_from_db()
    assert everything.columns == []


def test_no_two_places_share_a_key(ada):
    create_starting_rows()
    page = enter(ada).get(address("view", View.objects.first().pk)).content.decode()
    keys = re.findall(r'data-key="(g \w)"', page)
    assert {"g n", "g k", "g r", "g u"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_an_empty_list_says_what_it_is(everything, ben):
    page = enter(ben).get(address("view", everything.pk)).content.decode()
    assert "No ticket fits this view now." in page


def test_pages_of_a_list_follow_each_other(everything, write_in, ben):
    rows = [write_in(f"Ticket {number:02}") for number in range(55)]
    client = enter(ben)
    first = client.get(address("view", everything.pk)).content.decode()
    assert rows[0].subject not in first
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(address("view", everything.pk) + older).content.decode()
    assert rows[0].subject in second
    assert rows[-1].subject not in second


def test_a_collaborator_sees_only_the_tickets_of_the_team_and_no_boxes(
    everything, pile, write_in, billing, carl
):
    theirs = write_in("For billing", team=billing)
    page = enter(carl).get(address("view", everything.pk)).content.decode()
    assert theirs.subject in page
    assert pile[0].subject not in page
    assert "row-check" not in page


def test_a_bulk_change_is_shown_before_it_is_done_and_can_be_taken_back(pile, ben):
    client = enter(ben)
    chosen = {
        "tickets": [row.pk for row in pile],
        "do_priority": "4",
        "do_reason": "Outage",
        "do_add_tags": "outage",
    }
    preview = client.post(address("bulk-preview"), chosen).content.decode()
    assert "Priority: Normal → Urgent" in preview
    assert "Tags: none → outage" in preview
    assert set(Ticket.objects.values_list("priority", flat=True)) == {2}
    done = client.post(address("bulk"), chosen, follow=True).content.decode()
    assert "4 tickets were looked at and changed." in done
    assert set(Ticket.objects.values_list("priority", flat=True)) == {4}
    batch = Batch.objects.get()
    undone = client.post(address("bulk-undo", batch.pk), follow=True).content.decode()
    assert "Taken back" in undone
    assert set(Ticket.objects.values_list("priority", flat=True)) == {2}


def test_a_bulk_change_shows_what_would_become_of_each(pile, ben):
    data = {"tickets": [pile[0].pk], "do_snooze": "tomorrow", "do_state": ""}
    assert "Snoozed until" in enter(ben).post(address("bulk-preview"), data).content.decode()


def test_a_bulk_change_names_what_it_leaves_alone(pile, ben, carl):
    data = {"tickets": [pile[0].pk], "do_assignee": str(carl.pk)}
    assert "is not in the team" in enter(ben).post(address("bulk-preview"), data).content.decode()


def test_a_bulk_change_without_a_choice_says_so(pile, ben):
    answer = enter(ben).post(address("bulk-preview"), {"tickets": [pile[0].pk], "asked": "1"})
    assert answer.status_code == 422
    assert "Choose what is to change. Nothing was changed." in answer.content.decode()


def test_a_collaborator_may_not_change_many(pile, carl):
    assert enter(carl).post(address("bulk-preview"), {"tickets": [pile[0].pk]}).status_code == 403


def test_somebody_elses_batch_is_not_found(pile, ben, lea):
    enter(ben).post(address("bulk"), {"tickets": [pile[0].pk], "do_priority": "3", "do_reason": "Outage"})
    assert enter(lea).get(address("bulk-progress", Batch.objects.get().pk)).status_code == 404


def test_a_view_is_made_changed_shared_and_deleted(everything, lea):
    client = enter(lea)
    form = {
        "name": "Urgent",
        "order": "-priority",
        "c-0-group": "all",
        "c-0-field": "priority",
        "c-0-is": "in",
    }
    made = client.post(address("view-new"), {**form, "c-0-value": ["4"], "shared": "me"})
    assert made.status_code == 302
    view = View.objects.get(name="Urgent")
    assert view.agent == lea
    assert view.conditions["all"] == [{"field": "priority", "is": "in", "value": [4]}]
    client.post(
        address("view-edit", view.pk),
        {**form, "name": "Very urgent", "c-0-value": ["4"], "shared": "everyone"},
    )
    view.refresh_from_db()
    assert (view.agent, view.name) == (None, "Very urgent")
    client.post(address("view-delete", view.pk))
    assert not View.objects.filter(pk=view.pk).exists()


def test_a_view_moves_up_in_the_column(everything, ben):
    first = View.objects.create(name="One", agent=ben, position=5)
    second = View.objects.create(name="Two", agent=ben, position=6)
    client = enter(ben)
    client.post(address("views-arrange"), {"up": second.pk})
    names = list(View.objects.filter(pk__in=[first.pk, second.pk]).values_list("name", flat=True))
    assert names == ["Two", "One"]
    assert client.get(address("views-arrange")).status_code == 200


def test_an_agent_does_not_change_what_everybody_sees(everything, ben):
    answer = enter(ben).post(address("view-delete", everything.pk))
    assert answer.status_code == 403
    assert View.objects.filter(pk=everything.pk).exists()


def test_the_list_beside_a_ticket_costs_no_counting(everything, pile, ben, django_assert_max_num_queries):
    client = enter(ben)
    client.get(address("view-beside", everything.pk))
    with django_assert_max_num_queries(2):
        page = client.get(address("view-beside", everything.pk), {"current": pile[0].pk}).content.decode()
    assert 'hx-target="#ticket-pane"' in page
    assert f'id="row-{pile[0].pk}" aria-current="true"' in page


def test_a_large_bulk_change_is_left_to_the_worker_and_shows_how_far_it_is(write_in, ben):
    rows = [write_in(f"Ticket {number}") for number in range(26)]
    client = enter(ben)
    page = client.post(
        address("bulk"),
        {"tickets": [row.pk for row in rows], "do_priority": "4", "do_reason": "Outage"},
        follow=True,
    )
    assert "<progress" in page.content.decode()
    batch = Batch.objects.get()
    assert (batch.done, batch.total) == (0, 26)
    run_batch(batch_id=batch.pk)
    piece = client.get(address("bulk-progress", batch.pk), headers={"HX-Request": "true"}).content.decode()
    assert "26 tickets were looked at and changed." in piece
    assert "<html" not in piece
