"""New templates, new languages of them, and what stands around their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.files.models import StoredFile
from tugon.files.operations import safe_name
from tugon.helpcenter import languages
from tugon.lib.clock import now

from ..errors import (
    KeyInvalid,
    KeyTaken,
    LanguageUnknown,
    ShortcutInvalid,
    ShortcutTaken,
    TitleMissing,
    TranslationExists,
)
from ..events import (
    TemplateArchived,
    TemplateChanged,
    TemplateCreated,
    TemplateRestored,
    TemplateTranslationAdded,
)
from ..models import Folder, Template, TemplateFile, Translation, Visibility
from ..policies import agent_of, require_present, require_publisher, require_writer
from . import writing

_KEY = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_SHORTCUT = re.compile(r"[\w][\w-]{0,29}")
_UNCHANGED: Any = object()


@transaction.atomic
def create_template(
    *,
    folder: Folder,
    language: str,
    title: str,
    by: Actor,
    key: str = "",
    subject: str = "",
    body: str = "",
    shortcut: str = "",
    keywords: Sequence[str] = (),
    visibility: str = Visibility.EVERYONE,
) -> Translation:
    """A new template with a draft in its original language; returns that translation. Its maker owns it.

    key: made of the title if empty. Raises NotAllowed, TitleMissing, LanguageUnknown, KeyInvalid, KeyTaken,
    ShortcutInvalid, ShortcutTaken, TextTooLong.
    """
    require_writer(by)
    if not title.strip():
        raise TitleMissing
    template = Template.objects.create(
        key=_given_key(key) if key else _free_key(title),
        folder=folder,
        source_language=_offered(language),
        visibility=Visibility(visibility),
        shortcut=_shortcut(shortcut),
        keywords=_words(keywords),
        owner=agent_of(by),
        created_by=agent_of(by),
        created_at=now(),
    )
    record(TemplateCreated(template_id=template.pk, folder_id=folder.pk, language=language), by=by)
    row = Translation.objects.create(
        template=template, language=language, title=" ".join(title.split())[:200]
    )
    return writing.write_draft(row, by=by, title=title, subject=subject, body=body).translation


@transaction.atomic
def add_translation(template: Template, *, language: str, by: Actor) -> Translation:
    """Begin the template in one more language, with the words of the original to be written over.

    Raises NotAllowed, TemplateArchived, LanguageUnknown, TranslationExists.
    """
    require_writer(by, template)
    template = Template.objects.locked(template.pk)
    require_present(template)
    if template.translations.filter(language=_offered(language)).exists():
        raise TranslationExists
    found = template.translations.select_related("published").filter(language=template.source_language)
    source = found.first()
    row = Translation.objects.create(
        template=template,
        language=language,
        title=source.shown_title if source else template.key,
        draft_made_from=source.published if source else None,
    )
    fact = TemplateTranslationAdded(template_id=template.pk, translation_id=row.pk, language=language)
    record(fact, by=by)
    return row


@transaction.atomic
def change(
    template: Template,
    *,
    by: Actor,
    folder: Folder = _UNCHANGED,
    shortcut: str = _UNCHANGED,
    keywords: Sequence[str] = _UNCHANGED,
    visibility: str = _UNCHANGED,
    owner: Agent | None = _UNCHANGED,
    audiences: Iterable[Audience] = _UNCHANGED,
    teams: Iterable[Team] = _UNCHANGED,
) -> Template:
    """Change what stands around the words. A repeat does nothing.

    Who shares a template that was private, or moves it out of a folder that asks for reviews, must be allowed to
    publish. Raises NotAllowed, TemplateArchived, ShortcutInvalid, ShortcutTaken.
    """
    require_writer(by, template)
    row = Template.objects.locked(template.pk)
    require_present(row)
    wanted: dict[str, Any] = {"folder": folder, "visibility": visibility, "owner": owner}
    wanted["shortcut"] = shortcut if shortcut is _UNCHANGED else _shortcut(shortcut, but=row)
    wanted["keywords"] = keywords if keywords is _UNCHANGED else _words(keywords)
    changed = [
        name for name, value in wanted.items() if value is not _UNCHANGED and getattr(row, name) != value
    ]
    if {"visibility", "owner"} & set(changed) or ("folder" in changed and row.folder.needs_review):
        _require_may_share(row, wanted, by)
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    changed += _set_all(row, audiences=audiences, teams=teams)
    if changed:
        record(TemplateChanged(template_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def add_file(
    template: Template, *, file: StoredFile, name: str, by: Actor, language: str = ""
) -> TemplateFile:
    """Let a file go along with the answer, in one language or (empty) in all. A repeat does nothing.

    Raises NotAllowed, TemplateArchived.
    """
    require_writer(by, template)
    require_present(template)
    row, created = TemplateFile.objects.get_or_create(
        template=template,
        file=file,
        language=language,
        defaults={"name": safe_name(name), "added_by": agent_of(by), "added_at": now()},
    )
    if created:
        record(TemplateChanged(template_id=template.pk, fields=("files",)), by=by)
    return row


@transaction.atomic
def remove_file(file: TemplateFile, *, by: Actor) -> None:
    """Let it go along no more. A repeat does nothing. Raises NotAllowed."""
    template = file.template
    require_writer(by, template)
    count, _rows = TemplateFile.objects.filter(pk=file.pk).delete()
    if count:
        record(TemplateChanged(template_id=template.pk, fields=("files",)), by=by)


@transaction.atomic
def archive(template: Template, *, by: Actor) -> Template:
    """Put it away: nobody is offered it any more, its history stays. A repeat does nothing. Raises NotAllowed."""
    require_publisher(by, template)
    row = Template.objects.locked(template.pk)
    if row.is_archived:
        return row
    row.archived_at = now()
    row.save(update_fields=["archived_at"])
    record(TemplateArchived(template_id=row.pk), by=by)
    return row


@transaction.atomic
def restore(template: Template, *, by: Actor) -> Template:
    """Bring it back; a shortcut that another one has by now is given up. A repeat does nothing. Raises NotAllowed."""
    require_publisher(by, template)
    row = Template.objects.locked(template.pk)
    if not row.is_archived:
        return row
    row.archived_at = None
    if row.shortcut and Template.objects.present().filter(shortcut__iexact=row.shortcut).exists():
        row.shortcut = ""
    row.save(update_fields=["archived_at", "shortcut"])
    record(TemplateRestored(template_id=row.pk), by=by)
    return row


def _require_may_share(row: Template, wanted: dict[str, Any], by: Actor) -> None:
    """Private to somebody else is nobody's to give; for others to see is who publishes."""
    seen = row.visibility if wanted["visibility"] is _UNCHANGED else wanted["visibility"]
    if seen != Visibility.OWN or row.visibility != Visibility.OWN:
        require_publisher(by, Template(visibility=Visibility.EVERYONE))


