"""Nobody reads, finds or hears of what is not for them, whatever door they try."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer, Plan
from tugon.helpcenter import operations
from tugon.helpcenter.models import Section
from tugon.portal.help import revision

from .conftest import Publish, shown

HIDDEN = ("signed_in", "audiences", "plans", "agents")
ADDRESS = "/en/help/articles/secret-refunds/"
SignIn = Callable[[Client, Customer], None]


@pytest.fixture
def hide(publish: Publish, members: Audience, premium: Plan) -> Callable[[str], Any]:
    """Publish "Secret refunds" with a visibility, beside something everybody may read."""

    def make(visibility: str) -> Any:
        around = {"visibility": visibility, "audiences": [members], "plans": [premium]}
        kept = {"audiences": ["visibility", "audiences"], "plans": ["visibility", "plans"]}
        names = kept.get(visibility, ["visibility"])
        publish("Open to all")
        return publish("Secret refunds", around={name: around[name] for name in names})

    return make


@pytest.mark.parametrize("visibility", HIDDEN)
def test_a_stranger_meets_it_nowhere(client: Client, hide: Callable[[str], Any], visibility: str) -> None:
    row = hide(visibility)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}print/").status_code == 404
    assert client.get("/fil/help/articles/secret-refunds/").status_code == 404
    assert (
        client.post(
            f"{ADDRESS}votes/", {"helpful": "no"}, headers={"Origin": "http://testserver"}
        ).status_code
        == 404
    )
    assert client.post(f"{ADDRESS}views/", headers={"Origin": "http://testserver"}).status_code == 404
    for path in (
        *("/", "/en/", "/en/help/", "/en/help/categories/account/", "/en/help/sections/signing-in/"),
        *("/en/help/articles/open-to-all/", "/en/help/feed.atom", "/en/help/search?q=secret"),
        *("/en/help/search/typed?q=secret", f"/contact/?article={row.article_id}"),
    ):
        answer = client.get(path, follow=True)
        assert "ecret refunds" not in answer.content.decode(), path
        assert "secret-refunds" not in answer.content.decode(), path
    assert b"secret-refunds" not in b"".join(client.get("/sitemap.xml"))


@pytest.mark.parametrize(
    ("visibility", "reads"), [("signed_in", True), ("audiences", True), ("plans", False)]
)
def test_who_is_signed_in_reads_what_their_audience_and_plan_may(
    client: Client, hide: Callable[[str], Any], ana: Customer, sign_in: SignIn, visibility: str, reads: bool
) -> None:
    hide(visibility)
    sign_in(client, ana)
    assert client.get(ADDRESS).status_code == (200 if reads else 404)
    assert ("Secret refunds" in shown(client, "/en/help/sections/signing-in/")) is reads


def test_saying_to_belong_to_an_audience_opens_nothing(
    client: Client, hide: Callable[[str], Any], members: Audience
) -> None:
    hide("audiences")
    assert "Secret refunds" not in shown(client, "/en/?for=members")
    client.cookies["tugon_audience"] = "members"
    assert client.get(ADDRESS).status_code == 404


def test_agents_read_everything_and_no_search_engine_is_told(
    client: Client, hide: Callable[[str], Any], ben: Agent
) -> None:
    hide("agents")
    client.force_login(ben)
    page = shown(client, ADDRESS)
    assert '<meta name="robots" content="noindex">' in page
    assert "application/ld+json" not in page
    assert 'rel="canonical"' not in page


def test_a_page_of_one_person_is_given_to_nobody_else(
    hide: Callable[[str], Any], ana: Customer, sign_in: SignIn
) -> None:
    hide("audiences")
    anas, stranger = Client(), Client()
    sign_in(anas, ana)
    for _ in range(2):
        mine = anas.get("/en/help/sections/signing-in/")
        assert "Secret refunds" in mine.content.decode()
        assert mine["Cache-Control"] == "private, no-cache"
        assert "ETag" not in mine
        theirs = stranger.get("/en/help/sections/signing-in/")
        assert "Secret refunds" not in theirs.content.decode()
    again = anas.get("/en/help/sections/signing-in/", headers={"If-None-Match": theirs["ETag"]})
    assert "Secret refunds" in again.content.decode()


def test_the_tag_of_what_one_may_no_longer_read_opens_nothing(publish: Publish, lea: Agent) -> None:
    row = publish("Secret refunds")
    tag = Client().get(ADDRESS)["ETag"]
    operations.change(row.article, visibility="agents", by=lea.actor)
    revision.forget()  # as after its second
    assert Client().get(ADDRESS, headers={"If-None-Match": tag}).status_code == 404


def test_what_is_taken_back_is_gone_at_the_next_look(client: Client, publish: Publish, lea: Agent) -> None:
    row = publish("Secret refunds")
    shown(client, ADDRESS)
    operations.change(row.article, visibility="agents", by=lea.actor)
    revision.forget()  # as after its second
    assert client.get(ADDRESS).status_code == 404
    operations.change(row.article, visibility="public", by=lea.actor)
    operations.archive(row.article, by=lea.actor)
    revision.forget()
    assert client.get(ADDRESS).status_code == 404


def test_a_hidden_category_and_a_shelf_of_hidden_articles_do_not_exist(
    client: Client, publish: Publish, section: Section
) -> None:
    publish("Secret refunds", around={"visibility": "agents"})
    assert client.get("/en/help/sections/signing-in/").status_code == 404
    assert client.get("/en/help/categories/account/").status_code == 404
    section.category.is_visible = False
    section.category.save()
    publish("Another")
    revision.forget()
    assert client.get("/en/help/categories/account/").status_code == 404
    assert client.get("/en/help/articles/another/").status_code == 404


def test_an_old_address_tells_nothing_of_what_one_may_not_read(
    client: Client, publish: Publish, lea: Agent
) -> None:
    row = publish("Secret refunds", around={"visibility": "agents"})
    operations.rename_slug(row, slug="very-secret", by=lea.actor)
    assert client.get(ADDRESS).status_code == 404


def test_a_link_to_what_one_may_not_read_is_plain_words(
    client: Client, publish: Publish, hide: Callable[[str], Any], ana: Customer, sign_in: SignIn
) -> None:
    key = hide("signed_in").article.key
    publish("How refunds work", body=f'<p>More in <a href="article:{key}">our rules</a>.</p>')
    page = shown(client, "/en/help/articles/how-refunds-work/")
    assert "More in our rules." in page
    for path in ("/en/help/articles/how-refunds-work/print/", "/en/help/feed.atom"):
        assert "secret-refunds" not in shown(client, path)
    sign_in(client, ana)
    assert 'More in <a href="/en/help/articles/secret-refunds/">our rules</a>.' in shown(
        client, "/en/help/articles/how-refunds-work/"
    )
