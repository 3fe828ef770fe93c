"""Tests run on a PostgreSQL of their own, started when the first test needs it and shared by simultaneous runs."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

from tugon.billing import finding
from tugon.company import brand
from tugon.company import settings as company
from tugon.database.connection import is_embedded
from tugon.database.embedded import EmbeddedServer
from tugon.facts import current as facts
from tugon.portal.help import revision as help_revision
from tugon.portal.help import warm as public_pages
from tugon.sla import promises

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Start the server before Django makes the test database; stop it when no other run uses it."""
    if not is_embedded(settings.DATABASES["default"]):
        yield
        return
    with EmbeddedServer(settings.HOME, durable=False).attached() as server:
        with server.locked(), django_db_blocker.unblock():
            _drop_databases_of_killed_runs(server)
            connections["default"].settings_dict["TEST"]["TEMPLATE"] = _migrated_template(server)
        yield


def _migrated_template(server: EmbeddedServer) -> str:
    """A database with every migration applied, made once for each state of the migrations: copying is far quicker."""
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    with psycopg.connect(**server.address(), autocommit=True) as admin:
        known = [
            row[0]
            for row in admin.execute("select datname from pg_database where datname like 'template\\_%'")
        ]
        if name in known:
            return name
        for old in [*known, "unfinished"]:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(old)))
        admin.execute("create database unfinished template template0")
        _migrate("unfinished")
        admin.execute(sql.SQL("alter database unfinished rename to {}").format(sql.Identifier(name)))
    return name


def _migrate(database: str) -> None:
    connection = connections["default"]
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


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


@pytest.fixture(autouse=True, scope="session")
def tables_without_a_model_are_emptied_too() -> None:
    """Search keeps tables of its own that hang on rows of models: between stories they are emptied with them."""
    usual = DatabaseOperations.sql_flush

    def cascading(self: Any, style: Any, tables: Any, **options: Any) -> Any:
        return usual(self, style, tables, **{**options, "allow_cascade": True})

    DatabaseOperations.sql_flush = cascading  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def company_settings_of_this_test_only() -> None:
    """What a test decided is rolled back with it; what this process remembers of it goes too."""
    company.forget()
    brand.forget()
    facts.forget()
    finding.forget()
    promises.forget()
    public_pages.shelf.clear()
    public_pages.searches.clear()
    help_revision.forget()
    help_revision.ASKED_EVERY = 0.0  # a test looks again at once
