"""Every address there is, asked for by everybody, with nothing and with nonsense: none breaks."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tugon.accounts.models import Agent
from tugon.channels.models import Mailbox
from tugon.events.models import Event
from tugon.intake.operations import store
from tugon.pages.security import POLICY
from tugon.tickets.models import Ticket, View

pytestmark = pytest.mark.django_db

GIVEN = {"language": "en", "slug": "reply", "str": "1-²-x", "path": "x"}
"""What stands in an address for each kind of part; numbers name rows that are there."""

QUERIES = [
    "",
    "?q=²&below=²&after=²&before=²&window=²&current=²&answer=²&order=²&number=²&agent=²&channel=²&score=²&about=²",
    "?q=a%00b&name=%00&state=%00&subject=%00&below=" + "9" * 30,
]
NUMBERS = (
    "id",
    "into",
    "other",
    "message",
    "participant",
    "attachment",
    "remove",
    "primary",
    "team",
    "agent",
    "state",
)
WORDS = (
    "assignee",
    "status",
    "priority",
    "severity",
    "until",
    "kind",
    "value",
    "seen_message_id",
    "tickets",
    "shared",
)
MORE = (
    "do_assignee",
    "do_state",
    "topic",
    "uploads",
    "order",
    "name",
    "subject",
    "html",
    "add",
    "cause",
    "code",
    "to",
)
FORMS: list[dict[str, str]] = [
    {},
    dict.fromkeys((*NUMBERS, *WORDS, *MORE), "²"),
    dict.fromkeys((*WORDS, *MORE), "a\x00b"),
    {"primary": "²"},
    {"subject": "x" * 2000, "language": "x" * 50, "kind": "x" * 50},
]


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for part in (resolver or get_resolver()).url_patterns:
        here = before + str(part.pattern)
        if isinstance(part, URLPattern):
            yield "/" + here
        else:
            yield from patterns(part, here)


@pytest.fixture
def every(ticket: Ticket, ben: Agent, mailbox: Mailbox) -> list[str]:
    """One address for every pattern, about rows that are there."""
    view = View.objects.create(name="All", conditions={}, position=1)
    row = store(
        mailbox.channel, b"From: dina@mail.example\r\nSubject: Hi\r\n\r\nHello\r\n", via="imap", place="1"
    )
    message = ticket.messages.first()
    assert message is not None
    about = {"customers": ticket.customer_id, "people": ben.pk, "mailboxes": mailbox.pk, "ledger": row.pk}
    named = {
        "number": ticket.pk,
        "view_id": view.pk,
        "message_id": message.pk,
        "channel_id": mailbox.channel_id,
    }

    def filled(pattern: str) -> str:
        parts = pattern.split("/")
        pk = next((about[part] for part in parts if part in about), 1)

        def value(found: re.Match[str]) -> str:
            return GIVEN.get(found[1] or "str") or str(named.get(found[2], pk))

        return re.sub(r"<(?:(\w+):)?(\w+)>", value, pattern)

    return sorted({filled(pattern) for pattern in patterns()})


@pytest.fixture(params=["nobody", "carl", "ada"])
def someone(request: pytest.FixtureRequest, carl: Agent, ada: Agent) -> Client:
    client = Client(raise_request_exception=False)
    if request.param != "nobody":
        client.force_login({"carl": carl, "ada": ada}[request.param])
    return client


def test_no_address_breaks_and_all_carry_the_strict_policy(someone: Client, every: list[str]) -> None:
    wrong: list[tuple[str, object]] = []
    for address in every:
        for query in QUERIES:
            answer = someone.get(address + query)
            policy = answer.headers.get("Content-Security-Policy", "")
            if answer.status_code >= 500 and answer.status_code != 503:
                wrong.append((address + query, answer.status_code))
            if "unsafe" in policy or not (
                "default-src 'none'" in policy or f"script-src {POLICY['script-src']};" in policy
            ):
                wrong.append((address, policy))
    assert wrong == []


def test_nonsense_in_a_form_breaks_no_address(someone: Client, every: list[str]) -> None:
    wrong: list[tuple[str, object]] = []
    for address in every:
        for data in FORMS:
            answer = someone.post(address, data)
            if answer.status_code >= 500 and answer.status_code != 503:
                wrong.append((address, (sorted(data), answer.status_code)))
    assert wrong == []


def test_who_is_not_signed_in_reads_no_page_of_agents(every: list[str]) -> None:
    ours = ("/console/", "/administration/", "/-/", "/demo/")
    open_to_all = {
        address for address in every if address.startswith(ours) and Client().get(address).status_code == 200
    }
    assert open_to_all == set()


def test_a_form_of_another_site_is_refused_everywhere(ada: Agent, every: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert {address for address in every if client.post(address, {}).status_code != 403} == set()


def test_looking_at_an_address_changes_nothing(ada: Agent, every: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    before = Event.objects.count()
    for address in every:
        client.get(address)
        assert Event.objects.count() == before, address
