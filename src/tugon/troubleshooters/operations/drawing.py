"""Drafts: always kept, every change undone and brought back; settings apart from the drawing."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tugon.accounts import policies
from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from ..drafts import clean, parse
from ..errors import NothingToRedo, NothingToUndo, SlugInvalid, SlugTaken, StepChanged
from ..events import TroubleshooterChanged, TroubleshooterCreated
from ..graph import Graph, read, write
from ..models import Edit, Troubleshooter, Visibility

PERMISSION = "troubleshooter.edit"
MOST_EDITS = 200
"""States of a draft kept for undoing."""


@transaction.atomic
def create(
    *, titles: dict[str, str], slug: str = "", graph: Graph | None = None, by: Actor
) -> Troubleshooter:
    """A new troubleshooter with an empty draft, or with this one. Raises NotAllowed, SlugInvalid, SlugTaken."""
    policies.require(by, PERMISSION)
    titles = {language: words.strip()[:240] for language, words in clean(titles).items() if words.strip()}
    drawn = graph or Graph(titles=titles)
    moment = now()
    made = Troubleshooter.objects.create(
        slug=_free_slug(
            slug or slugify(next(iter(titles.values()), ""))[:80].strip("-") or "troubleshooter",
            is_wish=not slug,
        ),
        titles=dict(drawn.titles) or titles,
        summaries=dict(drawn.summaries),
        draft=write(drawn),
        draft_edit=1,
        owner_id=_agent_id(by),
        created_by_id=_agent_id(by),
        created_at=moment,
        changed_at=moment,
    )
    Edit.objects.create(troubleshooter=made, number=1, data=made.draft, author_id=_agent_id(by), at=moment)
    record(TroubleshooterCreated(troubleshooter_id=made.pk, slug=made.slug), by=by)
    return made


@transaction.atomic
def save_draft(
    row: Troubleshooter,
    *,
    change: Callable[[Graph], Graph],
    touches: str = "",
    seen: str | None = None,
    by: Actor,
) -> Troubleshooter:
    """Apply one change to the newest draft, and keep how it was before. A change that changes nothing is none.

    touches: the step the change is about; seen: its `fingerprint` as the author saw it. Where another person changed
    that step since, nothing is saved; one's own words of a moment ago are replaced.
    No fact is recorded of a draft: publishing is the fact.
    Raises NotAllowed, StepChanged.
    """
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    before = read(row.draft)
    if seen is not None and seen != fingerprint(before, touches) and not _is_own(row, touches, by):
        raise StepChanged(who=_last_hand(row, touches))
    after = change(before)
    if after == before:
        return row
    _keep(row, clean(write(after)), touches=touches, by=by)
    return row


@transaction.atomic
def import_draft(row: Troubleshooter, *, text: str | bytes, by: Actor) -> Troubleshooter:
    """Put JSON in the draft's place, broken graphs included: problems are told, and undo brings the old one back.

    Raises NotAllowed, GraphUnreadable.
    """
    policies.require(by, PERMISSION)
    data = parse(text)
    row = Troubleshooter.objects.locked(row.pk)
    _keep(row, data, touches="", by=by)
    return row


@transaction.atomic
def undo(row: Troubleshooter, *, by: Actor) -> Troubleshooter:
    """The draft as it was before its last change. Raises NotAllowed, NothingToUndo."""
    return _go(row, -1, NothingToUndo, by=by)


@transaction.atomic
def redo(row: Troubleshooter, *, by: Actor) -> Troubleshooter:
    """The change that was undone, again. Raises NotAllowed, NothingToRedo."""
    return _go(row, 1, NothingToRedo, by=by)


@transaction.atomic
def change(
    row: Troubleshooter,
    *,
    slug: str,
    visibility: str,
    audiences: Iterable[Audience] = (),
    plans: Iterable[Plan] = (),
    owner: Agent | None = None,
    section_id: int | None = None,
    by: Actor,
) -> Troubleshooter:
    """Its settings, at once valid. Raises NotAllowed, SlugInvalid, SlugTaken."""
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    wanted: dict[str, Any] = {
        "slug": _free_slug(slug, but=row),
        "visibility": Visibility(visibility),
        "owner_id": owner.pk if owner else None,
        "section_id": section_id,
    }
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    for name, rows in (("audiences", audiences), ("plans", plans)):
        ids = {one.pk for one in rows}
        if ids != set(getattr(row, name).values_list("pk", flat=True)):
            getattr(row, name).set(ids)
            changed.append(name)
    if changed:
        row.changed_at = now()
        row.save(update_fields=["slug", "visibility", "owner", "section_id", "changed_at"])
        fields = tuple(name.removesuffix("_id") for name in changed)
        record(TroubleshooterChanged(troubleshooter_id=row.pk, fields=fields), by=by)
    return row


def fingerprint(graph: Graph, name: str) -> str:
    """A mark that changes with a step (or, for "", with titles, summaries and the start)."""
    data = write(graph)
    node = next((one for one in data["nodes"] if one["id"] == name), None) if name else None
    seen = node if name else {key: value for key, value in data.items() if key != "nodes"}
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _keep(row: Troubleshooter, data: Any, *, touches: str, by: Actor) -> None:
    """Write the draft and the state it makes; what was undone before cannot be brought back any more."""
    row.edits.filter(number__gt=row.draft_edit).delete()
    row.draft, row.draft_edit, row.changed_at = data, row.draft_edit + 1, now()
    row.__dict__.pop("graph", None)
    fields = ["draft", "draft_edit", "changed_at"]
    if row.published_id is None:
        drawn = read(data)
        row.titles, row.summaries = dict(drawn.titles), dict(drawn.summaries)
        fields += ["titles", "summaries"]
    row.save(update_fields=fields)
    Edit.objects.create(
        troubleshooter=row,
        number=row.draft_edit,
        data=data,
        touched=touches[:40],
        author_id=_agent_id(by),
        at=now(),
    )
    row.edits.filter(number__lte=row.draft_edit - MOST_EDITS).delete()


def _go(row: Troubleshooter, by_steps: int, nothing: type[Exception], *, by: Actor) -> Troubleshooter:
    policies.require(by, PERMISSION)
    row = Troubleshooter.objects.locked(row.pk)
    edit = row.edits.filter(number=row.draft_edit + by_steps).first()
    if edit is None:
        raise nothing
    row.draft, row.draft_edit, row.changed_at = edit.data, edit.number, now()
    row.__dict__.pop("graph", None)
    row.save(update_fields=["draft", "draft_edit", "changed_at"])
    return row


def _is_own(row: Troubleshooter, touched: str, by: Actor) -> bool:
    """Whether the actor changed that step last: two saves of one form overtook each other."""
    edit = row.edits.filter(touched=touched, number__lte=row.draft_edit).first()
    return edit is not None and edit.author_id is not None and edit.author_id == _agent_id(by)


def _last_hand(row: Troubleshooter, touched: str) -> str:
    edit = row.edits.filter(touched=touched, number__lte=row.draft_edit).select_related("author").first()
    edit = edit or row.edits.filter(number=row.draft_edit).select_related("author").first()
    return edit.author.name if edit and edit.author else "—"


def _free_slug(slug: str, *, but: Troubleshooter | None = None, is_wish: bool = False) -> str:
    """The slug if it may be used. is_wish: another one near it is as good."""
    slug = slug.strip().lower()
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 80:
        raise SlugInvalid
    others = Troubleshooter.objects.exclude(pk=but.pk if but else 0)
    if not others.filter(slug=slug).exists():
        return slug
    if not is_wish:
        raise SlugTaken(slug=slug)
    taken = set(others.filter(slug__startswith=slug[:70]).values_list("slug", flat=True))
    return next(name for number in range(2, len(taken) + 3) if (name := f"{slug[:70]}-{number}") not in taken)


def _agent_id(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
