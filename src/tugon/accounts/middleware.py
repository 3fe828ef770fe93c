"""Who is signed in, and what is asked of them: to be seen now and then, and a second factor where a role says so."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tugon.database.revision import remembering_decisions

from . import operations
from .signed_in import SessionStore, agent_of_session

SEEN_EVERY = 60.0
"""Seconds between two notes that a session is in use."""

OPEN_TO_ALL = ("/account/", "/static/", "/theme.css", "/company/", "/alive")
"""Where somebody who still has to set up the second factor may go."""

_seen: dict[str, float] = {}


class WhoMiddleware(AuthenticationMiddleware):
    """Puts `request.user` there as Django does, from what the session brought along where it did."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _who(request))  # type: ignore[assignment]


def _who(request: HttpRequest) -> Any:
    if not hasattr(request, "_cached_user") and (agent := agent_of_session(request.session)):
        request._cached_user = agent  # type: ignore[attr-defined]  # where Django keeps it, too
    return get_user(request)


class SignedInMiddleware:
    """Stands after authentication. What agents read is made of what the company decided, remembered until it changes;
    whoever writes asks afresh."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        if must_set_up(request):
            return _lead(request, reverse("accounts:second-factor"))
        note(request)
        if request.method != "GET" or not isinstance(request.session, SessionStore):
            return self.get_response(request)
        with remembering_decisions(request.session.revision):
            return self.get_response(request)


def must_set_up(request: HttpRequest) -> bool:
    """Whether a role asks for a second factor that the agent does not have. One query, two where a role asks."""
    if request.path.startswith(OPEN_TO_ALL):
        return False
    return request.user.must_have_second_factor and not is_mfa_enabled(request.user)  # type: ignore[union-attr]


def note(request: HttpRequest) -> None:
    """Note the session as in use, at most once in `SEEN_EVERY` seconds and process."""
    key = request.session.session_key or ""
    if time.monotonic() - _seen.get(key, -SEEN_EVERY) < SEEN_EVERY or not request.session.get("noted"):
        return
    if len(_seen) > 20_000:
        _seen.clear()
    _seen[key] = time.monotonic()
    adapter = get_adapter()
    operations.note_seen(
        request.user,  # type: ignore[arg-type]
        key=key,
        address=adapter.get_client_ip(request),
        user_agent=adapter.get_http_user_agent(request),
    )


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
