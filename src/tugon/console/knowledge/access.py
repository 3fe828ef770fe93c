"""Who may enter, and finding what the address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Article, Translation, Version
from tugon.lib.errors import NotAllowed

from ..access import View, agent_of

WRITE, PUBLISH, ARRANGE = "article.write", "article.publish", "admin.helpcenter"


def needs(*permissions: str) -> Callable[[View], View]:
    """For signed-in agents who hold one of the permissions; others are asked to sign in, or told that they may not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(agent_of(request).may(one) for one in permissions):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return guarded

    return decorate


writers_only = needs(WRITE, PUBLISH)
arrangers_only = needs(ARRANGE)


def find_article(pk: int) -> Article:
    """One query. Raises Http404."""
    found = Article.objects.select_related("section__category", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_translation(pk: int, language: str) -> Translation:
    """The words of an article in a language, with what the editor names around them. One query. Raises Http404."""
    rows = Translation.objects.with_freshness().select_related(
        "article__section__category",
        "article__owner",
        "published",
        "scheduled",
        "draft_by",
        "draft_made_from",
        "review_asked_by",
        "review_by",
    )
    found = rows.filter(article_id=pk, language=language).first()
    if found is None:
        raise Http404
    return found


def source_version(translation: Translation) -> Version | None:
    """What readers of the original see now; None for the original itself. One query."""
    article = translation.article
    if translation.language == article.source_language:
        return None
    source = article.translations.select_related("published").filter(language=article.source_language).first()
    return source.published if source else None


def language_in(language: str) -> str:
    """A language that the company offers. Raises Http404."""
    if language not in offered():
        raise Http404
    return language
