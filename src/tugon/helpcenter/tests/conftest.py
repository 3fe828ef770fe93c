"""A small help center: one category, one section, and articles as a test wants them."""

import pytest

from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, Category, Section

BODY = "<p>Open the menu and choose <strong>Password</strong>.</p>"


@pytest.fixture
def category(db) -> Category:
    return Category.objects.create(slug="account", titles={"en": "Your account", "fil": "Ang account mo"})


@pytest.fixture
def section(category) -> Section:
    return Section.objects.create(category=category, slug="signing-in", titles={"en": "Signing in"})


@pytest.fixture
def draft(section, lea):
    """Make an article with a draft: `draft("Reset your password")`. Lea writes unless `by=` says who."""

    def make(title="Reset your password", *, by=None, body=BODY, language="en", **fields):
        fields.setdefault("section", section)
        actor = (by or lea).actor
        return operations.create_article(title=title, body=body, language=language, by=actor, **fields)

    return make


@pytest.fixture
def published(draft, lea):
    """Make a published article: `published("Reset your password")`. Lea writes and publishes it."""

    def make(title="Reset your password", *, by=None, around=None, **fields):
        translation = draft(title, by=by, **fields)
        if around:
            operations.change(translation.article, by=lea.actor, **around)
        operations.publish(translation, by=lea.actor)
        translation.refresh_from_db()
        translation.article = Article.objects.get(pk=translation.article_id)
        return translation

    return make


@pytest.fixture
def translated(lea):
    """Publish an article in one more language: `translated(translation.article, "fil", "I-reset ang password")`."""

    def make(article, language, title, body=BODY):
        row = operations.add_translation(article, language=language, by=lea.actor)
        operations.write_draft(row, title=title, body=body, by=lea.actor)
        operations.publish(row, by=lea.actor)
        row.refresh_from_db()
        return row

    return make
