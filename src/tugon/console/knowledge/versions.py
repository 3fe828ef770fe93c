"""The history of a text: what each version said, what changed between two, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.helpcenter import content, operations
from tugon.helpcenter.comparing import compare, compare_words
from tugon.helpcenter.models import Translation, Version
from tugon.lib.errors import DomainError

from ..access import agent_of
from .access import PUBLISH, WRITE, find_translation, needs, writers_only
from .differences import folded
from .paging import keyset
from .showing import show


@require_GET
@writers_only
def versions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The versions, newest first, and the difference of two: `of` (a number or "draft") against `against`."""
    row = find_translation(pk, language)
    page = keyset(
        row.versions.select_related("author", "reviewed_by").defer("body", "sources"),
        request.GET,
        column="number",
        size=30,
    )
    newest = row.versions.first()
    chosen = request.GET.get("of") or ("draft" if row.has_draft else str(newest.number) if newest else "")
    if not chosen:
        return show(
            request, "versions", at="articles", translation=row, article=row.article, page=page, pair=None
        )
    new, new_name = _words(row, chosen)
    old, old_name = _words(row, request.GET.get("against") or _before(row, chosen))
    changed = compare(old.body, new.body)
    return show(
        request,
        "versions",
        at="articles",
        translation=row,
        article=row.article,
        page=page,
        chosen=chosen,
        pair=(old_name, new_name),
        title=compare_words(old.title, new.title),
        summary=compare_words(old.summary, new.summary),
        phrases=""
        if old.exact_phrases == new.exact_phrases
        else compare_words("\n".join(old.exact_phrases), "\n".join(new.exact_phrases)),
        lines=changed.lines if request.GET.get("whole") else folded(changed.lines),
        whole=bool(request.GET.get("whole")),
        is_same=changed.is_same and (old.title, old.summary) == (new.title, new.summary),
    )


@require_POST
@needs(PUBLISH)
def roll_back(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Show an older version to readers again, as a new version."""
    row, version = _version(pk, language, number)
    try:
        new = operations.roll_back(row, to=version, by=agent_of(request).actor)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        said = _("Readers see the words of version {number} again, as version {new}.")
        messages.success(request, said.format(number=number, new=new.number))
    return redirect("console:article-versions", pk, language)


@require_POST
@needs(WRITE)
def write_from(request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
    """Make an older version the draft."""
    _row, version = _version(pk, language, number)
    operations.draft_from(version, by=agent_of(request).actor)
    messages.success(request, _("The words of version {number} are the draft now.").format(number=number))
    return redirect("console:article-edit", pk, language)


def _version(pk: int, language: str, number: int) -> tuple[Translation, Version]:
    row = find_translation(pk, language)
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
    """What a version is compared with unless something else is asked for: the published one, or the one before."""
    if name == "draft":
        shown = row.published or row.versions.first()
        return str(shown.number) if shown else "nothing"
    earlier = row.versions.filter(number__lt=int(name) if name.isdecimal() else 0).first()
    return str(earlier.number) if earlier else "nothing"
