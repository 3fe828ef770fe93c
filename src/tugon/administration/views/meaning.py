"""Whose sentence vectors search uses."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from tugon.company import settings
from tugon.lib.errors import DomainError
from tugon.meaning import client
from tugon.meaning.embedders import MeaningUnavailable
from tugon.meaning.operations import use_endpoint
from tugon.search.knowledge.vectors import missing

from ..access import needs
from ..navigation import show


class EndpointForm(forms.Form):
    address = forms.CharField(
        label=_lazy("Address of an embeddings service"),
        help_text=_lazy(
            "OpenAI-compatible, like https://api.example.com/v1. Empty: vectors are computed on this machine and no "
            "text leaves it."
        ),
        required=False,
    )
    model = forms.CharField(label=_lazy("Its model"), required=False)
    key = forms.CharField(
        label=_lazy("Its key"),
        help_text=_lazy("Kept sealed and never shown. Empty keeps the one there is, for the same address."),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


@needs("admin.settings")
@require_http_methods(["GET", "POST"])
def meaning(request: HttpRequest) -> HttpResponse:
    initial = {"address": settings.get("meaning_address"), "model": settings.get("meaning_model")}
    form = EndpointForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            use_endpoint(
                address=given["address"],
                model=given["model"],
                key=given["key"] or None,
                by=request.user.actor,  # type: ignore[union-attr]
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. The new vectors are made in the background."))
            return redirect("administration:meaning")
    status = 422 if form.is_bound else 200
    return show(
        request,
        "meaning",
        form=form,
        state=_state(),
        has_key=bool(settings.get("meaning_key")),
        status=status,
    )


def _state() -> dict[str, object]:
    """model, waiting: what works now; why_not: where nothing does."""
    try:
        hello, _none = client.ask({"ask": "hello"}, patiently=True)
    except MeaningUnavailable as error:
        return {"why_not": str(error)}
    return {"model": hello["model"], "waiting": missing()}
