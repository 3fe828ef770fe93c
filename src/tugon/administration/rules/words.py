"""Word lists: what rules look for in messages, per language."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.company import settings as company
from tugon.lib.errors import DomainError
from tugon.rules import operations
from tugon.rules.models import WordList

from ..access import needs
from ..navigation import show
from .screens import actor


@needs("rule.edit")
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    rows = list(WordList.objects.all())
    return show(request, "rules/words", rows=rows, languages=_languages())


@needs("rule.edit")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One list: names and words per language, a word or phrase a line."""
    row = get_object_or_404(WordList, pk=pk) if pk else None
    problem, languages = "", _languages()
    names = {code: row.names.get(code, "") if row else "" for code in languages}
    words = {code: "\n".join(row.words.get(code, [])) if row else "" for code in languages}
    if request.method == "POST":
        names = {code: request.POST.get(f"name-{code}", "") for code in languages}
        words = {code: request.POST.get(f"words-{code}", "") for code in languages}
        try:
            operations.save_word_list(
                row,
                names=names,
                words={code: text.replace(",", "\n").splitlines() for code, text in words.items()},
                by=actor(request),
            )
        except DomainError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:word-lists")
    return show(
        request,
        "rules/word_list",
        row=row,
        names=names,
        words=words,
        languages=languages,
        problem=problem,
        status=422 if problem else 200,
    )


@needs("rule.edit")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        operations.remove_word_list(get_object_or_404(WordList, pk=pk), by=actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("administration:word-lists")


def _languages() -> list[str]:
    """Those the company offers, and the two in which Tugon brings its lists."""
    return list(dict.fromkeys([*company.get("languages"), "en", "fil"]))
