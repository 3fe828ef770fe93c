from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.company import brand
from tugon.company import operations as company
from tugon.lib.errors import DomainError

from ..access import needs
from ..checklist import steps
from ..navigation import show
from ..settings_form import SettingsForm


@needs()
def overview(request: HttpRequest) -> HttpResponse:
    mine = [step for step in steps() if request.user.may(step.permission)]  # type: ignore[union-attr]
    return show(request, "overview", steps=mine, done=sum(step.is_done for step in mine))


@needs("admin.settings")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    return _page(request, "company", ("company",), logo=brand.current().logo_url)


@needs("admin.settings")
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    return _page(request, "limits", ("tickets", "mail", "files", "helpcenter"))


@needs("admin.settings")
@require_POST
def logo(request: HttpRequest) -> HttpResponse:
    if "remove" in request.POST:
        company.remove_logo(by=request.user.actor)  # type: ignore[union-attr]
    else:
        given = request.FILES.get("logo")
        content = given.read(company.LOGO_BYTES + 1) if given else b""  # type: ignore[union-attr]
        try:
            company.change_logo(content, by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("administration:company")
    brand.forget()
    messages.success(request, _("Saved."))
    return redirect("administration:company")


def _page(request: HttpRequest, template: str, groups: tuple[str, ...], **context: Any) -> HttpResponse:
    form = SettingsForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        try:
            company.decide_all(form.cleaned_data, by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"administration:{template}")
    return show(request, template, form=form, status=422 if form.is_bound else 200, **context)
