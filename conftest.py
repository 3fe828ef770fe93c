"""Tests run on a PostgreSQL of their own, started when the first test needs it and shared by simultaneous runs."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tugon.company import brand
from tugon.company import settings as company
from tugon.database.connection import is_embedded
from tugon.database.embedded import EmbeddedServer
from tugon.sla import promises

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Start the server before Django makes the test database; stop it when no other run uses it."""
    if not is_embedded(settings.DATABASES["default"]):
        yield
        return
    with EmbeddedServer(settings.HOME, durable=False).attached():
        yield


@pytest.fixture(autouse=True)
def company_settings_of_this_test_only() -> None:
    """What a test decided is rolled back with it; what this process remembers of it goes too."""
    company.forget()
    brand.forget()
    promises.forget()
