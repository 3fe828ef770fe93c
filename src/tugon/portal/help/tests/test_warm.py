"""Public pages are kept ready, renewed when something changes, and never somebody else's."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.company.models import Setting
from tugon.helpcenter import operations
from tugon.helpcenter.models import Notice, Translation
from tugon.lib.clock import now
from tugon.portal.help import revision, warm

from .conftest import Publish, shown

ADDRESS = "/en/help/articles/reset-your-password/"


def test_a_kept_page_asks_nothing_of_the_database(
    client: Client, publish: Publish, django_assert_num_queries: Any
) -> None:
    publish()
    first = client.get(ADDRESS)
    with django_assert_num_queries(0):
        again = client.get(ADDRESS)
    assert again.content == first.content
    assert again["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert "Cookie" in again["Vary"]
    assert again["Content-Security-Policy"]
    assert not again.cookies


def test_who_has_it_already_hears_304(client: Client, publish: Publish) -> None:
    publish()
    tag = client.get(ADDRESS)["ETag"]
    same = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == tag
    assert client.get(ADDRESS, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_a_change_renews_the_page_and_its_tag(client: Client, publish: Publish, lea: Agent) -> None:
    row = publish()
    tag = client.get(ADDRESS)["ETag"]
    operations.write_draft(row, title="Reset your password", body="<p>Press the key.</p>", by=lea.actor)
    revision.forget()  # as after its second
    assert client.get(ADDRESS)["ETag"] == tag  # a draft is nobody's page
    operations.publish(Translation.objects.get(pk=row.pk), by=lea.actor)
    revision.forget()
    renewed = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert renewed.status_code == 200
    assert "Press the key." in renewed.content.decode()


def test_settings_and_notices_renew_every_page(client: Client, publish: Publish) -> None:
    publish()
    assert "Luntian" not in shown(client, ADDRESS)
    Setting.objects.update_or_create(key="name", defaults={"value": "Luntian"})
    from tugon.company import settings as company

    company.forget()
    revision.forget()
    assert "Luntian" in shown(client, ADDRESS)
    Notice.objects.create(titles={"en": "Videos are slow"}, level="outage", starts_at=now(), created_at=now())
    revision.forget()
    assert "Videos are slow" in shown(client, ADDRESS)


def test_a_rollback_leaves_no_page_that_never_was(client: Client, publish: Publish, lea: Agent) -> None:
    from django.db import transaction

    row = publish()
    before = revision.current()
    with transaction.atomic():
        operations.archive(row.article, by=lea.actor)
        revision.forget()
        assert revision.current() != before
        transaction.set_rollback(True)
    revision.forget()
    assert revision.current() == before
    assert client.get(ADDRESS).status_code == 200


def test_a_person_with_a_session_gets_their_own_page(client: Client, publish: Publish, ben: Agent) -> None:
    publish()
    client.get(ADDRESS)
    client.force_login(ben)
    assert client.get(ADDRESS)["Cache-Control"] == "private, no-cache"


def test_the_page_depends_on_nothing_the_key_does_not_hold(client: Client, publish: Publish) -> None:
    publish()
    dark = Client()
    dark.cookies["tugon_theme"] = "dark"
    dark.cookies["tugon_zone"] = "Asia/Manila"
    dark.cookies["tugon_language"] = "fil"
    dark.cookies["tugon_density"] = "compact"
    page = shown(dark, ADDRESS, **{"Accept-Language": "fil"})
    assert 'lang="en" data-theme="dark"' in page
    assert "data-density" not in page
    assert "data-theme" not in shown(client, ADDRESS)


def test_choosing_who_one_is_keeps_the_choice_and_is_kept_by_no_cache(client: Client, members: Any) -> None:
    from tugon.customers.models import Audience

    Audience.objects.create(key="studios", names={"en": "Studios"})
    chosen = client.get("/en/?for=members")
    assert chosen.cookies["tugon_audience"].value == "members"
    assert "private" in chosen["Cache-Control"]
    again = client.get("/en/?for=members")
    assert not again.cookies
    assert again["Cache-Control"].startswith("public")
    assert 'aria-current="true"' in shown(client, "/en/")
    assert client.get("/en/?for=nobody-knows").cookies.get("tugon_audience") is None
    client.get("/en/?for=everybody")
    assert 'who-card" href="/en/?for=members#chapters" aria-current' not in shown(client, "/en/")


def test_the_web_process_answers_what_lies_ready_without_django(client: Client, publish: Publish) -> None:
    publish()
    whole = client.get(ADDRESS)
    status, headers, body = _at_hand() or (0, [], b"")
    assert (status, body) == (200, whole.content)
    assert ("etag", whole["ETag"]) in headers
    unchanged = _at_hand({"if-none-match": whole["ETag"]})
    assert unchanged is not None
    assert (unchanged[0], unchanged[2]) == (304, b"")
    for more in ({"cookie": "sessionid=abc"}, {"cookie": "messages=abc"}, {"hx-request": "true"}):
        assert _at_hand(more) is None
    assert _at_hand(query="lang=fil") is None
    assert _at_hand(query="x=1") is None
    revision.forget()
    assert _at_hand() is None


@pytest.mark.parametrize(
    ("method", "path", "cookies"),
    [
        ("POST", ADDRESS, ""),
        ("GET", "/", ""),
        ("GET", "/requests/", ""),
        ("GET", "/console/", ""),
        ("GET", ADDRESS, "a=b; sessionid=1"),
    ],
)
def test_other_requests_have_no_key(method: str, path: str, cookies: str) -> None:
    assert warm.key_of(method, path, "", cookies=cookies, encodings="", scheme="http") is None


def test_the_shelf_makes_room() -> None:
    shelf = warm.Shelf(room=1000)
    for number in range(20):
        shelf.put((number,), warm.Page([], b"x" * 100, "", "one", 0.0))
    assert shelf.get((19,)) is not None
    assert shelf.get((0,)) is None
    shelf.put(("large",), warm.Page([], b"x" * 500, "", "one", 0.0))
    assert shelf.get(("large",)) is None


def _at_hand(more: dict[str, str] | None = None, query: str = "") -> Any:
    scope: Callable[..., Any] = SimpleNamespace
    return warm.at_hand(
        scope(method="GET", path=ADDRESS, query_string=query, scheme="http", headers=more or {})
    )
