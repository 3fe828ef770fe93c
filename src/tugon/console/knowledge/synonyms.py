"""Words that mean the same to people who search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.lib.errors import DomainError
from tugon.search.knowledge.synonyms import keep_synonyms, remove_synonyms
from tugon.search.models import Synonym

from ..access import agent_of
from .access import arrangers_only
from .forms import lines_of
from .paging import keyset
from .showing import show


class SynonymForm(forms.Form):
    words = forms.CharField(
        label=_("Words or phrases"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=_("One a line, in any language. Who searches for one of them finds what says another."),
    )


@require_GET
@arrangers_only
def synonyms(request: HttpRequest) -> HttpResponse:
    """The groups, those that hold `q` if it is given."""
    typed = request.GET.get("q", "").strip()[:80]
    rows = Synonym.objects.select_related("changed_by")
    if typed:
        rows = rows.filter(normal__icontains=typed.lower())
    return show(request, "synonyms", at="synonyms", page=keyset(rows, request.GET), typed=typed)


@require_http_methods(["GET", "POST"])
@arrangers_only
def synonym(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One group. `words` in the address begins a new one: from a search without an answer."""
    row = get_object_or_404(Synonym, pk=pk) if pk else None
    begun: Any = "\n".join(row.words) if row else request.GET.get("words", "")
    form = SynonymForm(request.POST or None, initial={"words": begun})
    if request.method == "POST" and form.is_valid():
        try:
            keep_synonyms(lines_of(form.cleaned_data["words"]), row=row, by=agent_of(request).actor)
        except DomainError as refusal:
            form.add_error("words", refusal.message)
        else:
            messages.success(request, _now("Saved. Searches use it at once."))
            return redirect("console:knowledge-synonyms")
    return show(request, "synonym", at="synonyms", form=form, row=row, status=422 if form.is_bound else 200)


@require_POST
@arrangers_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = Synonym.objects.filter(pk=pk).first()
    if row is not None:
        remove_synonyms(row, by=agent_of(request).actor)
    messages.success(request, _now("Removed."))
    return redirect("console:knowledge-synonyms")
