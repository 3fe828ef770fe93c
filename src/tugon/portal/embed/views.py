"""The script for host pages, and the way from a framed page into a window of our own."""

import hashlib
import json
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import condition, require_POST, require_safe

from tugon.company import settings as company
from tugon.customers.operations import key_used, living_keys, recognise
from tugon.customers.signing import IdentityRefused, Signed, read_hash, read_token
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.pages import brand, colour
from tugon.pages.assets import DIST, built, version

from ..identity import sign_in
from ..views.answers import private

KEPT_SECONDS = 300


class SiteUnknown(NotAllowed):
    code = "site-unknown"
    words = translation.gettext_lazy(
        "This came from a website that may not show our support. Its owner can add it under Administration, Embed."
    )


def _etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_script().encode()).hexdigest()[:24]}"'


@require_safe
@condition(etag_func=_etag)
def loader(request: HttpRequest) -> HttpResponse:
    """The script of the one line. Sets nothing, knows nobody, is the same for all."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, stale-while-revalidate=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@csrf_exempt
@require_POST
@private
@sensitive_post_parameters("token", "hash")
def enter(request: HttpRequest) -> HttpResponse:
    """From the panel or the host's page into a page of our own, signed in where the host says who it is.

    No token of a form stands against forgery here: the site it came from must be ours or a known one, and who is
    signed in is whom the host signed for.
    """
    origin = request.headers.get("Origin", "")
    if origin not in {_own_origin(), *company.get("embed_origins")}:
        raise SiteUnknown
    try:
        signed = _signed(request)
    except IdentityRefused as refusal:
        messages.warning(request, refusal.message)
        signed = None
    if signed is not None:
        customer = recognise(
            signed.subject,
            name=signed.name,
            email=signed.email,
            is_email_verified=signed.is_email_verified,
            audience=signed.audience,
            plan=signed.plan,
            language=signed.language,
        )
        key_used(signed.key)
        sign_in(request, customer)
    return redirect(_next(request))


def _signed(request: HttpRequest) -> Signed | None:
    token, subject = request.POST.get("token", ""), request.POST.get("user", "")
    if token:
        return read_token(token[:8000], living_keys(), at=now())
    if subject:
        return read_hash(subject, request.POST.get("hash", ""), living_keys())
    return None


def _next(request: HttpRequest) -> str:
    """A place of ours, with the host's page for the form."""
    place = request.POST.get("next", "")
    if not place.startswith("/") or not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = "/"
    page = request.POST.get("page", "")[:500]
    if page.startswith(("https://", "http://")) and urlsplit(place).path.startswith("/contact/"):
        place += ("&" if "?" in place else "?") + urlencode({"page": page})
    return place


def _own_origin() -> str:
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def _script() -> str:
    """The built script with what the company decided in front."""
    languages = company.get("languages")
    words = {}
    for language in languages:
        with translation.override(language):
            words[language] = {
                "open": _("Contact & support"),
                "close": _("Close"),
                "window": _("Open in a new window"),
                "waits": _("It does not open here."),
            }
    fill = colour.parsed(brand.current().accent)
    config = {
        "base": _own_origin(),
        "languages": languages,
        "fallback": company.get("language"),
        "words": words,
        "colours": {"fill": colour.written(fill), "ink": colour.written(colour.ink_for(fill))},
    }
    return f"(()=>{{const TUGON_CONFIG={json.dumps(config, ensure_ascii=False)};\n{_built(version())}}})();"


@lru_cache(maxsize=1)
def _built(_version: int) -> str:
    return (DIST / built("embed.js")).read_text()
