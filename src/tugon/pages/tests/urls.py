"""Only what pages brings, so that its tests stand on nothing above it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed, Unavailable


class TooLong(Invalid):
    code = "too-long"
    words = _("“{name}” is longer than 80 letters. Shorten it.")


def refuse(request: HttpRequest, family: str) -> HttpResponse:
    raise {
        "NotAllowed": NotAllowed(),
        "Invalid": TooLong(name="x" * 3),
        "Conflict": Conflict(),
        "Unavailable": Unavailable(),
    }[family]


def bug(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("", include("tugon.pages.urls")),
    path("refuse/<str:family>", refuse),
    path("bug", bug),
]
handler400 = "tugon.pages.errors.bad_request"
handler403 = "tugon.pages.errors.forbidden"
handler404 = "tugon.pages.errors.not_found"
handler500 = "tugon.pages.errors.server_error"
