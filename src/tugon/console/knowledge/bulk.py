"""Many articles at once: chosen in the list, shown what would change, done, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, Section
from tugon.lib.errors import DomainError, Invalid

from ..access import agent_of, language_of
from . import listing
from .access import PUBLISH, writers_only
from .articles import owner_choices
from .showing import show

MOST = 500
DONE = "articles_done"
"""Of the session: what the last change was and how things stood before it, so that it can be taken back."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to happen to each. archive: True, False (restore) or None (neither). owner: 0 is nobody."""

    section: Section | None = None
    owner: Agent | None = None
    has_owner: bool = False
    archive: bool | None = None

    @property
    def is_empty(self) -> bool:
        return self.section is None and not self.has_owner and self.archive is None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Of one article: what would change in words, or why nothing can."""

    article: Article
    words: str
    refused: str = ""


@require_POST
@writers_only
def preview(request: HttpRequest) -> HttpResponse:
    """What can be done to the chosen articles; and, once it is chosen, what it would change. Where none was chosen, or
    too many, the list says so."""
    try:
        rows = _rows(request)
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return redirect("console:articles")
    change = _change(request)
    asked = bool(request.POST.get("asked")) and not request.POST.get("back")
    language = language_of(request)
    unchanged = ("", _("Leave as it is"))
    fields = [name for name in ("do_section", "do_owner", "do_archive") if request.POST.get(name)]
    return show(
        request,
        "bulk",
        at="articles",
        rows=rows,
        values=request.POST,
        fields=[(name, request.POST[name]) for name in fields],
        planned=_foreseen(rows, change, agent_of(request)) if asked and not change.is_empty else None,
        problem=_("Choose what is to change. Nothing was changed.") if asked and change.is_empty else "",
        titles=listing.titles(rows, language),
        sections=[unchanged, *listing.sections(language)],
        owners=[unchanged, ("me", _("Me")), ("nobody", _("Nobody")), *owner_choices()],
        archive_options=[unchanged, ("yes", _("Archive")), ("no", _("Restore"))],
    )


@require_POST
@writers_only
def run(request: HttpRequest) -> HttpResponse:
    """Change those that can be changed; the others are left alone and named. It can be taken back."""
    rows, change, agent = _rows(request), _change(request), agent_of(request)
    if change.is_empty:
        raise Invalid(reason=_("choose what is to change."))
    before, refused = [], []
    for row in rows:
        held = [row.pk, row.section_id, row.owner_id, row.archived_at is not None]
        try:
            with transaction.atomic():
                _apply(row, change, agent.actor)
        except DomainError as refusal:
            refused.append((row, refusal.message))
        else:
            before.append(held)
    request.session[DONE] = before
    titles = listing.titles(rows, language_of(request))
    return show(
        request,
        "bulk_done",
        at="articles",
        changed=len(before),
        refused=[(row, titles[row.pk], words) for row, words in refused],
    )


@require_POST
@writers_only
def undo(request: HttpRequest) -> HttpResponse:
    """Put back how the articles of the last change stood before it."""
    held: Sequence[Any] = request.session.pop(DONE, [])
    rows = Article.objects.in_bulk([one[0] for one in held])
    sections, owners = Section.objects.in_bulk(), Agent.objects.in_bulk([one[2] for one in held if one[2]])
    back, left = 0, []
    for pk, section, owner, archived in held:
        row = rows.get(pk)
        if row is None or section not in sections:
            continue
        change = Change(sections[section], owners.get(owner), True, archived)
        try:
            with transaction.atomic():
                _apply(row, change, agent_of(request).actor)
        except DomainError as refusal:
            left.append(refusal.message)
        else:
            back += 1
    said = ngettext("{number} article is as it was.", "{number} articles are as they were.", back)
    messages.success(request, said.format(number=back))
    for words in dict.fromkeys(left):
        messages.error(request, words)
    return redirect("console:articles")


def _apply(row: Article, change: Change, by: Actor) -> None:
    """One article: restored first, since what is archived is not changed, and archived last."""
    if change.archive is False:
        row = operations.restore(row, by=by)
    was_archived = row.archived_at is not None
    needs_more = change.section is not None and change.section.pk != row.section_id
    needs_more = needs_more or (change.has_owner and change.owner != row.owner)
    if was_archived and change.archive and needs_more:
        operations.restore(row, by=by)
    if change.section is not None and change.section.pk != row.section_id:
        operations.move(row, to=change.section, by=by)
    if change.has_owner and change.owner != row.owner:
        operations.change(row, owner=change.owner, by=by)
    if change.archive:
        operations.archive(row, by=by)


def _foreseen(rows: list[Article], change: Change, agent: Agent) -> list[Foreseen]:
    return [Foreseen(row, _words(row, change), _refusal(row, change, agent)) for row in rows]


def _words(row: Article, change: Change) -> str:
    parts = []
    if change.section is not None and change.section.pk != row.section_id:
        section = _("Section")
        parts.append(f"{section}: {row.section} → {change.section}")
    if change.has_owner and change.owner != row.owner:
        owner, nobody = _("Owner"), _("nobody")
        parts.append(
            f"{owner}: {row.owner.name if row.owner else nobody} → {change.owner.name if change.owner else nobody}"
        )
    if change.archive is True and row.archived_at is None:
        parts.append(_("archived"))
    if change.archive is False and row.archived_at is not None:
        parts.append(_("restored"))
    return "; ".join(parts)


def _refusal(row: Article, change: Change, agent: Agent) -> str:
    """Why nothing can be done to it; the operations have the last word."""
    may_publish = agent.may(PUBLISH)
    if change.archive is not None and not may_publish:
        return _("Your role does not let you archive or restore articles.")
    if row.archived_at is not None and change.archive is None:
        return _("It is archived. Restore it first.")
    if (
        change.section is not None
        and not may_publish
        and any(one.published_id for one in row.translations.all())
    ):
        return _("It is published: moving it needs the permission to publish.")
    return ""


def _change(request: HttpRequest) -> Change:
    section, owner = request.POST.get("do_section", ""), request.POST.get("do_owner", "")
    found = agent_of(request) if owner == "me" else None
    if owner.isdecimal():
        found = Agent.objects.active().filter(pk=owner).first()
    return Change(
        section=Section.objects.filter(pk=section).first() if section.isdecimal() else None,
        owner=found,
        has_owner=owner == "nobody" or found is not None,
        archive={"yes": True, "no": False}.get(request.POST.get("do_archive", "")),
    )


def _rows(request: HttpRequest) -> list[Article]:
    """The chosen articles as they stand in the list. Raises Invalid."""
    ids = [int(one) for one in request.POST.getlist("articles") if one.isdecimal()]
    if not ids:
        raise Invalid(reason=_("choose at least one article."))
    if len(ids) > MOST:
        raise Invalid(reason=_("choose at most {number} articles at once.").format(number=MOST))
    rows = Article.objects.filter(pk__in=ids).select_related("section__category", "owner")
    return list(rows.prefetch_related("translations").order_by("-pk"))
