"""The history of a text: what each version said, what changed between two, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.helpcenter.comparing import compare, compare_words
from tugon.lib.errors import DomainError
from tugon.templates import content, operations
from tugon.templates.models import Translation, Version
from tugon.templates.policies import may_publish

from ..access import agent_of
from ..knowledge.access import needs
from ..knowledge.paging import keyset
from .access import WRITE, find_translation, writers_only
from .showing import show


@require_GET
@writers_only
def versions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The versions, newest first, and the difference of two: `of` (a number or "draft") against `against`."""
    row = find_translation(request, pk, language)
    found = keyset(
        row.versions.select_related("author", "reviewed_by"), request.GET, column="number", size=30
    )
    newest = row.versions.first()
    chosen = request.GET.get("of") or ("draft" if row.has_draft else str(newest.number) if newest else "")
    context: dict[str, Any] = {
        "translation": row,
        "template": row.template,
        "page": found,
        "chosen": chosen,
        "pair": None,
        "may_publish": may_publish(agent_of(request), row.template),
    }
    if chosen:
        new, new_name = _words(row, chosen)
        old, old_name = _words(row, request.GET.get("against") or _before(row, chosen))
        changed = compare(old.body, new.body)
        context |= {
            "pair": (old_name, new_name),
            "title": compare_words(old.title, new.title),
            "subject": compare_words(old.subject, new.subject),
            "lines": changed.lines,
            "is_same": old == new,
        }
    return show(request, "versions", at="templates", **context)


@require_POST
@writers_only
def roll_back(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Offer an older version again, as a new one."""
    row, version = _version(request, pk, language, number)
    try:
        new = operations.roll_back(row, to=version, by=agent_of(request).actor)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        said = _("The words of version {number} are in use again, as version {new}.")
        messages.success(request, said.format(number=number, new=new.number))
    return redirect("console:template-versions", pk, language)


@require_POST
@needs(WRITE)
def write_from(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Make an older version the draft."""
    _row, version = _version(request, pk, language, number)
    operations.draft_from(version, by=agent_of(request).actor)
    messages.success(request, _("The words of version {number} are the draft now.").format(number=number))
    return redirect("console:template-edit", pk, language)


def _version(request: HttpRequest, pk: int, language: str, number: int) -> tuple[Translation, Version]:
    row = find_translation(request, pk, language)
    return row, get_object_or_404(Version, translation=row, number=number)


def _words(row: Translation, name: str) -> tuple[content.Content, str]:
    """The words that a name in the address means, and how it is called. Raises Http404."""
    if name == "draft":
        return content.of_draft(row), _("Draft")
    if name == "nothing":
        return content.Content(), _("Nothing")
    if not name.isdecimal() or len(name) > 9:
        raise Http404
    found = row.versions.filter(number=int(name)).first()
    if found is None:
        raise Http404
    return content.of_version(found), _("Version {number}").format(number=found.number)


def _before(row: Translation, name: str) -> str:
    """What a version is compared with unless something else is asked for."""
    if name == "draft":
        shown = row.published or row.versions.first()
        return str(shown.number) if shown else "nothing"
    earlier = row.versions.filter(number__lt=int(name) if name.isdecimal() and len(name) < 10 else 0).first()
    return str(earlier.number) if earlier else "nothing"
