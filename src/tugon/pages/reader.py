"""Who is reading: language, zone, theme and density of this request, on `request.reader`.

Order for the language: the address (`/fil/help/…`), `?lang=`, the cookie, the signed-in person's own choice,
Accept-Language, the default.
For the zone: the signed-in person's own choice, the cookie that the browser wrote, the default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGE_COOKIE = "tugon_language"
ZONE_COOKIE = "tugon_zone"
THEME_COOKIE = "tugon_theme"
DENSITY_COOKIE = "tugon_density"

# Browsers still say "tl" for what CLDR and Tugon call "fil" (RFC 5646 keeps both).
_SAME_LANGUAGE = {"tl": "fil"}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Reader:
    language: str
    zone: str
    theme: str = ""
    """"light", "dark", or empty to follow the system."""
    density: str = "comfortable"


class ReaderMiddleware:
    """Puts `request.reader` there and activates its language and zone. Stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader = reader_of(request)
        request.reader = reader  # type: ignore[attr-defined]
        with translation.override(reader.language), timezone.override(ZoneInfo(reader.zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", reader.language)
        by_address = bool(language_of_address(request.path_info))
        patch_vary_headers(response, ["Cookie"] if by_address else ["Accept-Language", "Cookie"])
        if chosen := known_language(request.GET.get("lang", "")):
            _remember(response, chosen)
        return response


def reader_of(request: HttpRequest) -> Reader:
    theme, density = request.COOKIES.get(THEME_COOKIE, ""), request.COOKIES.get(DENSITY_COOKIE, "")
    return Reader(
        language=_language(request),
        zone=_zone(request),
        theme=theme if theme in ("light", "dark") else "",
        density="compact" if density == "compact" else "comfortable",
    )


def known_language(code: str) -> str:
    """The enabled language that the code means ("tl-PH" → "fil"), or an empty string."""
    wanted = code.lower().replace("_", "-")
    enabled = {name.lower(): name for name, _ in settings.LANGUAGES}
    for candidate in (wanted, wanted.split("-")[0]):
        candidate = _SAME_LANGUAGE.get(candidate, candidate)
        if candidate in enabled:
            return enabled[candidate]
    return ""


def language_of_address(path: str) -> str:
    """The enabled language that an address begins with ("/fil/help/" → "fil"), or an empty string."""
    first = path[1:].partition("/")[0]
    return first if any(first == code for code, _ in settings.LANGUAGES) else ""


def _language(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    wishes = [
        language_of_address(request.path_info),
        request.GET.get("lang", ""),
        request.COOKIES.get(LANGUAGE_COOKIE, ""),
        getattr(user, "language", "") or "",
        *(code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))),
    ]
    found = (known_language(wish) for wish in wishes if wish)
    return next((language for language in found if language), settings.LANGUAGE_CODE)


def _zone(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    wishes = (getattr(user, "time_zone", "") or "", request.COOKIES.get(ZONE_COOKIE, ""))
    return next((str(wish) for wish in wishes if str(wish) in _zones()), settings.TIME_ZONE)


_known_zones: set[str] = set()


def _zones() -> set[str]:
    if not _known_zones:
        _known_zones.update(available_timezones())
    return _known_zones


def _remember(response: HttpResponse, language: str) -> None:
    secure = bool(getattr(settings, "SESSION_COOKIE_SECURE", False))
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax", secure=secure)
