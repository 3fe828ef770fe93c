"""Categories and sections: made, changed, put in order, taken away when empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import languages, naming
from ..errors import ChapterInUse, NameMissing, SlugTaken
from ..events import CategoryChanged, CategoryRemoved, SectionChanged, SectionRemoved
from ..models import Category, Redirect, Section
from ..policies import require_arranger


@transaction.atomic
def create_category(
    *,
    titles: Mapping[str, str],
    by: Actor,
    descriptions: Mapping[str, str] | None = None,
    slug: str = "",
    icon: str = "book",
    audiences: Sequence[Audience] = (),
    is_visible: bool = True,
) -> Category:
    """A new chapter at the end. Raises NotAllowed, NameMissing, SlugInvalid, SlugTaken."""
    require_arranger(by)
    names = _titles(titles)
    row = Category.objects.create(
        slug=_slug(Category, slug, names),
        titles=names,
        descriptions=_words(descriptions or {}),
        icon=icon[:40],
        position=Category.objects.count(),
        is_visible=is_visible,
    )
    row.audiences.set(audiences)
    record(CategoryChanged(category_id=row.pk), by=by)
    return row


@transaction.atomic
def change_category(
    category: Category,
    *,
    by: Actor,
    titles: Mapping[str, str] | None = None,
    descriptions: Mapping[str, str] | None = None,
    slug: str | None = None,
    icon: str | None = None,
    audiences: Sequence[Audience] | None = None,
    is_visible: bool | None = None,
) -> Category:
    """None leaves a part; what is already so is passed over; an old address leads on.

    Raises NotAllowed, NameMissing, SlugInvalid, SlugTaken.
    """
    require_arranger(by)
    row = Category.objects.select_for_update().get(pk=category.pk)
    values = {"icon": icon, "is_visible": is_visible}
    changed = _set(row, titles, descriptions, slug, values)
    if audiences is not None and {one.pk for one in audiences} != set(
        row.audiences.values_list("pk", flat=True)
    ):
        row.audiences.set(audiences)
        changed.append("audiences")
    if changed:
        row.save()
        record(CategoryChanged(category_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def remove_category(category: Category, *, by: Actor) -> None:
    """A repeat does nothing. Raises NotAllowed, ChapterInUse while it holds sections."""
    require_arranger(by)
    row = Category.objects.select_for_update().filter(pk=category.pk).first()
    if row is None:
        return
    held = row.sections.count()
    if held:
        words = ngettext("{number} section", "{number} sections", held).format(number=held)
        raise ChapterInUse(title=row.title_in(languages.offered()[0]), number=words)
    record(CategoryRemoved(category_id=row.pk), by=by)
    row.delete()


@transaction.atomic
def create_section(
    *,
    category: Category,
    titles: Mapping[str, str],
    by: Actor,
    descriptions: Mapping[str, str] | None = None,
    slug: str = "",
    needs_review: bool = False,
    demands_sources: bool = False,
    owner: Any = None,
) -> Section:
    """A new shelf at the end of its category. Raises NotAllowed, NameMissing, SlugInvalid, SlugTaken."""
    require_arranger(by)
    names = _titles(titles)
    row = Section.objects.create(
        category=category,
        slug=_slug(Section, slug, names),
        titles=names,
        descriptions=_words(descriptions or {}),
        position=category.sections.count(),
        needs_review=needs_review,
        demands_sources=demands_sources,
        owner=owner,
    )
    record(SectionChanged(section_id=row.pk), by=by)
    return row


@transaction.atomic
def change_section(
    section: Section,
    *,
    by: Actor,
    titles: Mapping[str, str] | None = None,
    descriptions: Mapping[str, str] | None = None,
    slug: str | None = None,
    **values: Any,
) -> Section:
    """values: category, needs_review, demands_sources, owner. What is already so is passed over.

    Raises NotAllowed, NameMissing, SlugInvalid, SlugTaken.
    """
    require_arranger(by)
    unknown = set(values) - {"category", "needs_review", "demands_sources", "owner"}
    if unknown:
        raise TypeError(f"a section has no {', '.join(sorted(unknown))}")
    row = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    held_by = row.category_id
    changed = _set(row, titles, descriptions, slug, values, clearable=("owner",))
    if row.category_id != held_by:
        row.position = row.category.sections.count()
    if changed:
        row.save()
        record(SectionChanged(section_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def remove_section(section: Section, *, by: Actor) -> None:
    """A repeat does nothing. Raises NotAllowed, ChapterInUse while it holds articles, archived ones too."""
    require_arranger(by)
    row = Section.objects.select_for_update(of=("self",)).filter(pk=section.pk).first()
    if row is None:
        return
    held = row.articles.count()
    if held:
        words = ngettext("{number} article", "{number} articles", held).format(number=held)
        if row.articles.archived().count() == held:
            words = _("{articles} in the archive").format(articles=words)
        raise ChapterInUse(title=row.title_in(languages.offered()[0]), number=words)
    record(SectionRemoved(section_id=row.pk), by=by)
    row.delete()


@transaction.atomic
def reorder_categories(ids: Sequence[int], *, by: Actor) -> None:
    """Show the chapters in this order; who is not named comes after. Raises NotAllowed."""
    require_arranger(by)
    for row in _in_order(Category.objects.select_for_update(), ids):
        record(CategoryChanged(category_id=row.pk, fields=("position",)), by=by)


@transaction.atomic
def reorder_sections(category: Category, ids: Sequence[int], *, by: Actor) -> None:
    """Show the category's sections in this order; who is not named comes after. Raises NotAllowed."""
    require_arranger(by)
    rows = Section.objects.select_for_update(of=("self",)).filter(category=category)
    for row in _in_order(rows, ids):
        record(SectionChanged(section_id=row.pk, fields=("position",)), by=by)


