from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tugon.accounts.starting import create_roles
from tugon.company import operations as company
from tugon.demo import loading
from tugon.demo.house import House, furnish
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.tickets.starting import create_starting_rows


@pytest.fixture(scope="module")
def whole_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for all tests of a module, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sining(db: None) -> House:
    """Sining without its past: people, agents, mailboxes, and the sandbox open."""
    create_roles()
    create_starting_rows()
    house = furnish()
    company.decide("demo_loaded_at", value=now().isoformat(), by=SYSTEM)
    return house
