"""Contact & support on the company's own pages: the one line, who may show it, the keys that say who visitors are."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.company import operations as company
from tugon.customers.models import HostKey
from tugon.customers.operations import make_key, retire_key
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show
from ..settings_form import SettingsForm

PERMISSION = "admin.settings"


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def embed(request: HttpRequest) -> HttpResponse:
    """The line to copy, the websites, the keys. Two queries."""
    form = SettingsForm(request.POST or None, groups=("embed",))
    if request.method == "POST" and form.is_valid():
        try:
            company.decide_all(form.cleaned_data, by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:embed")
    return _page(request, form, status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_POST
def new_key(request: HttpRequest) -> HttpResponse:
    """A key, whose secret this one answer shows."""
    try:
        key, secret = make_key(by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("administration:embed")
    response = _page(request, SettingsForm(groups=("embed",)), made=key, secret=secret)
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(PERMISSION)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(HostKey, pk=pk)
    retire_key(key, by=request.user.actor)  # type: ignore[union-attr]
    messages.success(request, _("What was signed with {kid} is refused from now on.").format(kid=key.kid))
    return redirect("administration:embed")


def _page(request: HttpRequest, form: SettingsForm, *, status: int = 200, **context: Any) -> HttpResponse:
    line = f'<script async src="{settings.BASE_URL}/embed.js"></script>'
    return show(
        request, "embed", form=form, line=line, keys=HostKey.objects.all()[:20], status=status, **context
    )
