"""Every page opens for who may, is refused to who may not, and says what to do where there is nothing."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tugon.administration.navigation import SECTIONS
from tugon.administration.registers import REGISTERS
from tugon.events.models import Event, FailedReaction
from tugon.intake.models import Received
from tugon.intake.operations import store
from tugon.lib.clock import now
from tugon.realtime.identity import Identity
from tugon.realtime.topics import Topic, allowed

pytestmark = pytest.mark.django_db

PAGES = [(entry.route, entry.register) for _words, entries in SECTIONS for entry in entries]


def address(route: str, register: str = "") -> str:
    return reverse(f"administration:{route}", args=[register] if register else None)


@pytest.mark.parametrize(("route", "register"), PAGES)
def test_every_page_opens_for_an_administrator(client, ada, route, register):
    client.force_login(ada)
    assert client.get(address(route, register)).status_code == 200


@pytest.mark.parametrize(("route", "register"), PAGES)
def test_no_page_opens_for_an_agent_without_the_permission(client, carl, route, register):
    client.force_login(carl)
    assert client.get(address(route, register)).status_code == 403


def test_who_is_not_signed_in_is_led_to_the_door(client, db):
    assert client.get("/administration/people").headers["Location"].startswith("/account/login/")


def test_a_lead_sees_only_what_leads_may_open(client, lea):
    client.force_login(lea)
    page = client.get("/administration/ledger").content.decode()
    assert "/administration/deliveries" in page
    assert "/administration/people" not in page


@pytest.mark.parametrize("key", [key for key, register in REGISTERS.items() if register.makes])
def test_every_register_has_a_form_for_a_new_row(client, ada, key):
    client.force_login(ada)
    assert client.get(f"/administration/{key}/new").status_code == 200


def test_an_unknown_register_is_not_there(client, ada):
    client.force_login(ada)
    assert client.get("/administration/nothing").status_code == 404


def test_the_checklist_counts_what_is_done(client, ada, mailbox, support):
    client.force_login(ada)
    page = client.get("/administration/").content.decode()
    assert "Connect a mailbox" in page


RAW = b"\r\n".join(
    [
        b"From: Dina <dina@mail.example>",
        b"To: help@company.example",
        b"Subject: Hello",
        b"Message-ID: <1@mail.example>",
        b"",
        b"Hi",
    ]
)


@pytest.fixture
def letter(mailbox) -> Received:
    row = store(mailbox.channel, RAW, via="imap", place="INBOX 1")
    Received.objects.filter(pk=row.pk).update(
        state="quarantined", reason="Looks odd", settled_at=now(), sender="dina@mail.example", subject="Hello"
    )
    return Received.objects.get(pk=row.pk)


def test_an_open_ledger_fetches_only_itself_again(client, lea, letter):
    client.force_login(lea)
    part = client.get("/administration/ledger?q=dina", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="ledger" data-topic="ledger:all"')
    assert "Hello" in part
    assert "<html" not in part


@pytest.mark.parametrize("page", ["/administration/ledger", "/-/profile"])
def test_every_topic_a_page_names_is_one_it_may_hear(client, ada, mailbox, page):
    client.force_login(ada)
    found = re.findall(r'data-topic="([^"]*)"', client.get(page).content.decode())
    topics = [Topic.parse(name) for names in found for name in names.split()]
    assert topics
    assert None not in topics
    assert allowed(Identity("a-session", agent_id=ada.pk), topics) == set(topics)


def test_a_quarantined_letter_is_read_as_it_came(client, lea, letter):
    client.force_login(lea)
    page = client.get(f"/administration/ledger/{letter.pk}").content.decode()
    assert "Looks odd" in page
    assert "Subject: Hello" in page
    answer = client.get(f"/administration/ledger/{letter.pk}/raw")
    assert answer.content == RAW
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_quarantined_letter_is_let_through_and_becomes_a_ticket(client, lea, letter):
    client.force_login(lea)
    client.post(f"/administration/ledger/{letter.pk}/release")
    letter.refresh_from_db()
    assert letter.state == "ticketed"
    assert letter.ticket.subject == "Hello"


def test_a_letter_is_set_aside_and_its_sender_blocked(client, lea, letter):
    client.force_login(lea)
    client.post(f"/administration/ledger/{letter.pk}/ignore")
    letter.refresh_from_db()
    assert letter.state == "ignored"
    client.post(f"/administration/ledger/{letter.pk}/block")
    assert "dina@mail.example" in client.get("/administration/senders").content.decode()


def test_the_ledger_is_filtered_and_paged(client, lea, letter):
    client.force_login(lea)
    assert "Hello" in client.get("/administration/ledger?state=quarantined&q=dina").content.decode()
    assert "Nothing matches" in client.get("/administration/ledger?state=ticketed").content.decode()
    assert client.get(f"/administration/ledger?before={letter.pk}").status_code == 200


@pytest.mark.parametrize("query", ["before=²", "after=²", "channel=²", "before=9" + "9" * 40, "state=%00"])
def test_what_is_typed_into_an_address_breaks_no_list(client, ada, query):
    client.force_login(ada)
    for name in ("ledger", "audit", "deliveries", "failures"):
        assert client.get(address(name) + f"?{query}").status_code == 200
    assert client.get(address("audit") + "?number=²&agent=²").status_code == 200


def test_an_agent_without_the_permission_cannot_release(client, ben, letter):
    client.force_login(ben)
    assert client.post(f"/administration/ledger/{letter.pk}/release").status_code == 403
    letter.refresh_from_db()
    assert letter.state == "quarantined"


def test_the_audit_log_names_who_did_what(client, ada, ben):
    from tugon.accounts import operations

    operations.deactivate(ben, by=ada.actor)
    client.force_login(ada)
    page = client.get(f"/administration/audit?agent={ada.pk}").content.decode()
    assert "Agent deactivated" in page
    assert ada.name in page
    assert "Nothing matches" in client.get("/administration/audit?name=NoSuchFact").content.decode()


def test_a_failed_reaction_is_shown_and_tried_again(client, ada):
    event = Event.objects.create(
        name="GoneFact", subject_kind="ticket", subject_id=1, actor_kind="system", at=now(), data={}
    )
    failure = FailedReaction.objects.create(
        event=event, reaction="x.y", error="Traceback: boom", failed_at=now()
    )
    client.force_login(ada)
    assert "boom" in client.get("/administration/failures").content.decode()
    client.post(f"/administration/failures/{failure.pk}/retry")
    failure.refresh_from_db()
    assert failure.resolved_at


def test_a_job_that_gave_up_is_shown_tried_again_and_removed(client, ada, lea):
    def failed(task: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts)"
                " VALUES ('default', %s, 0, '{\"delivery\": 7}', 'failed', 5) RETURNING id",
                [task],
            )
            return cursor.fetchone()[0]

    again, removed = failed("delivery.send_due"), failed("files.sweep")
    client.force_login(ada)
    page = client.get("/administration/failures").content.decode()
    assert "delivery.send_due" in page
    assert "delivery: 7" in page
    client.post(f"/administration/failures/jobs/{again}/retry")
    client.post(f"/administration/failures/jobs/{removed}/removal")
    assert ProcrastinateJob.objects.get(pk=again).status == "todo"
    assert not ProcrastinateJob.objects.filter(pk=removed).exists()
    client.post(f"/administration/failures/jobs/{again}/removal")
    assert ProcrastinateJob.objects.filter(pk=again).exists()
    client.force_login(lea)
    assert client.post(f"/administration/failures/jobs/{again}/retry").status_code == 403


def test_lists_of_the_administration_cost_few_queries(client, ada, django_assert_max_num_queries):
    client.force_login(ada)
    client.get("/administration/people")
    for path, most in (
        ("people", 7),
        ("teams", 6),
        ("audit", 7),
        ("ledger", 7),
        ("deliveries", 5),
        ("roles", 5),
    ):
        with django_assert_max_num_queries(most):
            client.get(f"/administration/{path}")
