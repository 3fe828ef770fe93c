"""Publishing, what was published before, and drafts as files."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.troubleshooters import operations
from tugon.troubleshooters.errors import GraphUnreadable, NotPublishable
from tugon.troubleshooters.models import Version

from ..access import agent_of, agents_only
from .access import editors_only, find, shown


@require_POST
@editors_only
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(pk)
    try:
        version = operations.publish(row, note=request.POST.get("note", ""), by=agent_of(request).actor)
    except NotPublishable as error:
        messages.error(request, error.message)
        return redirect("console:troubleshooter", row.pk)
    messages.success(request, _("Version {number} is what people walk now.").format(number=version.number))
    return redirect("console:troubleshooter", row.pk)


@require_POST
@editors_only
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    row = operations.unpublish(find(pk), by=agent_of(request).actor)
    messages.info(request, _("It is offered nobody any more. Draft and versions stay."))
    return redirect("console:troubleshooter", row.pk)


@require_GET
@agents_only
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published, newest first. Two queries of its own."""
    row = find(pk)
    return shown(request, "versions", row, versions=list(row.versions.select_related("author")[:200]))


@require_POST
@editors_only
def roll_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = find(pk)
    try:
        version = operations.roll_back(row, to=number, by=agent_of(request).actor)
    except Version.DoesNotExist:
        raise Http404 from None
    except NotPublishable as error:
        messages.error(request, error.message)
        return redirect("console:troubleshooter", row.pk)
    words = _("Version {old} is published again, as version {number}.")
    messages.success(request, words.format(old=number, number=version.number))
    return redirect("console:troubleshooter-versions", row.pk)


@require_GET
@agents_only
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a file."""
    row = find(pk)
    response = HttpResponse(
        json.dumps(row.draft, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{row.slug}.json"'
    return response


@require_POST
@editors_only
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A file in the draft's place; undo brings the old one back."""
    row, sent = find(pk), request.FILES.get("file")
    if sent is None:
        messages.error(
            request, _("Choose a file that was saved from a troubleshooter. The draft stands as it was.")
        )
        return redirect("console:troubleshooter-versions", row.pk)
    try:
        operations.import_draft(row, text=sent.read(1_000_001), by=agent_of(request).actor)
    except GraphUnreadable as error:
        messages.error(request, error.message)
        return redirect("console:troubleshooter-versions", row.pk)
    messages.success(request, _("The draft is what the file says. Undo brings the old one back."))
    return redirect("console:troubleshooter", row.pk)
