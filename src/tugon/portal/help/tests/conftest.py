"""A small help center for readers: one chapter, one section, and articles as a test wants them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, Category, Section, Translation
from tugon.portal.help import lists, revision

BODY = "<p>Open the menu and choose <strong>Password</strong>.</p>"
Publish = Callable[..., Translation]


@pytest.fixture(autouse=True)
def nothing_at_hand(company_settings_of_this_test_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with nothing kept, and looks for changes as rarely as a web process."""
    monkeypatch.setattr(revision, "ASKED_EVERY", 1.0)
    lists.forget()


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(slug="account", titles={"en": "Your account", "fil": "Ang account mo"})


@pytest.fixture
def section(category: Category) -> Section:
    return Section.objects.create(category=category, slug="signing-in", titles={"en": "Signing in"})


@pytest.fixture
def publish(section: Section, lea: Agent) -> Publish:
    """`publish("Reset your password")`: a published article. around: fields of the article (visibility, audiences)."""

    def make(title: str = "Reset your password", **fields: Any) -> Translation:
        around = fields.pop("around", None)
        given = {"body": BODY, "language": "en", "section": section, **fields}
        translation = operations.create_article(title=title, by=lea.actor, **given)
        if around:
            operations.change(translation.article, by=lea.actor, **around)
        operations.publish(translation, by=lea.actor)
        translation.refresh_from_db()
        translation.article = Article.objects.get(pk=translation.article_id)
        return translation

    return make


@pytest.fixture
def translate(lea: Agent) -> Callable[..., Translation]:
    """Publish an article in one more language: `translate(row.article, "fil", "I-reset ang password")`."""

    def make(article: Article, language: str, title: str, body: str = BODY) -> Translation:
        row = operations.add_translation(article, language=language, by=lea.actor)
        operations.write_draft(row, title=title, body=body, by=lea.actor)
        operations.publish(row, by=lea.actor)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def sign_in() -> Callable[[Client, Customer], None]:
    """As if the customer had come by a letter."""

    def enter(client: Client, customer: Customer) -> None:
        session = client.session
        session["customer_id"] = customer.pk
        session.save()

    return enter


def shown(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return str(answer.content.decode())