def _in_order(rows: Any, ids: Sequence[int]) -> list[Any]:
    """Give the rows their places; returns those that moved."""
    place = {pk: number for number, pk in enumerate(ids)}
    ordered = sorted(rows.order_by("position", "pk"), key=lambda row: place.get(row.pk, len(place)))
    moved = [(row, position) for position, row in enumerate(ordered) if row.position != position]
    for row, position in moved:
        row.position = position
        row.save(update_fields=["position"])
    return [row for row, _position in moved]


def _set(
    row: Category | Section,
    titles: Mapping[str, str] | None,
    descriptions: Mapping[str, str] | None,
    slug: str | None,
    values: dict[str, Any],
    clearable: Sequence[str] = (),
) -> list[str]:
    wanted = {name: value for name, value in values.items() if value is not None or name in clearable}
    if titles is not None:
        wanted["titles"] = _titles(titles)
    if descriptions is not None:
        wanted["descriptions"] = _words(descriptions)
    if slug is not None and slug.strip():
        wanted["slug"] = _slug(type(row), slug, {}, row)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if "slug" in changed:
        _lead_on(row, wanted["slug"])
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


def _lead_on(row: Category | Section, new: str) -> None:
    """The old address leads to the row, and the new one to nothing else."""
    kind = Redirect.Kind.CATEGORY if isinstance(row, Category) else Redirect.Kind.SECTION
    Redirect.objects.filter(kind=kind, slug=new).delete()
    Redirect.objects.update_or_create(
        kind=kind, language="", slug=row.slug, defaults={str(kind): row, "created_at": now()}
    )


def _slug(
    model: type[Category] | type[Section],
    slug: str,
    titles: Mapping[str, str],
    row: Category | Section | None = None,
) -> str:
    if not slug.strip():
        return naming.chapter_slug(model, languages.in_language(titles, languages.offered()[0]))
    clean = naming.typed(slug)[:80]
    same = model._default_manager.filter(slug=clean)
    other = (same.exclude(pk=row.pk) if row else same).first()
    if other is not None:
        raise SlugTaken(slug=clean, title=other.title_in(languages.offered()[0]))
    return clean


def _titles(titles: Mapping[str, str]) -> dict[str, str]:
    clean = _words(titles)
    if not clean:
        raise NameMissing
    return clean


def _words(words: Mapping[str, str]) -> dict[str, str]:
    clean = {language: " ".join(str(text).split())[:300] for language, text in words.items()}
    return {language: text for language, text in clean.items() if text}
