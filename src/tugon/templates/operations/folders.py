"""Folders hold templates and other folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tugon.events.actors import Actor
from tugon.events.operations import record

from ..errors import FolderInItself, FolderNotEmpty
from ..events import TemplateFolderChanged, TemplateFolderCreated, TemplateFolderRemoved
from ..models import Folder
from ..policies import require_arranger

DEEPEST = 6


@transaction.atomic
def create_folder(
    *,
    names: Mapping[str, str],
    by: Actor,
    parent: Folder | None = None,
    needs_review: bool = False,
    key: str = "",
) -> Folder:
    """A new folder, last among its siblings. Raises NotAllowed."""
    require_arranger(by)
    folder = Folder.objects.create(
        key=_free_key(key or next((name for name in names.values() if name), "folder")),
        names=dict(names),
        parent=parent,
        needs_review=needs_review,
        position=Folder.objects.filter(parent=parent).count(),
    )
    record(TemplateFolderCreated(template_folder_id=folder.pk), by=by)
    return folder


@transaction.atomic
def change_folder(folder: Folder, *, by: Actor, **values: Any) -> Folder:
    """Change names, parent, needs_review or position. A repeat does nothing. Raises NotAllowed, FolderInItself."""
    require_arranger(by)
    row = Folder.objects.select_for_update().get(pk=folder.pk)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    _require_no_circle(row)
    row.save(update_fields=changed)
    record(TemplateFolderChanged(template_folder_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def remove_folder(folder: Folder, *, by: Actor) -> None:
    """Take away an empty folder. A repeat does nothing. Raises NotAllowed, FolderNotEmpty."""
    require_arranger(by)
    row = Folder.objects.select_for_update().filter(pk=folder.pk).first()
    if row is None:
        return
    if row.templates.exists() or row.children.exists():
        raise FolderNotEmpty(folder=row.name_in("en"))
    pk = row.pk
    row.delete()
    record(TemplateFolderRemoved(template_folder_id=pk), by=by)


def _require_no_circle(row: Folder) -> None:
    above, steps = row.parent, 0
    while above is not None:
        steps += 1
        if above.pk == row.pk or steps > DEEPEST:
            raise FolderInItself
        above = above.parent


def _free_key(words: str) -> str:
    stem = slugify(words)[:50] or "folder"
    taken = set(Folder.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key
        for number in range(1, 10_000)
        if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )
