import pytest

from tugon.search import finding, indexing
from tugon.search.excerpts import excerpts
from tugon.search.finding import find_people, find_tickets
from tugon.search.models import TicketEntry
from tugon.tickets import operations
from tugon.tickets.errors import ConditionInvalid
from tugon.tickets.operations import NewMessage, open_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(ana, support):
    message = NewMessage(
        body="My refund for the café has not arrived. Error E-2041 says blank page.", language="en"
    )
    return open_ticket(
        customer=ana, subject="Where is my refund?", message=message, by=ana.actor, team=support
    )


def numbers(typed, agent):
    return [row.pk for row in find_tickets(typed, agent=agent).tickets]


@pytest.mark.parametrize(
    "typed",
    [
        "refund",
        "REFUNDS",
        "cafe",
        '"blank page"',
        "E-2041",
        "refund -paypal",
        "ana santos",
        "ana@mail.example",
    ],
)
def test_a_ticket_is_found_by_its_words_its_person_and_whole_phrases(ticket, ben, typed):
    assert numbers(typed, ben) == [ticket.pk]


@pytest.mark.parametrize(
    "typed", ["paypal", '"page blank"', "refund -café", "refund status:closed", "-refund"]
)
def test_a_ticket_that_does_not_fit_is_not_found(ticket, ben, typed):
    assert numbers(typed, ben) == []


def test_a_number_finds_its_ticket_and_a_filter_narrows(ticket, ana, ben):
    indexing.index_customers([ana.pk])
    assert numbers(f"#{ticket.pk}", ben) == [ticket.pk]
    assert numbers(str(ticket.pk), ben) == [ticket.pk]
    assert numbers("refund status:new from:ana", ben) == [ticket.pk]
    assert numbers("from:ben", ben) == []
    assert numbers("is:unassigned", ben) == [ticket.pk]


def test_who_may_not_see_the_ticket_does_not_find_it(ticket, carl):
    assert numbers("refund", carl) == []
    assert numbers(f"#{ticket.pk}", carl) == []


def test_later_words_are_found_too(ticket, ben, ana):
    operations.add_incoming(ticket, NewMessage(body="It was paid with GCash"), by=ana.actor, customer=ana)
    operations.add_note(ticket, NewMessage(body="Looks like chargeback"), by=ben.actor)
    assert numbers("gcash", ben) == [ticket.pk]
    assert numbers("chargeback", ben) == [ticket.pk]


def test_words_that_were_taken_back_are_not_found(ticket, ben):
    message = operations.reply(ticket, NewMessage(body="Wrong: zebra"), by=ben.actor)
    assert numbers("zebra", ben) == [ticket.pk]
    operations.withdraw(message, by=ben.actor)
    assert numbers("zebra", ben) == []


def test_a_filter_without_sense_is_refused_in_words(ticket, ben):
    with pytest.raises(ConditionInvalid):
        find_tickets("priority:purple", agent=ben)


def test_pages_go_backwards_through_windows_without_gap_or_repeat(ana, ben, support, monkeypatch):
    monkeypatch.setattr(finding, "WINDOW", 3)
    made = [
        open_ticket(
            customer=ana, subject="mango", message=NewMessage(body="x"), by=ana.actor, team=support
        ).pk
        for _ in range(20)
    ]
    for entry in TicketEntry.objects.all():
        TicketEntry.objects.filter(pk=entry.pk).update(span=entry.pk // 3)
    seen, below = [], None
    while True:
        found = find_tickets("mango", agent=ben, below=below, limit=4)
        seen += [row.pk for row in found.tickets]
        below = found.below
        if below is None:
            break
    assert seen == sorted(made, reverse=True)


def test_a_page_costs_the_same_queries_however_many_fit(ana, ben, support, django_assert_max_num_queries):
    for _ in range(12):
        open_ticket(customer=ana, subject="mango", message=NewMessage(body="x"), by=ana.actor, team=support)
    ben.may("ticket.view_all")
    with django_assert_max_num_queries(4):
        assert len(find_tickets("mango", agent=ben, limit=10).tickets) == 10


def test_people_are_found_by_the_beginning_of_a_name_or_address(ana, ben):
    indexing.index_customers([ana.pk])
    assert find_people("san", agent=ben) == [ana]
    assert find_people("ana@mail", agent=ben) == [ana]
    assert find_people("zz", agent=ben) == []


def test_the_excerpt_shows_the_word(ticket):
    assert "café" in excerpts([ticket.pk], ["cafe"])[ticket.pk]


def test_rebuilding_the_index_changes_nothing(ticket, ben):
    before = TicketEntry.objects.get(pk=ticket.pk).words
    indexing.index_tickets([ticket.pk])
    assert TicketEntry.objects.get(pk=ticket.pk).words == before
