from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F, Max

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.delivery.models import Delivery, Outgoing
from tugon.demo import commands, loading
from tugon.events.models import Event, FailedReaction
from tugon.feedback.models import Rating
from tugon.files.models import StoredFile
from tugon.intake.models import Form, Received
from tugon.lib.clock import now
from tugon.notifications.models import Notification
from tugon.search.models import PersonEntry, TicketEntry
from tugon.tickets.models import Draft, Merge, Message, Resolution, Status, Ticket, TicketLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_demo")]


def test_the_demo_has_the_people_and_tickets_that_were_promised():
    assert Ticket.objects.count() == 200
    assert Agent.objects.count() == 8
    assert Team.objects.count() == 4
    assert (
        Customer.objects.filter(organisation=None).count()
        + Customer.objects.exclude(organisation=None).count()
        >= 60
    )
    assert Form.objects.count() == 3
    assert Ticket.objects.filter(created_at__lt=now() - timedelta(days=50)).exists()
    assert not Ticket.objects.filter(updated_at__gt=now()).exists()


def test_a_repeat_changes_nothing():
    before = Event.objects.aggregate(last=Max("id")), Ticket.objects.count()
    told = commands.prepare()
    assert (Event.objects.aggregate(last=Max("id")), Ticket.objects.count()) == before
    assert told["logins"][0]["password"]
    assert any("{address}" in line for line in told["try_first"])


def test_every_status_and_every_kind_of_channel_is_there():
    statuses = Counter(Ticket.objects.filter(is_spam=False).values_list("status", flat=True))
    assert set(statuses) == {str(status) for status in Status}
    assert 28 <= statuses["new"] + statuses["open"] <= 45
    assert set(Ticket.objects.values_list("channel__kind", flat=True)) == set(Channel.Kind.values)
    assert Ticket.objects.filter(snoozed_until__gt=now()).exists()
    assert Ticket.objects.filter(state__names__en="Waiting for bank").exists()
    assert Ticket.objects.filter(is_spam=True).count() == 4


def test_what_operations_keep_is_kept():
    assert not FailedReaction.objects.exists()
    assert set(Event.objects.filter(name="TicketOpened").values_list("subject_id", flat=True)) == set(
        Ticket.objects.values_list("pk", flat=True)
    )
    assert (
        not Ticket.objects.filter(message_count__gt=0)
        .exclude(pk__in=Message.objects.values("ticket_id"))
        .exists()
    )
    assert not Ticket.objects.filter(first_response_at__lt=F("created_at")).exists()
    due = Ticket.objects.filter(status="new", is_spam=False)
    assert all(ticket.due_at for ticket in due)
    assert TicketEntry.objects.count() == 200
    assert PersonEntry.objects.count() == Customer.objects.count()


def test_some_promises_are_broken_and_some_soon_due():
    waiting = Ticket.objects.filter(status__in=["new", "open"], due_at__isnull=False)
    assert waiting.filter(due_at__lt=now()).count() >= 2
    assert waiting.filter(due_at__gt=now()).count() >= 4


def test_the_mail_of_the_past_stands_on_the_ledger_and_left():
    states = Counter(Received.objects.values_list("state", flat=True))
    assert states["ticketed"] > 200
    assert states["ignored"] >= 3
    assert states["quarantined"] == 2
    assert not states["stored"]
    deliveries = Counter(Delivery.objects.values_list("state", flat=True))
    assert deliveries["sent"] > 300
    assert deliveries["bounced"] == 1
    assert set(deliveries) <= {"sent", "bounced", "queued"}
    waiting = Outgoing.objects.filter(deliveries__state="queued")
    assert all(letter.created_at > now() - timedelta(hours=1) for letter in waiting)
    assert waiting.count() <= 3


def test_it_shows_what_people_do_with_tickets():
    assert Merge.objects.count() == 3
    assert TicketLink.objects.count() >= 3
    assert Draft.objects.count() >= 3
    assert set(Rating.objects.values_list("score", flat=True)) >= {1, 5, 4}
    assert Resolution.objects.exclude(cause="").count() > 20
    assert StoredFile.objects.filter(media_type="application/pdf").exists()
    assert StoredFile.objects.filter(media_type="image/png").exists()
    assert Event.objects.filter(name="SolutionRejected").exists()
    assert Notification.objects.filter(read_at=None).exists()
    assert Notification.objects.filter(mails=True).count() == 0
    assert {"en", "fil", "es"} <= set(Ticket.objects.values_list("language", flat=True))


def test_a_reset_takes_all_of_it_away():
    loading.unload()
    assert not Ticket.objects.exists()
    assert not Agent.objects.exists()
    assert not loading.is_loaded()
