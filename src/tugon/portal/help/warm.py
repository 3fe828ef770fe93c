"""Public help pages kept ready in memory, so that a thousand readers a second cost little.

Only what an anonymous person gets: a GET below a language's address, without a session. Such a request is first made
poorer: of its cookies only those in KEPT_COOKIES remain (at the support home the zone too). So what is rendered can
depend on nothing but the key it is kept under, and no page of one person is ever given to another. A view says with
`public` that its page may be kept.

`Warm` stands first among the middleware. `at_hand` answers for the web process before Django is asked at all.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from tugon.company import settings as company
from tugon.pages.reader import THEME_COOKIE, ZONE_COOKIE, language_of_address
from tugon.pages.security import allow

from . import revision

KEPT_SECONDS = 60.0
"""What depends on the clock (a notice begins, a fact changes at midnight) may be so old."""

SHARED_SECONDS = 60
"""How long a shared cache (a CDN) may answer by itself; the reader's browser asks each time, and mostly hears 304."""

FOR_ALL = f"public, max-age=0, s-maxage={SHARED_SECONDS}, stale-while-revalidate=60"

ROOM = 24 * 1024 * 1024  # bytes of all kept pages of one process
AUDIENCE_COOKIE = "tugon_audience"
KEPT_COOKIES = frozenset((THEME_COOKIE, AUDIENCE_COOKIE))
PRIVATE_COOKIES = frozenset((settings.SESSION_COOKIE_NAME, "messages"))
KNOWN_QUERY = frozenset(("for", "voted"))
ASKED_QUERY = frozenset(("q", "after"))
ROOM_OF_SEARCHES = 6 * 1024 * 1024

