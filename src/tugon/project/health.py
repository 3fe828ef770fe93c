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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tugon.channels.models import Mailbox
from tugon.database.connection import is_embedded
from tugon.project.mailboxes import examine_mailboxes

OLDEST_SERVER = 150000  # PostgreSQL 15, as server_version_num
CLOCK_TOLERANCE = timedelta(seconds=5)
SIGN_OF_LIFE = timedelta(seconds=45)
LATE = timedelta(minutes=2)
SECRET_ENDS = timedelta(days=30)
GIGABYTE = 1 << 30
NAMES = (
    gettext_noop("database"),
    gettext_noop("tables"),
    gettext_noop("clock"),
    gettext_noop("worker"),
    gettext_noop("jobs"),
    gettext_noop("meaning"),
    gettext_noop("files"),
    gettext_noop("secret key"),
    gettext_noop("debug"),
    gettext_noop("address"),
    gettext_noop("front end"),
    gettext_noop("disk"),
)
"""The names of the checks, which pages translate and programs do not."""


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

    @property
    def name(self) -> str:
        """The check's name in the reader's language."""
        return _(self.check)


Check = Callable[[], Iterator[Finding]]


def examine() -> Iterator[Finding]:
    """Every check in turn; without a database those that need one are left out."""
    usable = True
    for finding in database():
        usable = usable and finding.verdict is not Verdict.PROBLEM
        yield finding
    checks: list[Check] = [migrations, clock, worker, mail, meaning] if usable else []
    for check in [*checks, storage, secrets, address, pages]:
        yield from check()


def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int, version()")
            number, version = cursor.fetchone()
    except Error as error:
        words = _("The database does not answer: {error}").format(error=str(error).strip().splitlines()[0])
        advice = _("Check DATABASE_URL, and that PostgreSQL runs and lets this machine in.")
        yield _problem("database", words, advice)
        return
    embedded = is_embedded(settings.DATABASES["default"])
    kind = _("embedded") if embedded else _("configured by DATABASE_URL")
    if number < OLDEST_SERVER:
        words = _("{version} is too old.").format(version=version)
        yield _problem("database", words, _("Use PostgreSQL 15 or newer."))
        return
    yield _good("database", f"{' '.join(version.split()[:2])}, {kind}.")


def migrations() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        words = _("The tables lag {number} steps behind this version.").format(number=len(pending))
        yield _problem("tables", words, _("Run: {command}").format(command="tugon migrate"))
    else:
        yield _good("tables", _("The tables fit this version."))


def clock() -> Iterator[Finding]:
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs(theirs - before - (timezone.now() - before) / 2)
    seconds = apart.total_seconds()
    if apart > CLOCK_TOLERANCE:
        words = _("The clocks of this machine and of the database are {seconds} seconds apart.")
        advice = _("Let both follow a time server (systemd-timesyncd, chrony). SLAs depend on it.")
        yield _problem("clock", words.format(seconds=f"{seconds:.0f}"), advice)
    else:
        words = _("This machine and the database agree to {seconds} seconds.")
        yield _good("clock", words.format(seconds=f"{max(seconds, 0.001):.3f}"))


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
        words = _("No worker runs, so mail is neither sent nor sorted; {waiting} jobs wait.")
        verdict = _problem if waiting else _warning
        advice = _("Start one: tugon worker (or tugon up, which runs everything)")
        yield verdict("worker", words.format(waiting=waiting), advice)
    elif waiting > 100:
        words = _("{alive} at work, but {waiting} jobs wait.").format(alive=alive, waiting=waiting)
        yield _warning("worker", words, _("Start more: tugon worker"))
    else:
        yield _good("worker", _("{alive} at work, {waiting} jobs wait.").format(alive=alive, waiting=waiting))
    if failed:
        advice = _("The log says why. Administration, What failed, shows them and has them tried again.")
        yield _warning("jobs", _("{number} jobs failed for good.").format(number=failed), advice)


def mail() -> Iterator[Finding]:
    """Every mailbox in use: does its server let us in, now?"""
    for answer in examine_mailboxes():
        verdict = Verdict.GOOD if answer.works else Verdict.PROBLEM
        yield Finding(f"mail {answer.mailbox}", verdict, answer.words, answer.advice)
    for mailbox in Mailbox.objects.working().filter(
        oauth_secret_ends_on__lte=timezone.localdate() + SECRET_ENDS
    ):
        words = _("The client secret for {address} ends on {day}.")
        yield _warning(
            f"mail {mailbox.address}",
            words.format(address=mailbox.address, day=str(mailbox.oauth_secret_ends_on)),
            _(
                "Make a new one at the mail provider and save it with the mailbox; else its mail stops that day."
            ),
        )


