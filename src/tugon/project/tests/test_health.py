from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tugon.channels.models import Channel, Mailbox
from tugon.project import health
from tugon.project.health import Verdict

pytestmark = pytest.mark.django_db


def only(findings, check):
    return next(finding for finding in findings if finding.check == check)


def test_a_sound_database_is_named_with_its_version():
    found = only(health.database(), "database")
    assert found.verdict is Verdict.GOOD
    assert "PostgreSQL" in found.words


def test_clocks_that_differ_are_a_problem(monkeypatch):
    real = timezone.now
    monkeypatch.setattr(health.timezone, "now", lambda: real() + timedelta(minutes=3))
    found = only(health.clock(), "clock")
    assert found.verdict is Verdict.PROBLEM
    assert "180 seconds apart" in found.words
    assert found.advice


def test_without_a_worker_waiting_jobs_are_a_problem():
    with connection.cursor() as cursor:  # stories that commit leave jobs behind
        cursor.execute("update procrastinate_jobs set status = 'succeeded' where status = 'todo'")
    found = only(health.worker(), "worker")
    assert found.verdict is Verdict.WARNING
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_jobs (queue_name, task_name) values ('default', 'x')")
    found = only(health.worker(), "worker")
    assert (found.verdict, "1 jobs wait" in found.words) == (Verdict.PROBLEM, True)


def test_a_worker_that_gave_a_sign_of_life_is_enough():
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values")
    assert only(health.worker(), "worker").verdict is Verdict.GOOD


def test_a_mailbox_whose_server_is_not_there_is_told_with_its_words():
    channel = Channel.objects.create(kind="email", name="Support")
    Mailbox.objects.create(
        channel=channel,
        address="help@example.org",
        imap_host="127.0.0.1",
        imap_port=1,
        imap_security="none",
        outgoing="none",
    )
    found = only(health.mail(), "mail help@example.org (in)")
    assert found.verdict is Verdict.PROBLEM
    assert "port 1" in found.words
    assert "Nothing is lost" in found.advice


def test_files_that_cannot_be_written_are_a_problem(monkeypatch):
    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(health.default_storage), "save", refuse, raising=False)
    assert only(health.storage(), "files").verdict is Verdict.PROBLEM


def test_little_room_is_told_before_there_is_none(monkeypatch):
    class Usage:
        free = 2 << 30

    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: Usage)
    assert only(health.storage(), "disk").verdict is Verdict.WARNING


def test_an_address_without_encryption_is_a_warning(settings):
    settings.BASE_URL = "http://support.example.org"
    assert "not encrypted" in only(health.address(), "address").words


def test_every_check_is_asked():
    checks = {finding.check for finding in health.examine()}
    assert {
        "database",
        "tables",
        "clock",
        "worker",
        "files",
        "disk",
        "secret key",
        "address",
        "front end",
    } <= checks


@pytest.mark.parametrize(("proxies", "verdict"), [(0, Verdict.WARNING), (1, Verdict.GOOD)])
def test_a_proxy_that_is_not_trusted_makes_all_visitors_one(settings, proxies, verdict):
    settings.BASE_URL, settings.TRUSTED_PROXIES = "https://support.example.org", proxies
    found = only(health.address(), "address")
    assert found.verdict is verdict
    assert ("TUGON_TRUSTED_PROXIES" in found.advice) == (proxies == 0)
