"""For who is not signed in: a new password, an invitation."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tugon.lib.errors import DomainError
from tugon.pages.render import page

from .. import links, operations
from ..forms import AddressForm, InvitationForm, NewPasswordForm


@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "accounts/reset_ask.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="reset_password", key=email.lower()):
        form.add_error(None, _("That was often in a short time. Wait a minute and try again."))
        return page(request, "accounts/reset_ask.html", {"form": form}, status=429)
    operations.request_password_reset(email)
    return page(request, "accounts/reset_sent.html", {"email": email})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    agent = links.agent_behind(token, "reset")
    if agent is None:
        return page(request, "accounts/link_spent.html", {"purpose": "reset"}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reset_password(token, password=form.cleaned_data["password"])
        except DomainError as refusal:
            form.add_error("password", refusal.message)
        else:
            messages.success(request, _("Your password was changed. Sign in with it."))
            return redirect("account_login")
    return page(
        request, "accounts/reset.html", {"form": form, "agent": agent}, status=422 if form.is_bound else 200
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    agent = links.agent_behind(token, "invitation")
    if agent is None or agent.joined_at:
        return page(request, "accounts/link_spent.html", {"purpose": "invitation"}, status=410)
    form = InvitationForm(request.POST or None, initial={"name": agent.name})
    if request.method == "POST" and form.is_valid():
        try:
            operations.accept_invitation(token, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("password", refusal.message)
        else:
            messages.success(request, _("Welcome! Sign in with your new password."))
            return redirect("account_login")
    shown = {"form": form, "agent": agent}
    return page(request, "accounts/invitation.html", shown, status=422 if form.is_bound else 200)