def meaning() -> Iterator[Finding]:
    """Search works without it, so that what is missing here is never a problem."""
    from tugon.meaning import client
    from tugon.meaning.embedders import MeaningUnavailable
    from tugon.search.knowledge.vectors import missing

    try:
        hello, _none = client.ask({"ask": "hello"}, seconds=2, patiently=True)
    except MeaningUnavailable as error:
        words = _("Search finds words, but not meaning: {reason}").format(reason=error)
        advice = _("Run beside web and worker: {command} (tugon up does; TUGON_MEANING=off switches it off)")
        yield _warning("meaning", words, advice.format(command="tugon meaning"))
        return
    waiting = missing()
    words = _("Search knows meaning by {model}; {number} texts wait for their vectors.")
    yield _good("meaning", words.format(model=hello["model"], number=waiting))


def storage() -> Iterator[Finding]:
    try:
        name = default_storage.save("doctor-check", ContentFile(b"written by tugon doctor"))
        with default_storage.open(name) as written:
            same = written.read() == b"written by tugon doctor"
        default_storage.delete(name)
    except Exception as error:
        words = _("Files cannot be stored: {error}").format(error=error)
        advice = _("Let this user write to {place}, or check the S3 settings.")
        yield _problem("files", words, advice.format(place=settings.MEDIA_ROOT))
        return
    if not same:
        words, advice = _("A stored file came back changed."), _("Check the disk or the object storage.")
        yield _problem("files", words, advice)
        return
    yield _good("files", _("A file was written, read and removed."))
    places = [
        settings.HOME,
        *([settings.MEDIA_ROOT] if isinstance(default_storage, FileSystemStorage) else []),
    ]
    for place in places:
        yield from _space(str(place))


def secrets() -> Iterator[Finding]:
    file = settings.SECRET_KEY_FILE
    if file is not None and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        words = _("Others can read {file}.").format(file=file)
        yield _problem("secret key", words, _("Run: {command}").format(command=f"chmod 600 {file}"))
    else:
        yield _good("secret key", _("Kept where only Tugon can read it."))
    if settings.DEBUG:
        words = _("TUGON_DEBUG is on: errors show the program's inside to everybody.")
        yield _problem("debug", words, _("Unset it."))


def address() -> Iterator[Finding]:
    parts = urlsplit(settings.BASE_URL)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not local:
        advice = _("Put a proxy with a certificate before it and write https:// in TUGON_BASE_URL.")
        yield _warning("address", _("{address} is not encrypted.").format(address=settings.BASE_URL), advice)
    elif local and not os.environ.get("TUGON_SUPERVISOR"):
        advice = _("Set TUGON_BASE_URL to the address people use; links in mail are made with it.")
        words = _("{address} works on this machine only.").format(address=settings.BASE_URL)
        yield _warning("address", words, advice)
    elif parts.scheme == "https" and not settings.TRUSTED_PROXIES:
        words = _("{address} is served through a proxy that is not trusted.").format(
            address=settings.BASE_URL
        )
        advice = _(
            "Set TUGON_TRUSTED_PROXIES to how many proxies stand in front: until then all visitors count as "
            "one, and the limits of sign-in and forms hold back everybody."
        )
        yield _warning("address", words, advice)
    else:
        yield _good("address", _("Links in mail begin with {address}.").format(address=settings.BASE_URL))


def pages() -> Iterator[Finding]:
    built = settings.PACKAGE / "pages" / "static" / "dist" / "manifest.json"
    if built.exists():
        yield _good("front end", _("Styles and scripts are built."))
    else:
        words = _("Styles and scripts are not built, so pages look bare.")
        yield _problem("front end", words, _("Run: {command}").format(command="bin/assets"))


def _space(place: str) -> Iterator[Finding]:
    free = shutil.disk_usage(place).free
    words = _("{free} GB are free at {place}.").format(free=f"{free / GIGABYTE:.1f}", place=place)
    if free < GIGABYTE:
        yield _problem("disk", words, _("Make room now: when the disk is full, no mail can be taken in."))
    elif free < 5 * GIGABYTE:
        yield _warning("disk", words, _("Make room soon."))
    else:
        yield _good("disk", words)


def _good(check: str, words: str) -> Finding:
    return Finding(check, Verdict.GOOD, words)


def _warning(check: str, words: str, advice: str) -> Finding:
    return Finding(check, Verdict.WARNING, words, advice)


def _problem(check: str, words: str, advice: str) -> Finding:
    return Finding(check, Verdict.PROBLEM, words, advice)
