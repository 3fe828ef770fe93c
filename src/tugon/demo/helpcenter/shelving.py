"""The help center of the demo as rows: chapters, articles, translations and a year of versions, written in bulk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.events.actors import ActorKind
from tugon.events.facts import to_data
from tugon.events.models import Event
from tugon.facts import referencing
from tugon.files.operations import store
from tugon.helpcenter import addresses, linking, markdown, markup, naming
from tugon.helpcenter.events import ArticleCreated, ArticlePublished, TranslationAdded
from tugon.helpcenter.models import Article, ArticleFile, Category, Redirect, Section, Translation, Version

from .history import Stage, of_original, of_translation
from .pictures import drawn
from .reading import Sheet, sheets
from .structure import CHAPTERS

REVIEW_DAYS = {"payments": 90, "earnings": 90, "safety": 120}
"""How often the articles of a chapter are read again; the others every half year."""

SECOND_READER = "noor"
SOURCES = ("BIR Revenue Regulations, as read on the BIR's site", "Carmela, from the finance team")
OLD_ADDRESS = ("session-expired", "en", "session-timeout")
"""(article, language, slug) of an address that an article had before."""

_PICTURE = re.compile(r"\]\(picture:([a-z-]+)\)")


@dataclass
class Library:
    """What was put on the shelves, by the keys of the files."""

    agents: dict[str, Agent]
    articles: dict[str, Article] = field(default_factory=dict)
    translations: dict[tuple[str, str], Translation] = field(default_factory=dict)
    stages: dict[tuple[str, str], list[Stage]] = field(default_factory=dict)
    versions: dict[tuple[str, str], list[Version]] = field(default_factory=dict)


def shelve(agents: dict[str, Agent], *, today: datetime) -> Library:
    """Everything that readers find. agents: by the first part of their address. today: aware."""
    library = Library(agents)
    sections = _chapters(agents)
    originals = [sheet for sheet in sheets() if sheet.is_source]
    others = [sheet for sheet in sheets() if not sheet.is_source]
    ahead = {sheet.key for sheet in others if sheet.is_behind}
    for sheet in originals:
        stages = of_original(sheet, today=today, is_ahead=sheet.key in ahead)
        library.stages[sheet.key, sheet.language] = stages
    for sheet in others:
        original = library.stages[sheet.key, sheet.source]
        library.stages[sheet.key, sheet.language] = of_translation(sheet, original, today=today)
    _articles(library, originals, sections, today.date())
    pictures = _pictures(library)
    _translations(library)
    _versions(library, originals, pictures)
    _versions(library, others, pictures)
    _publish(library)
    Event.objects.bulk_create(sorted(_events(library), key=lambda event: event.at))
    key, language, slug = OLD_ADDRESS
    row = library.translations[key, language]
    Redirect.objects.create(
        kind=Redirect.Kind.ARTICLE, language=language, slug=slug, translation=row,
        created_at=library.stages[key, language][-1].published_at,
    )  # fmt: skip
    return library


def _chapters(agents: dict[str, Agent]) -> dict[str, Section]:
    audiences = {row.key: row for row in Audience.objects.all()}
    sections = {}
    for place, chapter in enumerate(CHAPTERS):
        category = Category.objects.create(
            slug=chapter.slug, titles=chapter.titles, descriptions=chapter.descriptions, icon=chapter.icon,
            position=place, is_visible=chapter.is_visible,
        )  # fmt: skip
        category.audiences.set([audiences[key] for key in chapter.audiences])
        for number, shelf in enumerate(chapter.shelves):
            sections[shelf.slug] = Section.objects.create(
                category=category, slug=shelf.slug, titles=shelf.titles, descriptions=shelf.descriptions,
                position=number, needs_review=shelf.needs_review, demands_sources=shelf.demands_sources,
                owner=agents[shelf.owner],
            )  # fmt: skip
    return sections


def _articles(
    library: Library, originals: Sequence[Sheet], sections: dict[str, Section], today: date
) -> None:
    counts: dict[str, int] = {}
    for sheet in originals:
        counts[sheet.section] = counts.get(sheet.section, 0) + 1
        library.articles[sheet.key] = _article(library, sheet, sections, counts[sheet.section], today)
    Article.objects.bulk_create(library.articles.values())
    audiences = {row.key: row.pk for row in Audience.objects.all()}
    plans = {row.key: row.pk for row in Plan.objects.all()}
    Article.audiences.through._default_manager.bulk_create(
        Article.audiences.through(article_id=library.articles[sheet.key].pk, audience_id=audiences[key])
        for sheet in originals
        for key in sheet.audiences
    )
    Article.plans.through._default_manager.bulk_create(
        Article.plans.through(article_id=library.articles[sheet.key].pk, plan_id=plans[key])
        for sheet in originals
        for key in sheet.plans
    )


def _article(
    library: Library, sheet: Sheet, sections: dict[str, Section], place: int, today: date
) -> Article:
    """Read again every so often: most are not due yet, every sixth is overdue."""
    rng = Random(f"review {sheet.key}")  # noqa: S311 - the same every time
    stages, owner = library.stages[sheet.key, sheet.language], library.agents[sheet.owner]
    every = REVIEW_DAYS.get(sheet.category, 180)
    due_in = -rng.randint(2, 40) if rng.random() < 1 / 6 else rng.randint(6, every - 5)
    due = today + timedelta(days=due_in)
    reviewed = datetime.combine(due - timedelta(days=every), stages[0].published_at.timetz())
    return Article(
        key=sheet.key,
        section=sections[sheet.section],
        kind=sheet.kind,
        source_language=sheet.source,
        visibility=sheet.visibility,
        terms=list(sheet.terms),
        position=place,
        owner=owner,
        review_every_days=every,
        review_due_on=due,
        reviewed_at=max(reviewed, stages[0].published_at),
        reviewed_by=owner,
        created_by=library.agents[stages[0].author],
        created_at=stages[0].published_at - timedelta(days=1, hours=2),
    )


def _pictures(library: Library) -> dict[tuple[str, str], str]:
    """(article, picture) → its address."""
    wanted = {(sheet.key, name) for sheet in sheets() for name in _PICTURE.findall(sheet.body)}
    found = {}
    for key, name in sorted(wanted):
        article = library.articles[key]
        row = ArticleFile.objects.create(
            article=article, file=store(drawn(name), claimed_type="image/png", name=f"{name}.png"),
            name=f"{name}.png", added_by=article.owner, added_at=article.created_at,
        )  # fmt: skip
        found[key, name] = addresses.file(row.pk, row.name)
    return found


def _translations(library: Library) -> None:
    titles = {(sheet.key, sheet.language): sheet.title for sheet in sheets()}
    library.translations = {
        (key, language): Translation(
            article=library.articles[key], language=language, slug=naming.derived(titles[key, language])
        )
        for key, language in library.stages
    }
    Translation.objects.bulk_create(library.translations.values())


def _versions(library: Library, some: Sequence[Sheet], pictures: dict[tuple[str, str], str]) -> None:
    for sheet in some:
        place = (sheet.key, sheet.language)
        library.versions[place] = [
            _version(library, sheet, number, stage, pictures)
            for number, stage in enumerate(library.stages[place], start=1)
        ]
    Version.objects.bulk_create(row for sheet in some for row in library.versions[sheet.key, sheet.language])


def _version(
    library: Library, sheet: Sheet, number: int, stage: Stage, pictures: dict[tuple[str, str], str]
) -> Version:
    body = markup.clean(markdown.to_html(_with_pictures(sheet, stage.body, pictures)))
    section = library.articles[sheet.key].section
    made_from = (
        None if stage.made_from is None else library.versions[sheet.key, sheet.source][stage.made_from]
    )
    return Version(
        translation=library.translations[sheet.key, sheet.language],
        number=number,
        title=sheet.title,
        summary=sheet.summary,
        body=body,
        exact_phrases=list(sheet.exact),
        sources="\n".join(SOURCES) if section.demands_sources else "",
        fact_keys=sorted(referencing.keys_in(body)),
        cites=linking.cited(body),
        author=library.agents[stage.author],
        reviewed_by=library.agents[SECOND_READER] if section.needs_review else None,
        made_from=made_from,
        note=stage.note,
        published_at=stage.published_at,
        created_at=stage.published_at,
    )


def _with_pictures(sheet: Sheet, body: str, pictures: dict[tuple[str, str], str]) -> str:
    return _PICTURE.sub(lambda match: f"]({pictures[sheet.key, match[1]]})", body)


def _publish(library: Library) -> None:
    for place, row in library.translations.items():
        versions = library.versions[place]
        newest = versions[-1]
        row.title, row.summary = newest.title, newest.summary
        row.published, row.published_at = newest, newest.published_at
        row.first_published_at, row.made_from = versions[0].published_at, newest.made_from
    Translation.objects.bulk_update(
        library.translations.values(),
        ["title", "summary", "published", "published_at", "first_published_at", "made_from"],
    )


def _events(library: Library) -> Iterator[Event]:
    """What would stand on the timelines if all this had been typed."""
    for (key, language), versions in library.versions.items():
        article, row = library.articles[key], library.translations[key, language]
        first = versions[0]
        if language == article.source_language:
            fact = ArticleCreated(article_id=article.pk, section_id=article.section_id)
            yield _event(fact, article.created_by, article.created_at)
        added = TranslationAdded(article_id=article.pk, translation_id=row.pk, language=language)
        yield _event(added, first.author, first.created_at - timedelta(hours=2))
        for version in versions:
            published = ArticlePublished(
                article_id=article.pk, translation_id=row.pk, version_id=version.pk, language=language,
                is_first=version is first,
            )  # fmt: skip
            yield _event(published, version.author, version.created_at)


def _event(fact: Any, agent: Agent | None, at: datetime) -> Event:
    return Event(
        name=type(fact).__name__, subject_kind="article", subject_id=fact.article_id, data=to_data(fact),
        actor_kind=ActorKind.AGENT, actor_id=agent.pk if agent else None, at=at,
    )  # fmt: skip
