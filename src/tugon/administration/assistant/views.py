"""Administration › Assistant."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.assistant import limits, operations, usage
from tugon.assistant.errors import Trouble
from tugon.assistant.models import Setup
from tugon.assistant.setting_up import set_up
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show
from .form import AssistantForm, initial_of

PAGE = "assistant/setup"


@needs("admin.settings")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """What is decided; a change is kept whole or not at all."""
    row = operations.setup()
    form = AssistantForm(request.POST or None, initial=initial_of(row), language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            key = given.pop("key") or None
            row = set_up(key=key, by=request.user.actor, **given)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _said(row))
            return redirect("administration:assistant")
    return _page(request, row, form=form, status=422 if form.is_bound else 200)


def _said(row: Setup) -> str:
    """What was kept, and what is still missing where an address alone does not switch it on."""
    if row.is_on:
        return _("Saved. Test it now.")
    if row.address and row.model:
        return _("Saved. The assistant is off until you choose what agents may ask for.")
    if row.address:
        return _("Saved. The assistant is off until you name its model.")
    return _("Saved. The assistant is off.")


@needs("admin.settings")
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Ask the service for one word and tell what it says."""
    row = operations.setup()
    if not row.is_on:
        return _page(
            request, row, result=(False, _("It is off: there is nothing to test."), ""), block="test_result"
        )
    try:
        said = operations.ask_once(row)
    except Trouble as trouble:
        result = (False, trouble.words, trouble.said)
    else:
        result = (True, _("It answers: {words}").format(words=" ".join(said.split())[:200]), "")
    return _page(request, row, result=result, block="test_result")


def _page(
    request: HttpRequest,
    row: Setup,
    *,
    form: AssistantForm | None = None,
    result: tuple[bool, str, str] | None = None,
    status: int = 200,
    block: str | None = None,
) -> HttpResponse:
    form = form or AssistantForm(initial=initial_of(row), language=get_language() or "en")
    return show(
        request,
        PAGE,
        setup=row,
        form=form,
        result=result,
        used=limits.used(),
        lately=usage.lately(),
        status=status,
        block=block,
    )
