"""An agent's own page: who one is, what one hears of, and how one signs in."""

from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tugon.lib.errors import DomainError
from tugon.pages.reader import DENSITY_COOKIE, LANGUAGE_COOKIE, THEME_COOKIE
from tugon.pages.render import page

from .. import operations, preferences
from ..adapters import AccountAdapter
from ..forms import ChangePasswordForm, ProfileForm, chosen_notices
from ..models import Agent, AgentSession
from ..sessions import open_sessions

_YEAR = 365 * 24 * 3600


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    agent: Agent = request.user  # type: ignore[assignment]
    form = ProfileForm(request.POST or None, initial=_shown(agent))
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(agent, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    return page(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    agent: Agent = request.user  # type: ignore[assignment]
    error = ""
    if request.method == "POST":
        try:
            operations.change_profile(agent, preferences=chosen_notices(request.POST), by=agent.actor)
        except DomainError as refusal:
            error = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:notices")
    rows = [
        (event, words, preferences.wants(agent, event, "app"), preferences.wants(agent, event, "email"))
        for event, (words, _app, _email) in preferences.NOTICES.items()
    ]
    shown = {"rows": rows, "quiet": agent.preferences.get("quiet"), "error": error}
    return page(request, "accounts/notices.html", shown, status=422 if error else 200)


@login_required
def security(request: HttpRequest) -> HttpResponse:
    return page(request, "accounts/security.html", _security(request, ChangePasswordForm()))


@login_required
@sensitive_post_parameters("current", "password")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    agent: Agent = request.user  # type: ignore[assignment]
    form = ChangePasswordForm(request.POST)
    if not ratelimit.consume(request, action="reauthenticate", user=agent):
        form.add_error("current", AccountAdapter.error_messages["rate_limited"])
        return page(request, "accounts/security.html", _security(request, form), status=429)
    if form.is_valid():
        try:
            agent = operations.change_password(
                agent, **form.cleaned_data, keep_session=request.session.session_key or "", by=agent.actor
            )
        except DomainError as refusal:
            form.add_error("current" if refusal.code == "password-wrong" else "password", refusal.message)
        else:
            update_session_auth_hash(request, agent)
            _follow_key(request, agent)
            messages.success(request, _("Your password was changed. Other browsers were signed out."))
            return redirect("accounts:security")
    return page(request, "accounts/security.html", _security(request, form), status=422)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(AgentSession, pk=pk, agent=request.user)
    operations.end_session(session, by=request.user.actor)  # type: ignore[union-attr]
    messages.success(request, _("That browser was signed out."))
    return redirect("accounts:security")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    agent: Agent = request.user  # type: ignore[assignment]
    operations.end_all_sessions(agent, but=request.session.session_key or "", by=agent.actor)
    messages.success(request, _("All other browsers were signed out."))
    return redirect("accounts:security")


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where a role asks for a second factor and there is none yet."""
    return page(request, "accounts/second_factor.html")


def _shown(agent: Agent) -> dict[str, Any]:
    fields = ("name", "public_name", "job_title", "language", "time_zone")
    chosen = {
        "theme": agent.preferences.get("theme", ""),
        "density": agent.preferences.get("density", "comfortable"),
    }
    return {name: getattr(agent, name) for name in fields} | chosen


def _saved(agent: Agent, values: dict[str, Any]) -> HttpResponse:
    chosen = {"theme": values.pop("theme"), "density": values.pop("density")}
    operations.change_profile(agent, **values, preferences=chosen, by=agent.actor)
    response = redirect("accounts:profile")
    for cookie, value in (
        (THEME_COOKIE, chosen["theme"]),
        (DENSITY_COOKIE, chosen["density"]),
        (LANGUAGE_COOKIE, values["language"]),
    ):
        response.set_cookie(
            cookie, value, max_age=_YEAR, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
        )
    return response


def _security(request: HttpRequest, form: ChangePasswordForm) -> dict[str, Any]:
    agent: Agent = request.user  # type: ignore[assignment]
    factors = list(Authenticator.objects.filter(user=agent).order_by("created_at"))
    codes = next((one.wrap() for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "form": form,
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.get_unused_codes()) if codes else None,
        "sessions": open_sessions(agent),
        "this_key": request.session.session_key,
    }


def _follow_key(request: HttpRequest, agent: Agent) -> None:
    """Changing the password changed the key of this session too; what we know of it follows."""
    request.session.save()
    kept = AgentSession.objects.filter(agent=agent)
    kept.update(key=request.session.session_key)
