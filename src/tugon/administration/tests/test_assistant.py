"""Administration › Assistant: decided, tested, counted."""

from collections.abc import Iterator

import pytest

from tugon.assistant.models import Asking, Setup
from tugon.assistant.tests.service import Service, serving
from tugon.events.operations import record
from tugon.lib import secrets

pytestmark = pytest.mark.django_db
PAGE = "/administration/assistant"


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as server:
        yield server


def decide(client, address, **more):
    given = {
        "address": address,
        "model": "small-1",
        "key": "",
        "groups": ["draft", "summary"],
        "agent_limit": 50,
        "company_limit": 1000,
        "seconds": 30,
    }
    return client.post(PAGE, {**given, **more})


def test_it_is_off_and_says_so(client, ada):
    client.force_login(ada)
    page = client.get(PAGE).content.decode()
    assert "No word leaves the house" in page
    assert "Test it" not in page


def test_a_service_is_decided_on_and_its_key_is_sealed_and_never_shown(client, ada, members):
    client.force_login(ada)
    answer = decide(
        client, "https://api.example.com/v1/", key="very-secret", forbidden_audiences=[members.pk]
    )
    assert answer.status_code == 302
    row = Setup.objects.get()
    assert (row.address, row.groups, row.forbidden_audiences) == (
        "https://api.example.com/v1",
        ["draft", "summary"],
        [members.pk],
    )
    assert secrets.unseal(row.sealed_key) == "very-secret"
    page = client.get(PAGE).content.decode()
    assert "A key is kept" in page
    assert "very-secret" not in page
    assert row.sealed_key not in page


def test_what_cannot_be_used_is_refused_with_what_was_typed(client, ada):
    client.force_login(ada)
    answer = decide(client, "ftp://api.example.com")
    assert answer.status_code == 422
    assert "Write the address like" in answer.content.decode()
    assert "ftp://api.example.com" in answer.content.decode()
    assert not Setup.objects.filter(address__gt="").exists()


def test_a_test_tells_what_the_service_says(client, ada, service):
    client.force_login(ada)
    decide(client, service.address)
    service.says = "ready <b>"
    page = client.post(f"{PAGE}/test").content.decode()
    assert "It answers: ready &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        ("quota", "limit is used up"),
        ("unknown", "does not know this address or model"),
        ("nonsense", "is no answer"),
    ],
)
def test_a_test_that_fails_says_why_in_plain_words(client, ada, service, manner, words):
    client.force_login(ada)
    decide(client, service.address)
    service.manner = manner
    assert words in client.post(f"{PAGE}/test").content.decode()


def test_what_it_was_used_for_is_counted(client, ada, ticket):
    from tugon.assistant.events import AssistantUsed, AssistantWordsTaken

    for outcome in ("done", "quota"):
        record(
            AssistantUsed(
                ticket.pk, 1, "draft", "small-1", outcome, sent=900, received=50, milliseconds=2500
            ),
            by=ada.actor,
        )
    record(AssistantWordsTaken(ticket.pk, 1, "draft", "small-1", "reply"), by=ada.actor)
    client.force_login(ada)
    page = client.get(PAGE).content.decode()
    row = page[page.index("Draft an answer from articles</th>") :]
    cells = [part.split("</td>")[0].rsplit(">", 1)[-1] for part in row.split("<td")[1:6]]
    assert cells == ["2", "1", "1", "2.5", "1800"]
    assert not Asking.objects.exists()


def test_who_may_not_change_settings_may_not_see_it(client, ben):
    client.force_login(ben)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}/test").status_code == 403
