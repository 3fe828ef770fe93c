"""Where each surface lives. The most particular first; the portal has what is left."""

import importlib.util

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """For load balancers: this process answers. Touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


def _surface(prefix: str, module: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(module))] if importlib.util.find_spec(module) else []


def _parent_exists(module: str) -> bool:
    return importlib.util.find_spec(module.rpartition(".")[0]) is not None


_SURFACES = [
    ("-/", "tugon.realtime.urls"),
    ("files/", "tugon.files.urls"),
    ("company/", "tugon.company.urls"),
    ("hooks/", "tugon.intake.urls"),
    ("opening-days/", "tugon.sla.urls"),
    ("console/", "tugon.console.urls"),
    ("administration/", "tugon.administration.urls"),
    ("setup/", "tugon.administration.setup_urls"),
    ("", "tugon.accounts.urls"),
    ("demo/", "tugon.demo.urls"),
    ("", "tugon.pages.urls"),
    ("", "tugon.portal.urls"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("alive", alive, name="alive"),
    *(
        pattern
        for prefix, module in _SURFACES
        if _parent_exists(module)
        for pattern in _surface(prefix, module)
    ),
]

handler400 = "tugon.pages.errors.bad_request"
handler403 = "tugon.pages.errors.forbidden"
handler404 = "tugon.pages.errors.not_found"
handler500 = "tugon.pages.errors.server_error"
