"""What every page of the help center shares: its address in each language, notices, the way to a person."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.http import urlencode

from tugon.customers.models import Audience
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Notice
from tugon.lib.clock import now
from tugon.pages.environment import url
from tugon.pages.formats import language_name
from tugon.pages.reader import known_language

from ..context import query
from ..views.answers import answer
from . import structured
from .articles import Moved
from .revision import kept

Crumbs = Sequence[tuple[str, str]]


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leads on what moved. Somebody who chose a language (`?lang=`) is led to its address; a cookie keeps it."""

    @wraps(view)
    def led(request: HttpRequest, language: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if "lang" in request.GET:
            wanted = known_language(request.GET["lang"]) or language
            return HttpResponseRedirect(_elsewhere(request, f"/{wanted}{request.path[len(language) + 1 :]}"))
        try:
            return view(request, language, *args, **kwargs)
        except Moved as moved:
            kind = HttpResponsePermanentRedirect if moved.is_final else HttpResponseRedirect
            return kind(moved.href)

    return led


def help_page(
    request: HttpRequest,
    template: str,
    language: str,
    context: dict[str, Any],
    *,
    there: dict[str, str],
    crumbs: Crumbs = (),
    about: dict[str, Any] | None = None,
    audience: Audience | None = None,
    block: str | None = None,
    is_listed: bool = True,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the help center.

    there: language → path, of every language the page is written in. about: parameters that the form takes along.
    is_listed: whether search engines may list it. One query (notices).
    """
    canonical = there.get(language) or next(iter(there.values()))
    shared = {
        "language": language,
        "language_name": language_name,
        "there": {code: structured.absolute(path) for code, path in there.items()} if is_listed else {},
        "canonical": structured.absolute(canonical) if is_listed else "",
        "language_urls": {
            code: f"{there.get(code) or _same(request, code)}?lang={code}" for code in offered()
        },
        "home_url": url("portal:support", language),
        "contact_url": url("portal:contact") + query(**(about or {}), lang=language),
        "crumbs": list(crumbs),
        "crumbs_data": structured.data_block(structured.breadcrumbs(crumbs)) if crumbs and is_listed else "",
        "is_listed": is_listed,
        "notices": current_notices(audience.pk if audience else None),
        "audience": audience,
    }
    name = template if "/" in template else f"help/{template}"
    return answer(request, name, {**shared, **context}, block=block, status=status)


@kept
def current_notices(audience_id: int | None) -> list[Notice]:
    """What everybody concerned should see now, the worst first. One query."""
    return list(Notice.objects.current(now()).for_audience(audience_id)[:10])


def _same(request: HttpRequest, code: str) -> str:
    """The same page below another language's address; it leads on to where its words are."""
    rest = request.path.split("/", 2)[2] if request.path.count("/") >= 2 else ""
    return f"/{code}/{rest}"


def _elsewhere(request: HttpRequest, path: str) -> str:
    left = [(name, str(value)) for name, value in request.GET.items() if name != "lang"]
    return path + (f"?{urlencode(left)}" if left else "")
