"""The list of templates: what it may be asked for, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.helpcenter.languages import offered
from tugon.pages.formats import language_name
from tugon.templates.models import Folder, Template, Translation
from tugon.templates.querysets import TemplateQuerySet

from ..knowledge.paging import Page, keyset

STATES = {
    "published": _("Published"),
    "draft": _("With a draft"),
    "asked": _("To review"),
    "out_of_date": _("Out of date"),
    "archived": _("Archived"),
}
SHARED = {"mine": _("Mine"), "own": _("Only I see them"), "teams": _("Of certain teams")}


@dataclass(frozen=True, slots=True)
class Filters:
    words: str = ""
    folder: str = ""
    state: str = ""
    language: str = ""
    whose: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> Filters:
        """What is not known is left out."""
        state, whose = given.get("state", ""), given.get("whose", "")
        folder, language = given.get("folder", ""), given.get("language", "")
        return cls(
            words=given.get("q", "").strip()[:100],
            folder=folder if folder.isdecimal() and len(folder) < 10 else "",
            state=state if state in STATES else "",
            language=language if language in offered() else "",
            whose=whose if whose in SHARED else "",
        )

    @property
    def are_set(self) -> bool:
        return any((self.words, self.folder, self.state, self.language, self.whose))


def templates(filters: Filters, agent: Agent) -> TemplateQuerySet:
    """Those the agent sees that fit."""
    rows = Template.objects.visible_to(agent)
    rows = rows.filter(archived_at__isnull=filters.state != "archived")
    translations = Translation.objects.filter(template_id=OuterRef("pk"))
    if filters.language:
        translations = translations.filter(language=filters.language)
        rows = rows.filter(Exists(translations))
    if filters.words:
        named = translations.filter(
            Q(title__icontains=filters.words) | Q(draft_title__icontains=filters.words)
        )
        bare = filters.words.removeprefix("/").casefold()
        rows = rows.filter(
            Exists(named)
            | Q(shortcut__startswith=bare)
            | Q(keywords__contains=[bare])
            | Q(key__icontains=bare)
        )
    if filters.folder:
        rows = rows.filter(folder_id__in=within(int(filters.folder)))
    if filters.whose:
        rows = rows.filter(Q(owner=agent) if filters.whose == "mine" else Q(visibility=filters.whose))
    if filters.whose == "own":
        rows = rows.filter(owner=agent)
    state = {
        "published": translations.filter(published__isnull=False),
        "draft": translations.filter(has_draft=True),
        "asked": translations.filter(review="asked"),
        "out_of_date": Translation.objects.out_of_date().filter(template_id=OuterRef("pk")),
    }.get(filters.state)
    return rows.filter(Exists(state)) if state is not None else rows


def page_of(rows: TemplateQuerySet, given: QueryDict) -> Page:
    """With what a row names. Two queries."""
    translations = Translation.objects.with_freshness().defer("draft_body").order_by("language")
    rows = rows.select_related("folder", "owner")
    rows = rows.prefetch_related(Prefetch("translations", translations))
    return keyset(rows, given, column="key", downwards=False)


def title_of(template: Template, language: str) -> str:
    """Its title in a language, else in the original's, else its key. Reads prefetched translations."""
    found = {row.language: row.title or row.draft_title for row in template.translations.all()}
    return found.get(language) or found.get(template.source_language) or template.key


def state_words(row: Translation) -> tuple[str, str]:
    """(tone, words) of one language."""
    if row.review == "asked" and row.has_draft:
        return "accent", str(_("waits for a review"))
    if row.published_id and row.has_draft:
        return "success", str(_("published, with a newer draft"))
    if row.published_id:
        return "success", str(_("published"))
    return "neutral", str(_("draft"))


def folders(language: str) -> list[tuple[str, str]]:
    """(id, name with those above it) in the order of the tree. One query."""
    rows = list(Folder.objects.all())
    return [(str(row.pk), "  " * depth + row.name_in(language)) for row, depth in tree(rows)]


def tree(rows: Iterable[Folder]) -> list[tuple[Folder, int]]:
    """Folders with their depth, each before what is within it."""
    below: dict[int | None, list[Folder]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> list[tuple[Folder, int]]:
        return [
            found
            for row in sorted(below.get(parent, []), key=lambda one: (one.position, one.pk))
            for found in [(row, depth), *walk(row.pk, depth + 1)]
        ]

    return walk(None, 0)


def within(pk: int) -> list[int]:
    """The folder and all that is within it. One query."""
    rows = list(Folder.objects.values_list("pk", "parent_id"))
    found, waiting = [], [pk]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [child for child, parent in rows if parent == one and child not in found]
    return found


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in offered()]
