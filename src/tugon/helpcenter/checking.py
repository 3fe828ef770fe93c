"""Links of published texts that lead nowhere, found when something changes and once a night.

Only what we can know without asking the world: articles, addresses of articles, files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from tugon.lib.clock import now

from . import addresses, linking, markup
from .models import Article, ArticleFile, BrokenLink, Translation, Visibility

Why = BrokenLink.Why


@dataclass(frozen=True, slots=True)
class _Target:
    """An article as far as a link to it asks."""

    archived: bool
    published: bool
    visibility: str
    audiences: frozenset[int]
    plans: frozenset[int]
    shown: bool


def recheck(article: Article) -> None:
    """Look again at the article's own links and at those of who links to it."""
    check(
        Translation.objects.published().filter(
            Q(article=article) | Q(published__cites__contains=[article.key])
        )
    )
    BrokenLink.objects.filter(translation__article=article).exclude(
        translation__in=Translation.objects.published().filter(article=article)
    ).delete()


def check_all() -> int:
    """Look at every link of every published text. Returns how many lead nowhere."""
    BrokenLink.objects.exclude(translation__in=Translation.objects.published()).delete()
    ids = list(Translation.objects.published().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 200):
        check(Translation.objects.filter(pk__in=ids[start : start + 200]))
    return BrokenLink.objects.exclude(why=Why.NO_ANSWER).count()


def check(translations: Iterable[Translation]) -> None:
    """Keep what is broken in these texts, forget what is mended. A handful of queries, however many texts."""
    ids = [one.pk for one in translations]
    rows = list(Translation.objects.published().filter(pk__in=ids).select_related("published", "article"))
    _keep(ids, _broken(rows, {row.pk: _links(row.published.body if row.published else "") for row in rows}))


def broken_in(translation: Translation, body: str) -> list[BrokenLink]:
    """What would lead nowhere if these words were published in place of the translation's; kept nowhere. A handful of
    queries, none where there are no links.
    """
    links = _links(body)
    return _broken([translation], {translation.pk: links}) if links else []


def _broken(rows: list[Translation], found: dict[int, dict[str, str]]) -> list[BrokenLink]:
    named = _keys(found)
    targets = _targets({*named.values(), *(row.article.key for row in rows)})
    present = set(ArticleFile.objects.filter(pk__in=_file_ids(found)).values_list("pk", flat=True))
    broken = []
    for row in rows:
        own = targets[row.article.key]
        for href, words in found[row.pk].items():
            why = _why(href, named.get(href), own, targets, present)
            if why is not None:
                broken.append(BrokenLink(translation=row, href=href, words=words, why=why, found_at=now()))
    return broken


def _links(body: str) -> dict[str, str]:
    """Address → words, of links and pictures."""
    shown = {
        one.attributes["src"]: one.attributes.get("alt", "")[:300]
        for one in markup.parse(body).walk()
        if one.tag in ("img", "video") and one.attributes.get("src")
    }
    return {**{link.href: link.words for link in markup.links(body)}, **shown}


def _keys(found: dict[int, dict[str, str]]) -> dict[str, str]:
    """Address → key of the article it names; "" where it has the form of one of ours and names none."""
    hrefs = {href for links in found.values() for href in links}
    keys = {href: named.key for href in hrefs if (named := addresses.article_link(href))}
    ours = {href: parts[:2] for href in hrefs if (parts := addresses.language_and_slug(href))}
    known = linking.keys_of_addresses(ours.values()) if ours else {}
    return {**keys, **{href: known.get(pair, "") for href, pair in ours.items()}}


def _targets(keys: set[str]) -> dict[str, _Target]:
    rows = (
        Article.objects.filter(key__in=keys)
        .select_related("section__category")
        .prefetch_related("audiences", "plans", "translations")
    )
    return {
        row.key: _Target(
            row.is_archived,
            any(one.published_id for one in row.translations.all()),
            row.visibility,
            frozenset(one.pk for one in row.audiences.all()),
            frozenset(one.pk for one in row.plans.all()),
            row.section.category.is_visible,
        )
        for row in rows
    }


def _file_ids(found: dict[int, dict[str, str]]) -> set[int]:
    ids = (addresses.file_id(href) for links in found.values() for href in links)
    return {pk for pk in ids if pk is not None}


def _why(
    href: str, key: str | None, own: _Target, targets: dict[str, _Target], present: set[int]
) -> str | None:
    """Why the link leads nowhere, or None where it leads somewhere or nobody can tell."""
    file = addresses.file_id(href)
    if file is not None:
        return None if file in present else Why.FILE_GONE
    if key is None:
        return None
    target = targets.get(key)
    if target is None:
        return Why.GONE
    if target.archived:
        return Why.ARCHIVED
    if not target.published:
        return Why.UNPUBLISHED
    return None if _opens(own, target) else Why.UNREADABLE


def _opens(own: _Target, target: _Target) -> bool:
    """Whether all who may read the one may read the other."""
    if own.visibility == Visibility.AGENTS:
        return True
    if own.shown and not target.shown:
        return False
    if target.visibility == Visibility.PUBLIC:
        return True
    if target.visibility == Visibility.SIGNED_IN:
        return own.visibility != Visibility.PUBLIC
    if target.visibility != own.visibility:
        return False
    return (
        own.audiences <= target.audiences
        if own.visibility == Visibility.AUDIENCES
        else own.plans <= target.plans
    )


def _keep(ids: list[int], broken: list[BrokenLink]) -> None:
    """What stays broken keeps the moment it was found."""
    known = {
        (row.translation_id, row.href): row
        for row in BrokenLink.objects.filter(translation__in=ids).exclude(why=Why.NO_ANSWER)
    }
    new = []
    for one in broken:
        before = known.pop((one.translation_id, one.href), None)
        if before is None:
            new.append(one)
        elif before.why != one.why:
            before.why = one.why
            before.save(update_fields=["why"])
    BrokenLink.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    BrokenLink.objects.bulk_create(new, ignore_conflicts=True)
