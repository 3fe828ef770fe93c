"""What `tugon doctor` looks at: each check says in words what it found and, if something is wrong, what to do."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import Error, connection
from django.utils import timezone

from tugon.database.connection import is_embedded
from tugon.project.mailboxes import examine_mailboxes

OLDEST_SERVER = 150000  # PostgreSQL 15, as server_version_num
CLOCK_TOLERANCE = timedelta(seconds=5)
SIGN_OF_LIFE = timedelta(seconds=45)
LATE = timedelta(minutes=2)
GIGABYTE = 1 << 30


class Verdict(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """check: its stable name. words: what was found. advice: what to do; empty when all is well."""

    check: str
    verdict: Verdict
    words: str
    advice: str = ""


Check = Callable[[], Iterator[Finding]]


def examine() -> Iterator[Finding]:
    """Every check in turn; without a database those that need one are left out."""
    usable = True
    for finding in database():
        usable = usable and finding.verdict is not Verdict.PROBLEM
        yield finding
    checks: list[Check] = [migrations, clock, worker, mail] if usable else []
    for check in [*checks, storage, secrets, address, pages]:
        yield from check()


def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int, version()")
            number, version = cursor.fetchone()
    except Error as error:
        words = f"The database does not answer: {str(error).strip().splitlines()[0]}"
        yield _problem(
            "database", words, "Check DATABASE_URL, and that PostgreSQL runs and lets this machine in."
        )
        return
    kind = "embedded" if is_embedded(settings.DATABASES["default"]) else "configured by DATABASE_URL"
    if number < OLDEST_SERVER:
        yield _problem("database", f"{version} is too old.", "Use PostgreSQL 15 or newer.")
        return
    yield _good("database", f"{' '.join(version.split()[:2])}, {kind}.")


def migrations() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield _problem(
            "tables", f"The tables lag {len(pending)} steps behind this version.", "Run: tugon migrate"
        )
    else:
        yield _good("tables", "The tables fit this version.")


def clock() -> Iterator[Finding]:
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs(theirs - before - (timezone.now() - before) / 2)
    seconds = apart.total_seconds()
    if apart > CLOCK_TOLERANCE:
        words = f"The clocks of this machine and of the database are {seconds:.0f} seconds apart."
        yield _problem(
            "clock", words, "Let both follow a time server (systemd-timesyncd, chrony). SLAs depend on it."
        )
    else:
        yield _good("clock", f"This machine and the database agree to {max(seconds, 0.001):.3f} seconds.")


def worker() -> Iterator[Finding]:
    """Workers that lately gave a sign of life, jobs that are late, jobs that failed for good."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_workers where last_heartbeat > %s", [now - SIGN_OF_LIFE]
        )
        alive = cursor.fetchone()[0]
        late = "status = 'todo' and (scheduled_at is null or scheduled_at < %s)"
        query = f"select count(*) from procrastinate_jobs where {late} and queue_name <> 'slow'"  # noqa: S608
        cursor.execute(query, [now - LATE])
        waiting = cursor.fetchone()[0]
        cursor.execute("select count(*) from procrastinate_jobs where status = 'failed'")
        failed = cursor.fetchone()[0]
    if not alive:
        words = f"No worker runs, so mail is neither sent nor sorted; {waiting} jobs wait."
        verdict = _problem if waiting else _warning
        yield verdict("worker", words, "Start one: tugon worker (or tugon up, which runs everything)")
    elif waiting > 100:
        yield _warning("worker", f"{alive} at work, but {waiting} jobs wait.", "Start more: tugon worker")
    else:
        yield _good("worker", f"{alive} at work, {waiting} jobs wait.")
    if failed:
        advice = "They are listed under Administration, System; nothing of them is lost."
        yield _warning("jobs", f"{failed} jobs failed for good.", advice)


def mail() -> Iterator[Finding]:
    """Every mailbox in use: does its server let us in, now?"""
    for answer in examine_mailboxes():
        verdict = Verdict.GOOD if answer.works else Verdict.PROBLEM
        yield Finding(f"mail {answer.mailbox}", verdict, answer.words, answer.advice)


def storage() -> Iterator[Finding]:
    try:
        name = default_storage.save("doctor-check", ContentFile(b"written by tugon doctor"))
        with default_storage.open(name) as written:
            same = written.read() == b"written by tugon doctor"
        default_storage.delete(name)
    except Exception as error:
        words = f"Files cannot be stored: {error}"
        yield _problem(
            "files", words, f"Let this user write to {settings.MEDIA_ROOT}, or check the S3 settings."
        )
        return
    if not same:
        yield _problem("files", "A stored file came back changed.", "Check the disk or the object storage.")
        return
    yield _good("files", "A file was written, read and removed.")
    places = [
        settings.HOME,
        *([settings.MEDIA_ROOT] if isinstance(default_storage, FileSystemStorage) else []),
    ]
    for place in places:
        yield from _space(str(place))


def secrets() -> Iterator[Finding]:
    file = settings.SECRET_KEY_FILE
    if file is not None and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield _problem("secret key", f"Others can read {file}.", f"Run: chmod 600 {file}")
    else:
        yield _good("secret key", "Kept where only Tugon can read it.")
    if settings.DEBUG:
        yield _problem(
            "debug", "TUGON_DEBUG is on: errors show the program's inside to everybody.", "Unset it."
        )


def address() -> Iterator[Finding]:
    parts = urlsplit(settings.BASE_URL)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not local:
        advice = "Put a proxy with a certificate before it and write https:// in TUGON_BASE_URL."
        yield _warning("address", f"{settings.BASE_URL} is not encrypted.", advice)
    elif local and not os.environ.get("TUGON_SUPERVISOR"):
        advice = "Set TUGON_BASE_URL to the address people use; links in mail are made with it."
        yield _warning("address", f"{settings.BASE_URL} works on this machine only.", advice)
    else:
        yield _good("address", f"Links in mail begin with {settings.BASE_URL}.")


def pages() -> Iterator[Finding]:
    built = settings.PACKAGE / "pages" / "static" / "dist" / "manifest.json"
    if built.exists():
        yield _good("front end", "Styles and scripts are built.")
    else:
        yield _problem(
            "front end", "Styles and scripts are not built, so pages look bare.", "Run: bin/assets"
        )


def _space(place: str) -> Iterator[Finding]:
    free = shutil.disk_usage(place).free
    words = f"{free / GIGABYTE:.1f} GB are free at {place}."
    if free < GIGABYTE:
        yield _problem("disk", words, "Make room now: when the disk is full, no mail can be taken in.")
    elif free < 5 * GIGABYTE:
        yield _warning("disk", words, "Make room soon.")
    else:
        yield _good("disk", words)


def _good(check: str, words: str) -> Finding:
    return Finding(check, Verdict.GOOD, words)


def _warning(check: str, words: str, advice: str) -> Finding:
    return Finding(check, Verdict.WARNING, words, advice)


def _problem(check: str, words: str, advice: str) -> Finding:
    return Finding(check, Verdict.PROBLEM, words, advice)
