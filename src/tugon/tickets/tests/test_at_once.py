"""Two people at the same moment: nothing is lost, doubled or half done."""

import threading
from itertools import pairwise

import pytest
from django.db import connections

from tugon.accounts.models import Agent
from tugon.customers import merging
from tugon.customers.models import ContactPoint, Customer
from tugon.customers.operations import identify_sender
from tugon.events.models import Event
from tugon.lib.errors import DomainError
from tugon.tickets import operations
from tugon.tickets.errors import NewerMessage
from tugon.tickets.models import Merge, Ticket
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


def together(*acts):
    """Run all at once, each on a connection of its own; returns what each returned or raised."""
    results, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(index, act):
        try:
            start.wait(timeout=10)
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def fresh(agent):
    return Agent.objects.get(pk=agent.pk).actor


def test_two_replies_at_once_both_count(ticket, ben, lea):
    together(
        *(lambda by=by: operations.reply(ticket, NewMessage(body="Hi"), by=fresh(by)) for by in (ben, lea))
    )
    ticket.refresh_from_db()
    assert (ticket.message_count, ticket.messages.count(), ticket.assignee in (ben, lea)) == (3, 3, True)
    firsts = [event.data["is_first"] for event in Event.objects.named("AgentReplied")]
    assert sorted(firsts) == [False, True]
    assert Event.objects.named("TicketAssigned").count() == 1


def test_a_letter_and_a_reply_at_once_never_pass_each_other(ticket, ana, ben):
    seen = ticket.messages.get().pk
    letter, answer = together(
        lambda: operations.add_incoming(ticket, NewMessage(body="Wait"), customer=ana, by=ana.actor),
        lambda: operations.reply(
            ticket, NewMessage(body="Hi"), then="solved", seen_message_id=seen, by=fresh(ben)
        ),
    )
    ticket.refresh_from_db()
    assert letter.pk
    # Either the reply came first and the letter opened the ticket again, or the reply was stopped.
    assert isinstance(answer, NewerMessage) or ticket.status == "open"
    assert ticket.status != "solved"
    assert ticket.message_count == ticket.messages.count()


def test_assigning_twice_at_once_is_one_fact_each_and_ends_with_one(ticket, ben, lea):
    together(*(lambda to=to: operations.assign(ticket, to=to, by=fresh(lea)) for to in (ben, lea, ben, lea)))
    ticket.refresh_from_db()
    facts = [
        (event.data["from_id"], event.data["to_id"])
        for event in Event.objects.named("TicketAssigned").order_by("pk")
    ]
    assert facts[0][0] is None
    assert facts[-1][1] == ticket.assignee_id
    assert all(before[1] == after[0] for before, after in pairwise(facts))


def test_merging_crosswise_at_once_merges_one_way(ticket, write_in, lea):
    other = write_in()
    results = together(
        lambda: operations.merge(ticket, into=other, by=fresh(lea)),
        lambda: operations.merge(other, into=ticket, by=fresh(lea)),
    )
    assert sum(isinstance(one, Merge) for one in results) == 1
    assert sum(isinstance(one, DomainError) for one in results) == 1
    assert Ticket.objects.filter(merged_into=None).get().message_count == 2


def test_customers_merged_crosswise_at_once_are_merged_one_way(ana, person, lea):
    olga = person("Olga", "olga@mail.example")
    results = together(
        lambda: merging.merge(ana, into=olga, by=fresh(lea)),
        lambda: merging.merge(olga, into=ana, by=fresh(lea)),
    )
    assert sum(isinstance(one, DomainError) for one in results) == 1
    assert Customer.objects.present().get().contact_points.count() == 2


def test_two_first_letters_at_once_make_one_customer(db):
    together(*(lambda: identify_sender("new@mail.example", name="New") for _ in range(4)))
    assert Customer.objects.count() == ContactPoint.objects.verified().count() == 1


def test_two_workers_on_one_batch_change_each_ticket_once(ticket, write_in, lea, monkeypatch):
    from tugon.tickets.operations import bulk

    monkeypatch.setattr(bulk, "CHUNK", 2)
    rows = [ticket, *(write_in() for _ in range(5))]
    batch = bulk.start([row.pk for row in rows], {"priority": {"to": 4, "reason": "Outage"}}, by=lea.actor)
    together(
        *(lambda: bulk.run(type(batch).objects.select_related("agent").get(pk=batch.pk)) for _ in range(2))
    )
    batch.refresh_from_db()
    assert batch.done == 6
    assert Event.objects.named("TicketChanged").count() == 6
