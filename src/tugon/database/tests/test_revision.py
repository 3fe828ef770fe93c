import pytest
from django.db import transaction

from tugon.accounts.models import Team
from tugon.database.revision import remembering_decisions
from tugon.lib.remember import remembered

pytestmark = pytest.mark.django_db


@remembered
def teams() -> int:
    return Team.objects.count()


def in_a_request() -> int:
    with remembering_decisions():
        return teams()


def test_an_answer_holds_from_request_to_request(django_assert_num_queries):
    Team.objects.create(name="Support")
    in_a_request()
    with django_assert_num_queries(1):
        assert in_a_request() == 1


def test_a_decision_counts_in_the_next_request():
    Team.objects.create(name="Support")
    assert in_a_request() == 1
    Team.objects.create(name="Billing")
    assert in_a_request() == 2
    Team.objects.all().delete()
    assert in_a_request() == 0


def test_what_was_asked_in_a_transaction_that_is_rolled_back_is_not_believed_afterwards():
    Team.objects.create(name="Support")
    with transaction.atomic():
        Team.objects.create(name="Billing")
        assert in_a_request() == 2
        transaction.set_rollback(True)
    assert in_a_request() == 1
    Team.objects.create(name="Studios")
    assert in_a_request() == 2
