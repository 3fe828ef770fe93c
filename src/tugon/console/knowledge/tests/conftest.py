"""A small help center: one category, two sections, one published article in English."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.console import queues
from tugon.helpcenter import operations
from tugon.helpcenter.models import Category, Section, Translation

WORDS = "<h2>How long</h2><p>You can ask for a refund within two weeks of paying.</p>"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    queues._counted.clear()


@pytest.fixture
def payments(db: None) -> Category:
    return Category.objects.create(slug="payments", titles={"en": "Payments", "fil": "Bayad"}, position=0)


@pytest.fixture
def refunds(payments: Category) -> Section:
    return Section.objects.create(category=payments, slug="refunds", titles={"en": "Refunds"}, position=0)


@pytest.fixture
def cards(payments: Category) -> Section:
    return Section.objects.create(category=payments, slug="cards", titles={"en": "Cards"}, position=1)


@pytest.fixture
def write(refunds: Section, lea: Agent) -> Callable[..., Translation]:
    """Make an article: `write("Ask for a refund", publish=True)`. Lea owns it."""

    def make(title: str, *, publish: bool = True, body: str = WORDS, **fields: Any) -> Translation:
        fields.setdefault("section", refunds)
        fields.setdefault("language", "en")
        row = operations.create_article(title=title, body=body, by=lea.actor, **fields)
        if publish:
            operations.publish(row, by=lea.actor)
        return Translation.objects.select_related("article", "published").get(pk=row.pk)

    return make


@pytest.fixture
def refund(write: Callable[..., Translation]) -> Translation:
    return write("Ask for a refund")


@pytest.fixture
def enter() -> Callable[[Agent], Client]:
    def signed_in(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return signed_in
