"""PostgreSQL's own programs against the configured database: dump, restore, scratch databases, row counts."""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tugon.database.embedded import DatabaseUnavailable, EmbeddedServer


class ToolFailed(Exception):
    """A program of PostgreSQL could not be found or reported an error; the words are for a person."""


class Database:
    """One entry of Django's DATABASES, spoken to without Django. home: where the embedded server keeps its data."""

    def __init__(self, settings: dict[str, Any], *, home: Path) -> None:
        self.settings = settings
        self.home = home
        self.name = str(settings["NAME"])

    def connect(self, name: str | None = None, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of its own. name: another database of the same server."""
        wanted = {
            "host": self.settings.get("HOST"),
            "port": self.settings.get("PORT"),
            "user": self.settings.get("USER"),
            "password": self.settings.get("PASSWORD"),
            "sslmode": self.settings.get("OPTIONS", {}).get("sslmode"),
            "sslrootcert": self.settings.get("OPTIONS", {}).get("sslrootcert"),
        }
        given = {key: value for key, value in wanted.items() if value}
        return psycopg.connect(dbname=name or self.name, application_name="tugon-tools", **given, **options)

    def dump(self, *, snapshot: str, write: Callable[[bytes], None]) -> None:
        """Hand pg_dump's custom format to `write`, piece by piece, as of an exported snapshot. Raises ToolFailed."""
        command = [self.program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
        command += [f"--snapshot={snapshot}", f"--dbname={self.name}"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._environment()
        ) as run:
            assert run.stdout is not None
            assert run.stderr is not None
            while piece := run.stdout.read(1 << 20):
                write(piece)
            complaint = run.stderr.read().decode(errors="replace").strip()
        if run.returncode != 0:
            raise ToolFailed(f"pg_dump stopped: {complaint}")

    def load(self, dump: Path, *, into: str) -> None:
        """Restore a custom-format dump into an empty database, whole or not at all. Raises ToolFailed."""
        command = [self.program("pg_restore"), "--exit-on-error", "--single-transaction", "--no-owner"]
        command += ["--no-privileges", f"--dbname={into}", str(dump)]
        run = subprocess.run(command, capture_output=True, text=True, env=self._environment())
        if run.returncode != 0:
            raise ToolFailed(f"pg_restore stopped: {run.stderr.strip()}")

    @contextlib.contextmanager
    def scratch(self) -> Iterator[str]:
        """An empty database for a while; dropped at the end unless it was renamed."""
        name = f"tugon_scratch_{secrets.token_hex(4)}"
        self._command(sql.SQL("create database {} template template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            self._command(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def put_in_place(self, scratch: str, *, old_as: str) -> None:
        """Rename the database out of the way and the scratch one into its place; nobody may be connected."""
        old, new = sql.Identifier(self.name), sql.Identifier(scratch)
        self._command(sql.SQL("alter database {} rename to {}").format(old, sql.Identifier(old_as)))
        try:
            self._command(sql.SQL("alter database {} rename to {}").format(new, old))
        except psycopg.Error:
            self._command(sql.SQL("alter database {} rename to {}").format(sql.Identifier(old_as), old))
            raise

    def drop(self, name: str) -> None:
        self._command(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def others_connected(self) -> list[str]:
        """Names of other programs that use the database now."""
        query = (
            "select distinct coalesce(nullif(application_name, ''), 'unnamed') from pg_stat_activity "
            "where datname = %s and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        with self.connect(self.maintenance()) as connection:
            return [row[0] for row in connection.execute(query, [self.name])]

    def maintenance(self) -> str:
        """A database of the same server to stand in while ours is renamed."""
        return "postgres"

    def program(self, name: str) -> str:
        """pg_dump or pg_restore: of the embedded wheel, else of the system. Raises ToolFailed."""
        with contextlib.suppress(DatabaseUnavailable):
            found = EmbeddedServer(self.home).programs / name
            if found.exists():
                return str(found)
        system = shutil.which(name)
        if system is None:
            raise ToolFailed(
                f"{name} was not found. Install PostgreSQL's client programs (Debian, Ubuntu: apt install "
                "postgresql-client) in a version not older than the server. Nothing was changed."
            )
        return system

    def _command(self, statement: sql.Composed) -> None:
        with self.connect(self.maintenance(), autocommit=True) as connection:
            connection.execute(statement)

    def _environment(self) -> dict[str, str]:
        named = {
            "PGHOST": self.settings.get("HOST"),
            "PGPORT": self.settings.get("PORT"),
            "PGUSER": self.settings.get("USER"),
            "PGPASSWORD": self.settings.get("PASSWORD"),
            "PGSSLMODE": self.settings.get("OPTIONS", {}).get("sslmode"),
            "PGSSLROOTCERT": self.settings.get("OPTIONS", {}).get("sslrootcert"),
        }
        return os.environ | {key: str(value) for key, value in named.items() if value}


def row_counts(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    """Rows of every table, by name, counted exactly in the connection's snapshot."""
    query = "select relname from pg_stat_user_tables where schemaname = 'public' order by relname"
    tables = [str(row[0]) for row in connection.execute(query)]
    counts = {}
    for table in tables:
        row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
        counts[table] = int(row[0]) if row else 0
    return counts
