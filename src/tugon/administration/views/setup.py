"""The wizard of the first start: the company, then its first administrator, then the first mailbox."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tugon.accounts import operations, setup_link
from tugon.company import operations as company
from tugon.company import settings as decided
from tugon.events.actors import SYSTEM
from tugon.lib.errors import DomainError
from tugon.pages.reader import ZONE_COOKIE
from tugon.pages.render import page

from ..settings_form import zones


class CompanyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the company"), max_length=80, help_text=_("Customers see it everywhere.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your customers"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("The first of them"), choices=settings.LANGUAGES)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)


class AdministratorForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """The company."""
    if not setup_link.is_valid(token):
        return _spent(request)
    shown = {name: decided.get(name) for name in CompanyForm.base_fields} | {"name": ""}
    shown["zone"] = request.COOKIES.get(ZONE_COOKIE) or shown["zone"]
    form = CompanyForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            company.decide_all(form.cleaned_data, by=SYSTEM)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("setup:administrator", token)
    return _step(request, 1, _now("Who are you?"), form)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def administrator(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator, who is signed in at once and goes on to the first mailbox."""
    if not setup_link.is_valid(token):
        return _spent(request)
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agent = operations.create_first_administrator(**form.cleaned_data)
        except DomainError as refusal:
            form.add_error("password" if refusal.code == "password-refused" else None, refusal.message)
        else:
            get_adapter().login(request, agent)
            messages.success(request, _now("You are in. Connect a mailbox next, or look around first."))
            return redirect(reverse("administration:mailbox-new") + "?welcome=1")
    return _step(request, 2, _now("And you?"), form)


def _step(request: HttpRequest, number: int, title: str, form: forms.Form) -> HttpResponse:
    context = {"number": number, "title": title, "form": form}
    return page(request, "administration/setup.html", context, status=422 if form.is_bound else 200)


def _spent(request: HttpRequest) -> HttpResponse:
    return page(request, "administration/setup_spent.html", status=410)