Key = tuple[Any, ...]
Headers = list[tuple[str, str]]
Note = Callable[[HttpRequest], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer. made_at: monotonic seconds. under: the revision it was rendered under. seconds: it is kept at
    most. note: what is done each time it is given to somebody.
    """

    headers: Headers
    body: bytes
    etag: str
    under: str
    made_at: float
    seconds: float = KEPT_SECONDS
    note: Note | None = None

    def holds(self, name: str) -> bool:
        return self.under == name and time.monotonic() - self.made_at < self.seconds


class Shelf:
    """The kept pages; those not asked for longest make room."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        if len(page.body) > self.room // 8:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += len(page.body) - (len(old.body) if old else 0)
            self._pages[key] = page
            while self._size > self.room:
                _, gone = self._pages.popitem(last=False)
                self._size -= len(gone.body)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0


shelf = Shelf()
searches = Shelf(ROOM_OF_SEARCHES)
"""What was asked lately. Apart, so that whoever asks for anything at all drives out no article; and each asking is
noted, so `at_hand` does not look here."""


def key_of(
    method: str, path: str, query: str, *, cookies: str, encodings: str, scheme: str, live: str = ""
) -> Key | None:
    """What an anonymous page depends on, or None where the request may be answered by no kept page. Pure."""
    is_search = is_of_search(path)
    if method not in ("GET", "HEAD") or (live and not is_search) or not language_of_address(path):
        return None
    known, longest = (ASKED_QUERY, 300) if is_search else (KNOWN_QUERY, 40)
    if query and not all(name in known and len(value) <= longest for name, value in parse_qsl(query, True)):
        return None
    is_home = path.count("/") == 2  # names a moment in the reader's zone
    told = KEPT_COOKIES | {ZONE_COOKIE} if is_home else KEPT_COOKIES
    kept: list[str] = []
    for cookie in cookies.split(";") if cookies else ():
        name, _equals, value = cookie.strip().partition("=")
        if name in PRIVATE_COOKIES:
            return None
        if name in told and len(value) <= 40:
            kept.append(f"{name}={value}")
    return path, query, tuple(sorted(kept)), "gzip" in encodings, scheme, bool(live)


def is_of_search(path: str) -> bool:
    """`/en/help/search` and what is below."""
    return path.partition("/help/")[2].partition("/")[0] == "search"


def at_hand(scope: Any) -> tuple[int, Headers, bytes] | None:
    """The answer to an RSGI request if it lies ready: status, headers, body. Asks no database, never blocks."""
    if scope.method != "GET":
        return None
    name = revision.known()
    if not name:
        return None
    headers = scope.headers
    key = key_of(
        "GET",
        scope.path,
        scope.query_string,
        # HTTP/2 may send cookies in several fields.
        cookies="; ".join(value for field, value in headers.items() if field == "cookie"),
        encodings=headers.get("accept-encoding") or "",
        scheme=_scheme(scope.scheme, headers.get("x-forwarded-proto") or ""),
        live=headers.get("hx-request") or "",
    )
    page = shelf.get(key) if key else None
    if page is None or not page.holds(name):
        return None
    if _matches(headers.get("if-none-match") or "", page.etag):
        return 304, _unchanged(page.headers), b""
    return 200, page.headers, page.body


class Warm:
    """Answers from the shelf what lies there, and puts there what a view called `public`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key_of_request(request)
        if key is None:
            return self.get_response(request)
        name = revision.current()
        own = searches if is_of_search(request.path_info) else shelf
        page = own.get(key)
        if page is None or not page.holds(name):
            _make_poorer(request, key)
            response = self.get_response(request)
            page = _page(response, name)
            if page is None:
                return response
            own.put(key, page)
        elif page.note:
            page.note(request)
        asked = request.headers.get("If-None-Match", "")
        if _matches(asked, page.etag):
            return HttpResponse(status=304, headers=dict(_unchanged(page.headers)))
        body = b"" if request.method == "HEAD" else page.body
        return HttpResponse(body, headers=dict(page.headers))


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that anybody may be given who is given nothing else: it carries an ETag and may be kept.

    For who is known by a session the same view answers `private`: it may show more to them.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        allow(response, frame_ancestors=framed_by())
        if response.status_code != 200 or response.cookies:
            return response
        if PRIVATE_COOKIES.intersection(request.COOKIES):
            response.headers["Cache-Control"] = (
                "private, no-cache"  # holds tokens of theirs: never twice the same
            )
            return response
        response.headers["Cache-Control"] = FOR_ALL
        response.headers["ETag"] = etag_of(response.content)
        patch_vary_headers(response, ["Cookie"])
        response.is_public = True  # type: ignore[attr-defined]
        return response

    return answered


def may_be_kept(response: HttpResponse, *, note: Note, seconds: float) -> HttpResponse:
    """An answer that anybody gets who asks the same and is known to nobody; `note` is called for each of the others,
    whose request has no session.

    It may only depend on what `key_of` names. Caches outside are told by the view what they may keep.
    """
    response.is_public = True  # type: ignore[attr-defined]
    response.kept = {"note": note, "seconds": seconds}  # type: ignore[attr-defined]
    return response


def framed_by() -> str:
    """Who may show a public page in a frame: we, and the websites whose pages carry the support panel (`embed`)."""
    return " ".join(("'self'", *company.get("embed_origins")))


def etag_of(content: bytes) -> str:
    """Weak, since it leaves compressed or not."""
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def _key_of_request(request: HttpRequest) -> Key | None:
    meta = request.META
    return key_of(
        request.method or "",
        request.path_info,
        meta.get("QUERY_STRING", ""),
        cookies=meta.get("HTTP_COOKIE", ""),
        encodings=meta.get("HTTP_ACCEPT_ENCODING", ""),
        scheme=_scheme(meta.get("wsgi.url_scheme", ""), meta.get("HTTP_X_FORWARDED_PROTO", "")),
        live=meta.get("HTTP_HX_REQUEST", ""),
    )


def _make_poorer(request: HttpRequest, key: Key) -> None:
    """Before Django has read any cookie, only those that the key holds are left."""
    request.META["HTTP_COOKIE"] = "; ".join(key[2])
    request.__dict__.pop("COOKIES", None)
    request.is_poorer = True  # type: ignore[attr-defined]


def _page(response: HttpResponse, name: str) -> Page | None:
    is_ready = response.status_code == 200 and getattr(response, "is_public", False)
    if not is_ready or response.streaming or response.cookies:
        return None
    headers = [(field.lower(), value) for field, value in response.headers.items()]
    more = getattr(response, "kept", {})
    return Page(headers, response.content, response.headers.get("ETag", ""), name, time.monotonic(), **more)


def _unchanged(headers: Headers) -> Headers:
    """What a 304 repeats: everything but what describes a body."""
    return [(name, value) for name, value in headers if not name.lower().startswith("content-")]


def _matches(asked: str, etag: str) -> bool:
    if not asked or not etag:
        return False
    bare = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in (bare, "*") for one in asked.split(","))


def _scheme(own: str, forwarded: str) -> str:
    return (forwarded if settings.TRUSTED_PROXIES and forwarded else own) or "http"