def _set_all(row: Template, **sets: Any) -> list[str]:
    changed = []
    for name, wanted in sets.items():
        if wanted is _UNCHANGED:
            continue
        relation = getattr(row, name)
        before, after = set(relation.values_list("pk", flat=True)), {one.pk for one in wanted}
        if before != after:
            relation.set(after)
            changed.append(name)
    return changed


def _offered(language: str) -> str:
    if language not in languages.offered():
        raise LanguageUnknown(language=language)
    return language


def _given_key(key: str) -> str:
    if not _KEY.fullmatch(key) or len(key) > 80:
        raise KeyInvalid(key=key)
    if Template.objects.filter(key=key).exists():
        raise KeyTaken(key=key)
    return key


def _free_key(words: str) -> str:
    stem = slugify(words)[:60].strip("-_") or "template"
    taken = set(Template.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key
        for number in range(1, 10_000)
        if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _shortcut(given: str, but: Template | None = None) -> str:
    shortcut = given.strip().removeprefix("/").casefold()
    if not shortcut:
        return ""
    if not _SHORTCUT.fullmatch(shortcut):
        raise ShortcutInvalid(shortcut=given.strip()[:40])
    others = Template.objects.present().filter(shortcut__iexact=shortcut)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        title = other.translations.values_list("title", flat=True).first() or other.key
        raise ShortcutTaken(shortcut=shortcut, title=title)
    return shortcut


def _words(given: Sequence[str]) -> list[str]:
    words = (" ".join(word.casefold().split())[:40] for word in given)
    return list(dict.fromkeys(word for word in words if word))[:30]
