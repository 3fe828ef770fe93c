"""A folder of Markdown files into articles. Each file by itself: a bad one is told, the others are taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.events.actors import Actor
from tugon.files import operations as storage
from tugon.lib.errors import DomainError

from .. import addresses, content, linking, markdown, operations
from ..models import Article, Category, Section, Translation, Visibility
from .sheets import BadSheet, Sheet, read

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file was not taken, or what of it was not. line: from 1, 0 where it is the whole file."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


@dataclass(slots=True)
class Result:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_folder(folder: Path, *, by: Actor, publish: bool = True, tell: Progress | None = None) -> Result:
    """Take every `<key>.<language>.md`. An article with the key is changed, another made; the same again does nothing.

    publish: False leaves everything as drafts. Originals come before their translations. What is missing is made
    (categories, sections) or told (audiences, plans, owners); what cannot be published yet is a draft. Each file is one
    transaction.
    """
    result = Result()
    sheets = _sheets(folder, result)
    for name, sheet in sheets:
        if tell:
            tell(name)
        try:
            with transaction.atomic():
                _take(folder, name, sheet, by, publish, result)
        except BadSheet as problem:
            result.problems.append(Problem(name, problem.line, str(problem)))
        except DomainError as refusal:
            result.problems.append(Problem(name, 0, refusal.message))
    return result


def _sheets(folder: Path, result: Result) -> list[tuple[str, Sheet]]:
    """The files that can be read, originals first."""
    found = []
    for path in sorted(folder.glob("*.md")):
        try:
            found.append((path.name, read(path.name, path.read_text("utf-8"))))
        except BadSheet as problem:
            result.problems.append(Problem(path.name, problem.line, str(problem)))
        except UnicodeDecodeError:
            result.problems.append(Problem(path.name, 0, _("the file is not UTF-8 text")))
        except OSError as error:
            result.problems.append(Problem(path.name, 0, str(error.strerror or error)))
    return sorted(found, key=lambda pair: (not pair[1].is_original, pair[0]))


def _take(folder: Path, name: str, sheet: Sheet, by: Actor, publish: bool, result: Result) -> None:
    translation, is_new = _translation(sheet, by)
    article = translation.article
    around = sheet.is_original and _set_around(article, sheet, by, name, result)
    body = _body(folder, article, sheet.body, by, name, result)
    before = translation.draft_number
    if _is_shown(translation, sheet, body):
        result.changed, result.unchanged = result.changed + around, result.unchanged + (not around)
        return
    saved = operations.write_draft(
        translation,
        title=sheet.title,
        summary=sheet.summary,
        body=body,
        exact_phrases=sheet.exact,
        sources="\n".join(sheet.sources),
        number=-1,
        over=True,  # what somebody was writing is kept as a version
        by=by,
    )
    result.problems += [Problem(name, 0, words) for words in saved.remarks]
    row = saved.translation
    if sheet.slug and sheet.slug != row.slug:
        row = operations.rename_slug(row, slug=sheet.slug, by=by)
    if publish and sheet.is_published and row.has_draft:
        _try_to_publish(row, sheet, by, name, result)
    if is_new:
        result.created += 1
    elif around or row.draft_number != before:
        result.changed += 1
    else:
        result.unchanged += 1


def _is_shown(row: Translation, sheet: Sheet, body: str) -> bool:
    """Whether readers see these very words already; a draft that somebody works on is then left alone."""
    if row.published is None or not sheet.is_published or (sheet.slug and sheet.slug != row.slug):
        return False
    words = content.of_version(row.published)
    given = words.changed(
        title=sheet.title,
        summary=sheet.summary,
        body=linking.canonical(body),
        exact_phrases=sheet.exact,
        sources="\n".join(sheet.sources),
    )
    return given == words


def _try_to_publish(row: Translation, sheet: Sheet, by: Actor, name: str, result: Result) -> None:
    """What cannot be shown yet, such as a text that names an unknown fact, waits as a draft, and that is told."""
    try:
        with transaction.atomic():
            _publish(row, sheet, by)
    except DomainError as refusal:
        words = _("kept as a draft: {reason}").format(reason=refusal.message)
        result.problems.append(Problem(name, 0, words))


def _publish(row: Translation, sheet: Sheet, by: Actor) -> None:
    """A translation that says to be behind its original is made from no version of it; another is from the newest."""
    source = row.article.translations.select_related("published").filter(language=row.article.source_language)
    if not sheet.is_original:
        original = source.first()
        row.draft_made_from = original.published if original and not sheet.is_behind else None
        row.save(update_fields=["draft_made_from"])
    operations.publish(row, note=_("Imported"), by=by)


def _translation(sheet: Sheet, by: Actor) -> tuple[Translation, bool]:
    """The text that the file is of, made where it is not there. Raises BadSheet."""
    article = Article.objects.filter(key=sheet.key).first()
    if article is None:
        if not sheet.is_original:
            raise BadSheet(
                _("its original, {name}, is missing").format(name=f"{sheet.key}.{sheet.source}.md")
            )
        made = operations.create_article(
            section=_section(sheet, by),
            language=sheet.language,
            title=sheet.title,
            key=sheet.key,
            kind=sheet.kind,
            by=by,
        )
        return made, True
    row = article.translations.select_related("article__section").filter(language=sheet.language).first()
    if row is not None:
        return row, False
    return operations.add_translation(article, language=sheet.language, by=by), True


def _section(sheet: Sheet, by: Actor) -> Section:
    """The section by its address, made with its category where it is not there. Raises BadSheet."""
    if not sheet.section:
        raise BadSheet(_("the section is missing: every article stands in one"))
    row = Section.objects.filter(slug=sheet.section).first()
    if row is not None:
        return row
    slug = sheet.category or "articles"
    category = Category.objects.filter(slug=slug).first() or operations.create_category(
        titles={sheet.language: _title(slug)}, slug=slug, by=by
    )
    titles = {sheet.language: _title(sheet.section)}
    return operations.create_section(category=category, titles=titles, slug=sheet.section, by=by)


def _set_around(article: Article, sheet: Sheet, by: Actor, name: str, result: Result) -> bool:
    """Place, readers, owner and terms; returns whether anything changed. What is not known is told and left out."""
    audiences = list(Audience.objects.filter(key__in=sheet.audiences))
    plans = list(Plan.objects.filter(key__in=sheet.plans))
    owner = Agent.objects.active().filter(email__iexact=sheet.owner).first() if sheet.owner else None
    unknown = [
        *({*sheet.audiences} - {one.key for one in audiences}),
        *({*sheet.plans} - {one.key for one in plans}),
        *([sheet.owner] if sheet.owner and owner is None else []),
    ]
    result.problems += [
        Problem(name, 0, _("there is no “{key}” here").format(key=key)) for key in sorted(unknown)
    ]
    before = (article.section_id, _around(article))
    visibility = sheet.visibility
    if (visibility == Visibility.AUDIENCES and not audiences) or (
        visibility == Visibility.PLANS and not plans
    ):
        visibility = Visibility.AGENTS
        words = _("for agents only until you choose who may read it: none of its audiences or plans is known")
        result.problems.append(Problem(name, 0, words))
    if sheet.section:
        article = operations.move(article, to=_section(sheet, by), by=by)
    article = operations.change(
        article,
        kind=sheet.kind,
        visibility=visibility,
        audiences=audiences,
        plans=plans,
        terms=sheet.terms,
        owner=owner or article.owner,
        review_every_days=int(sheet.review_every_days)
        if sheet.review_every_days
        else article.review_every_days,
        by=by,
    )
    return (article.section_id, _around(article)) != before


def _around(article: Article) -> tuple[object, ...]:
    return (
        article.kind,
        article.visibility,
        tuple(article.terms),
        article.owner_id,
        article.review_every_days,
    )


def _body(folder: Path, article: Article, text: str, by: Actor, name: str, result: Result) -> str:
    """The text as HTML, its pictures of the folder kept as files of the article; one that is missing is told."""
    beside = f"files/{article.key}/"
    kept: dict[str, str] = {}
    for written in dict.fromkeys(re.findall(re.escape(beside) + r"[^\s)\"'<>]+", text)):
        path = folder / "files" / article.key / storage.safe_name(unquote(written.removeprefix(beside)))
        if path.is_file():
            stored = storage.store(path.read_bytes(), name=path.name)
            row = operations.attach_file(article, file=stored, name=path.name, by=by)
            kept[written] = addresses.file(row.pk, row.name)
        else:
            words = _("the picture {file} is missing").format(file=f"{beside}{path.name}")
            result.problems.append(Problem(name, 0, words))
    for written in sorted(kept, key=len, reverse=True):
        text = text.replace(written, kept[written])
    return markdown.to_html(text)


def _title(slug: str) -> str:
    return slug.replace("-", " ").replace("_", " ").strip().capitalize()
