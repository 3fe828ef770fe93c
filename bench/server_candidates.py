"""An empty page of bare Django behind each interface, for bench/server.py."""

# ruff: noqa: E402  Django is configured before it is used

from typing import Any

import django
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])
django.setup()

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler

from tugon.project.bridge import PageBridge


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [path("", empty)]
wsgi = WSGIHandler()
asgi = ASGIHandler()
_made: list[WSGIMiddleware] = []


class _Rsgi:
    __rsgi__ = PageBridge(wsgi, threads=8, body_limit=2**20).__call__


rsgi = _Rsgi()


async def a2wsgi(scope: Any, receive: Any, send: Any) -> None:
    if not _made:
        _made.append(WSGIMiddleware(wsgi, workers=8))
    await _made[0](scope, receive, send)
