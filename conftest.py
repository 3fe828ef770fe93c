"""Tests run on a PostgreSQL of their own, started when the first test needs it and shared by simultaneous runs."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

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
    with EmbeddedServer(settings.HOME, durable=False).attached() as server:
        _drop_databases_of_killed_runs(server)
        yield


def _drop_databases_of_killed_runs(server: EmbeddedServer) -> None:
    """A run's databases are named after the process that began it: test_<pid>, test_<pid>_gw0."""
    with psycopg.connect(**server.address(), autocommit=True) as connection:
        rows = connection.execute(
            r"select datname from pg_database where datname ~ '^test_\d+(_|$)'"
        ).fetchall()
        for (name,) in rows:
            if not _is_alive(int(name.split("_")[1])):
                statement = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
                connection.execute(statement)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@pytest.fixture(autouse=True)
def company_settings_of_this_test_only() -> None:
    """What a test decided is rolled back with it; what this process remembers of it goes too."""
    company.forget()
    brand.forget()
    promises.forget()
