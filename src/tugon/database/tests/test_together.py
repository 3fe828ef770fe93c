"""All or nothing, without savepoints; and rows inserted by prepared statements."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tugon.accounts.models import Team
from tugon.database.inserting import insert, run
from tugon.database.together import TakenBack, is_together, together
from tugon.lib.clock import now
from tugon.tickets.models import Status, Ticket

pytestmark = pytest.mark.django_db


def broken(name):
    Team.objects.create(name=name)
    raise ZeroDivisionError


def test_inner_blocks_need_no_savepoints():
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        together(),
    ):
        with transaction.atomic():
            Team.objects.create(name="One")
        assert is_together()
    assert not is_together()
    # One is the test's own.
    assert sum(one["sql"].startswith("SAVEPOINT") for one in asked) == 1


def test_what_raises_takes_everything_back():
    with pytest.raises(ZeroDivisionError), together():
        broken("One")
    assert not Team.objects.exists()
    assert not is_together()


def test_what_failed_and_was_caught_takes_everything_back_too():
    def clash():
        Team.objects.create(name="One")
        with suppress(ZeroDivisionError), transaction.atomic():
            broken("Two")

    with pytest.raises(TakenBack), together():
        clash()
    assert not Team.objects.exists()


def test_savepoints_hold_again_afterwards():
    with together():
        Team.objects.create(name="One")
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            broken("Two")
        assert [team.name for team in Team.objects.all()] == ["One"]


def test_an_inserted_row_is_the_row_that_saving_writes(ana, support):
    moment = now()
    values = {
        "subject": "Größe ☃ %s",
        "customer": ana,
        "team": support,
        "status": Status.OPEN,
        "tags": ["a", "b c"],
        "fields": {"n": 1, "none": None},
        "created_at": moment,
        "updated_at": moment,
    }
    inserted, saved = Ticket(**values), Ticket(**values)
    insert(inserted)
    saved.save()
    columns = [field.attname for field in Ticket._meta.concrete_fields if not field.primary_key]
    rows = Ticket.objects.in_bulk([inserted.pk, saved.pk])
    assert [getattr(rows[inserted.pk], name) for name in columns] == [
        getattr(rows[saved.pk], name) for name in columns
    ]
    inserted.subject = "Other"
    inserted.save()
    assert Ticket.objects.count() == 2


def test_a_moment_without_a_zone_is_refused(ana):
    moment = now().replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        insert(Ticket(subject="x", customer=ana, created_at=moment, updated_at=moment))


def test_prepared_statements_are_counted_and_their_errors_are_djangos(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert run("SELECT %s::int + 1", [1]) == [(2,)]
    with pytest.raises(IntegrityError), transaction.atomic():
        run("INSERT INTO accounts_team (name) VALUES (NULL)", [])
