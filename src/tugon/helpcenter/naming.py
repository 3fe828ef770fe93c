"""Addresses and keys: derived from a title and made unique, or typed and then taken as they are or refused."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.utils.text import slugify

from .errors import SlugInvalid, SlugTaken
from .models import Article, Category, Redirect, Section, Translation

LONGEST_SLUG = 110
LONGEST_KEY = 74
_ADDRESSES = 4_772_001
"""Number of the lock for choosing addresses; any that nothing else in this database uses."""
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def derived(title: str, *, longest: int = LONGEST_SLUG) -> str:
    """`title` as an address: "I cannot sign in!" → "i-cannot-sign-in". "article" where it has no Latin letter."""
    slug = slugify(title)
    if len(slug) > longest:
        slug = slug[:longest].rsplit("-", 1)[0]
    return slug.strip("-_") or "article"


def slug_for(translation: Translation, title: str) -> str:
    """An address derived from the title that nothing else in the language has, perhaps with a number at its end."""
    others = Translation.objects.filter(language=translation.language).exclude(pk=translation.pk)
    led_on = Redirect.objects.filter(kind=Redirect.Kind.ARTICLE, language=translation.language)
    led_on = led_on.exclude(translation_id=translation.pk)
    return _unique(
        derived(title),
        lambda start: {
            *others.filter(slug__startswith=start).values_list("slug", flat=True),
            *led_on.filter(slug__startswith=start).values_list("slug", flat=True),
        },
    )


def key_for(title: str) -> str:
    """A key for a new article."""
    known = Article.objects.all()
    return _unique(
        derived(title, longest=LONGEST_KEY),
        lambda start: set(known.filter(key__startswith=start).values_list("key", flat=True)),
    )


def chapter_slug(model: type[Category] | type[Section], title: str, *, pk: int | None = None) -> str:
    """An address for a category or section, derived from its title."""
    rows = model._default_manager.exclude(pk=pk)
    return _unique(
        derived(title, longest=LONGEST_KEY),
        lambda start: set(rows.filter(slug__startswith=start).values_list("slug", flat=True)),
    )


def follows(slug: str, title: str) -> bool:
    """Whether the address is what the title would give, but for a number at its end."""
    return re.fullmatch(re.escape(derived(title)) + r"(-\d+)?", slug) is not None


def typed(slug: str) -> str:
    """An address as somebody typed it. Raises SlugInvalid."""
    clean = slug.strip().lower()
    if len(clean) > LONGEST_SLUG or not _SLUG.fullmatch(clean):
        raise SlugInvalid(slug=slug.strip()[:80])
    return clean


def require_free(slug: str, translation: Translation) -> None:
    """Raises SlugTaken where another article of the language has the address, or had it and is still reached by it."""
    _one_at_a_time()
    other = (
        Translation.objects.filter(language=translation.language, slug=slug)
        .exclude(pk=translation.pk)
        .first()
    )
    if other is None:
        led_on = Redirect.objects.filter(
            kind=Redirect.Kind.ARTICLE, language=translation.language, slug=slug
        ).exclude(translation_id=translation.pk)
        found = led_on.select_related("translation").first()
        other = found.translation if found else None
    if other is not None:
        raise SlugTaken(slug=slug, title=other.shown_title)


def _one_at_a_time() -> None:
    """Two who choose an address at once wait for each other until the transaction ends, instead of one failing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADDRESSES])


def _unique(start: str, taken: Callable[[str], set[str]]) -> str:
    _one_at_a_time()
    used = taken(start)
    if start not in used:
        return start
    number = 2
    while f"{start}-{number}" in used:
        number += 1
    return f"{start}-{number}"
