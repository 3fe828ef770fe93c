"""Facts and the billing directory as CSV tables, out and in."""

import base64
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.billing import exchange as directory
from tugon.facts import exchange as facts
from tugon.lib import tables
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show

MOST_REST = 1_500_000
"""Characters of what was not taken that a page carries; of more, the original file tells."""


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("Table"),
        max_length=200,
        help_text=_("CSV, with the names of the columns on line 1. Export shows how it looks."),
    )


@needs("fact.edit")
@require_safe
def export_facts(request: HttpRequest) -> HttpResponse:
    return _download(facts.export(), "facts.csv")


@needs("billing.edit")
@require_safe
def export_directory(request: HttpRequest) -> HttpResponse:
    return _download(directory.export(), "billing-directory.csv")


@needs("fact.edit")
@require_http_methods(["GET", "POST"])
def import_facts(request: HttpRequest) -> HttpResponse:
    texts = {"title": _("Import facts"), "back": _("Facts"), "route": "facts", "export": "facts-export"}
    return _import(request, facts.take, facts.bad_lines, texts)


@needs("billing.edit")
@require_http_methods(["GET", "POST"])
def import_directory(request: HttpRequest) -> HttpResponse:
    texts: dict[str, Any] = {"title": _("Import the billing directory"), "back": _("Billing directory")}
    texts |= {"route": "processors", "export": "processors-export"}
    return _import(request, directory.take, directory.bad_lines, texts)


@needs("fact.edit", "billing.edit")
@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """The lines that an import did not take, as the page of the import holds them, to correct and import again."""
    try:
        table = base64.b64decode(request.POST.get("rest", ""), validate=True).decode()
    except ValueError:
        raise Http404 from None
    return _download(table, "not-taken.csv")


def _import(
    request: HttpRequest, take: Callable[..., Any], bad_lines: Callable[[Any], str], texts: dict[str, Any]
) -> HttpResponse:
    """Takes what it can, tells every line it could not take, and gives those lines back as a table."""
    form, taken, left = TableForm(request.POST or None, request.FILES or None), None, ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["table"]
        if file.size > tables.MOST_BYTES:
            form.add_error("table", _("The file is larger than 10 MB."))
        else:
            try:
                taken = take(file.read(), by=request.user.actor)  # type: ignore[union-attr]
            except DomainError as refusal:
                form.add_error("table", refusal.message)
        if taken is not None and taken.bad:
            left = base64.b64encode(bad_lines(taken).encode()).decode()
    left = left if len(left) < MOST_REST else ""
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "facts/import", form=form, taken=taken, rest=left, **texts, status=status)


def _download(table: str, name: str) -> HttpResponse:
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
