"""A help center to search in, and a warm process with a tiny provider where a test asks for one."""

import pytest

from tugon.helpcenter import operations
from tugon.helpcenter.models import Article
from tugon.helpcenter.tests.conftest import BODY, category, draft, section, translated
from tugon.meaning import client
from tugon.meaning.tests.conftest import desk, warm

__all__ = ["category", "desk", "draft", "section", "translated", "warm"]


@pytest.fixture(autouse=True)
def without_meaning(tmp_path, monkeypatch):
    """No warm process unless a test starts one."""
    monkeypatch.setenv("TUGON_MEANING_SOCKET", str(tmp_path / "none.sock"))
    client.forget()
    yield
    client.forget()


@pytest.fixture
def published(draft, lea):
    """Publish an article: `published("Asking for a refund", body=…, exact_phrases=[…], around={"visibility": …})`."""

    def make(title, *, body=BODY, language="en", exact_phrases=(), around=None):
        row = draft(title, body=body, language=language)
        operations.write_draft(row, exact_phrases=list(exact_phrases), by=lea.actor)
        if around:
            operations.change(row.article, by=lea.actor, **around)
        operations.publish(row, by=lea.actor)
        row.refresh_from_db()
        row.article = Article.objects.get(pk=row.article_id)
        return row

    return make
