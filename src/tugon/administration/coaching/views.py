"""The screens of the reply coach."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.coaching import annoyance, operations
from tugon.coaching.contexts import Mode
from tugon.coaching.models import CheckChoice
from tugon.coaching.phrases import plain
from tugon.coaching.remarking import BY_KEY, CHECKS

from ..access import needs
from ..navigation import show
from .forms import ChecksForm, ExceptionForm, WordsForm

PAGE, WORDS = "coaching/coach", "coaching/words"
BACK = "administration:coach"


@needs(operations.PERMISSION)
@require_http_methods(["GET", "POST"])
def coach(request: HttpRequest) -> HttpResponse:
    """Which checks for everybody; exceptions; how agents take the remarks."""
    form = ChecksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _choose(form, request)
        messages.success(request, _("Saved."))
        return redirect(BACK)
    return _page(request, form=form, status=422 if form.is_bound else 200)


@needs(operations.PERMISSION)
@require_POST
def exception(request: HttpRequest) -> HttpResponse:
    """A check, otherwise for one audience or team."""
    form = ExceptionForm(request.POST, language=get_language() or "en")
    if not form.is_valid():
        return _page(request, exception=form, status=422)
    given = form.cleaned_data
    operations.choose(given["check"], Mode(given["mode"]), by=_actor(request), **form.target())
    messages.success(request, _("Saved."))
    return redirect(BACK)


@needs(operations.PERMISSION)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The exception goes; what holds for everybody holds there, too."""
    row = get_object_or_404(CheckChoice.objects.exclude(audience=None, team=None), pk=pk)
    operations.leave_to_everybody(row, by=_actor(request))
    messages.success(request, _("The exception is gone."))
    return redirect(BACK)


@needs(operations.PERMISSION)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """The company's own words in each language."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for kind, language, given, left_out in form.lists():
                operations.set_words(kind, language, words=given, left_out=left_out, by=_actor(request))
        messages.success(request, _("Saved."))
        return redirect("administration:coach-words")
    return show(request, WORDS, status=422 if form.is_bound else 200, form=form)


@needs(operations.PERMISSION)
@require_GET
def brought(request: HttpRequest) -> HttpResponse:
    """The words that Tugon brings, to read."""
    return show(request, "coaching/brought", jargon=plain.jargon(), stiff=plain.stiff())


@transaction.atomic
def _choose(form: ChecksForm, request: HttpRequest) -> None:
    for key, mode in form.modes().items():
        operations.choose(key, mode, by=_actor(request))
    operations.set_longest_sentence(form.cleaned_data["longest_sentence"], by=_actor(request))


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Three queries for the page itself."""
    language = get_language() or "en"
    rows = CheckChoice.objects.exclude(audience=None, team=None).select_related("audience", "team")
    shown = [
        (row, BY_KEY[row.check_key].name, row.audience.name_in(language) if row.audience else str(row.team))
        for row in rows
        if row.check_key in BY_KEY
    ]
    context: dict[str, Any] = {
        "form": ChecksForm(),
        "exception": ExceptionForm(language=language),
        "exceptions": shown,
        "checks": CHECKS,
        "rates": annoyance.rates(),
        "days": annoyance.DAYS,
        "families": {
            "clarity": _("Clarity"),
            "empathy": _("Empathy"),
            "accuracy": _("Accuracy"),
            "completeness": _("Completeness"),
        },
    }
    return show(request, PAGE, status=status, **(context | forms))


def _actor(request: HttpRequest) -> Any:
    return request.user.actor  # type: ignore[union-attr]
