"""What a person sees when something cannot be done: a page, a toast, or JSON; always with words and a way on."""

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from tugon.lib.errors import DomainError
from tugon.pages.render import page
from tugon.pages.toasts import toast

log = logging.getLogger(__name__)


class DomainErrorMiddleware:
    """Turns the four families a person may be told into an answer. Everything else stays an error and is logged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return refused(request, exception)
        if isinstance(exception, DataError | ValueError) and "NUL" in str(exception):
            return bad_request(request, exception)  # no person types U+0000, and PostgreSQL keeps none
        return None


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    titles = {
        403: _("You may not do this"),
        409: _("It changed in the meantime"),
        503: _("Not available right now"),
    }
    title = titles.get(error.status, _("This did not work"))
    return answer(request, error.status, title, error.message, code=error.code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = _("Something in the address or the form could not be read. Go back and try again.")
    return answer(request, 400, _("This request could not be read"), words, code="bad-request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = _("Your account does not include this. If you need it, ask an administrator of your company.")
    return answer(request, 403, _("You may not see this"), words, code="not-allowed")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = _("The address may be mistyped, or what was here has moved or been removed.")
    return answer(request, 404, _("Page not found"), words, code="not-found")


def server_error(request: HttpRequest) -> HttpResponse:
    words = _(
        "This is our mistake, and it has been written down. What you had already saved is safe. Try again in a minute."
    )
    try:
        return answer(request, 500, _("Something went wrong on our side"), words, code="error")
    except Exception:
        log.exception("the error page could not be rendered")
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Named by the setting CSRF_FAILURE_VIEW."""
    words = _(
        "This page was open for a long time, or cookies are off. Go back, reload the page and send it again."
    )
    return answer(request, 403, _("The form has expired"), words, code="csrf")


def answer(request: HttpRequest, status: int, title: str, words: str, *, code: str) -> HttpResponse:
    """The same words in the form the caller can use. An htmx request keeps its page and gets a toast."""
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
        response.headers["HX-Reswap"] = "none"
        return toast(response, words, tone="error")
    if _prefers_json(request):
        return JsonResponse({"code": code, "message": words}, status=status)
    return page(
        request, "pages/errors/error.html", {"title": title, "words": words, "status": status}, status=status
    )


def _prefers_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted
