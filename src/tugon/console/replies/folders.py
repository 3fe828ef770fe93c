"""Folders: made, renamed, put into each other, taken away when empty."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.lib.errors import DomainError
from tugon.templates import operations
from tugon.templates.models import Folder

from ..access import agent_of, language_of
from . import listing
from .access import arrangers_only
from .showing import show


@require_http_methods(["GET", "POST"])
@arrangers_only
def folders(request: HttpRequest) -> HttpResponse:
    """The tree with its figures; POST makes a folder."""
    if request.method == "POST":
        names = _names(request)
        if not names:
            messages.error(request, _("Give the folder a name."))
        else:
            operations.create_folder(
                names=names,
                parent=_parent(request),
                needs_review=bool(request.POST.get("needs_review")),
                by=agent_of(request).actor,
            )
            messages.success(request, _("The folder was made."))
        return redirect("console:template-folders")
    counted = Folder.objects.annotate(
        count=Count("templates", filter=Q(templates__archived_at=None), distinct=True)
    )
    return show(
        request,
        "folders",
        at="folders",
        tree=listing.tree(counted),
        folders=listing.folders(language_of(request)),
        languages_offered=listing.language_choices(),
    )


@require_POST
@arrangers_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one folder; `remove` takes it away where it is empty."""
    folder, by = get_object_or_404(Folder, pk=pk), agent_of(request).actor
    try:
        if request.POST.get("remove"):
            operations.remove_folder(folder, by=by)
            messages.success(request, _("The folder was removed."))
        else:
            operations.change_folder(
                folder,
                names=_names(request) or folder.names,
                parent=_parent(request),
                needs_review=bool(request.POST.get("needs_review")),
                by=by,
            )
            messages.success(request, _("Saved."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("console:template-folders")


def _names(request: HttpRequest) -> dict[str, str]:
    given = {
        code: " ".join(request.POST.get(f"name_{code}", "").split())[:80]
        for code, _n in listing.language_choices()
    }
    return {code: name for code, name in given.items() if name}


def _parent(request: HttpRequest) -> Folder | None:
    given = request.POST.get("parent", "")
    return Folder.objects.filter(pk=given).first() if given.isdecimal() else None
