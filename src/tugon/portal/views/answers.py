"""What every page of the portal shares: who is here, where to listen, and that private pages are kept nowhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from tugon.pages.render import page
from tugon.realtime.stream import PATH

from ..identity import NEXT, find_ticket, visitor

View = Callable[..., HttpResponse]
_SHELL: tuple[str | None, ...] = ("request", "conversation")
"""Pages that know what to say about a request that was joined with another."""


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the portal. Signed-in customers get the address of their stream with it."""
    who = visitor(request)
    shared = {"visitor": who, "stream_url": PATH if who.customer else ""}
    return page(request, f"portal/{template}", {**shared, **(context or {})}, block=block, status=status)


def private(view: View) -> View:
    """A page about one person: no cache keeps it, no search engine lists it, and its address is told to nobody else."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return kept


def about_request(view: View) -> View:
    """Finds the request. Who is not signed in is asked to, whether or not it exists; others get a 404."""

    @wraps(view)
    def found(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        try:
            ticket = find_ticket(request, number)
        except Http404:
            if visitor(request).customer is not None:
                raise
            if request.method == "GET":
                request.session[NEXT] = request.get_full_path()
            return redirect("portal:sign-in")
        page = request.resolver_match.url_name if request.resolver_match else ""
        if ticket.merged_into_id and request.method != "POST" and page not in _SHELL:
            return redirect("portal:request", number=ticket.pk)
        return view(request, ticket, **kwargs)

    return found
