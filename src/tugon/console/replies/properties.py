"""What stands around a template's words: folder, shortcut, who sees it, files; and putting it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience
from tugon.files import operations as files
from tugon.files.owners import owners_of
from tugon.lib.errors import DomainError
from tugon.templates import operations
from tugon.templates.models import Folder, Template, TemplateFile

from ..access import agent_of, language_of
from ..knowledge.access import needs
from .access import WRITE, find_template, find_translation, writers_only
from .editor import PropertiesForm, editor


@require_POST
@needs(WRITE)
def properties(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Save what stands around the words."""
    row = find_translation(request, pk, language)
    form = PropertiesForm(request.POST, shown_in=language_of(request))
    if not form.is_valid():
        return editor(request, row, properties=form, status=422)
    given = form.cleaned_data
    try:
        operations.change(
            row.template,
            by=agent_of(request).actor,
            folder=Folder.objects.get(pk=given["folder"]),
            shortcut=given["shortcut"],
            keywords=given["keywords"].split(","),
            visibility=given["visibility"],
            owner=Agent.objects.filter(pk=given["owner"]).first() if given["owner"] else None,
            teams=Team.objects.filter(pk__in=given["teams"]),
            audiences=Audience.objects.filter(pk__in=given["audiences"]),
        )
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return editor(request, row, properties=form, status=refusal.status)
    messages.success(request, _("Saved."))
    return redirect("console:template-edit", pk, language)


@require_POST
@needs(WRITE)
def add_files(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Let files go along with the answer, in this language or in all."""
    template = find_template(request, pk)
    only = language if request.POST.get("only") else ""
    try:
        for name, stored in _given(request):
            operations.add_file(template, file=stored, name=name, language=only, by=agent_of(request).actor)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("console:template-edit", pk, language)


@require_POST
@needs(WRITE)
def remove_file(request: HttpRequest, pk: int, language: str, file: int) -> HttpResponse:
    template = find_template(request, pk)
    operations.remove_file(
        get_object_or_404(TemplateFile, pk=file, template=template), by=agent_of(request).actor
    )
    return redirect("console:template-edit", pk, language)


@require_POST
@writers_only
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, find_template(request, pk), is_archived=True)


@require_POST
@writers_only
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, find_template(request, pk), is_archived=False)


def _moved(request: HttpRequest, template: Template, *, is_archived: bool) -> HttpResponse:
    by = agent_of(request).actor
    if is_archived:
        operations.archive(template, by=by)
        messages.success(request, _("Archived. Nobody is offered it; its words and figures are kept."))
    else:
        operations.restore(template, by=by)
        messages.success(request, _("Restored."))
    return redirect("console:template-edit", template.pk, template.source_language)


def _given(request: HttpRequest) -> list[tuple[str, files.StoredFile]]:
    taken = [
        row
        for owner in owners_of(request)
        for row in files.take(request.POST.getlist("uploads"), owner=owner)
    ]
    new = []
    for given in request.FILES.getlist("files"):
        files.require_fits(given.size or 0, name=given.name or "file")
        row = files.upload(given.read(), name=given.name or "file", owner=owners_of(request)[0])
        new.append(row)
    return [(row.name, row.file) for row in [*taken, *new]]
