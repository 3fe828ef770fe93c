"""The real web application on the database of the tests; the kinds of topics are the tests' own."""

# ruff: noqa: E402  the environment is set before Django reads it

import os
import time
from collections.abc import Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "tugon.project.testing"

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["LIVE_DATABASE"]

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tugon.project.rsgi import application  # isort: skip  (sets Django up)
from tugon.project import urls
from tugon.realtime.topics import may_subscribe

__all__ = ["application"]
may_subscribe("ticket", lambda who, id: who.agent_id is not None and id != "13")


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("file")
    digest = hashlib.sha256()
    for chunk in sent.chunks() if sent else [request.body]:
        digest.update(chunk)
    return JsonResponse(
        {
            "path": request.path,
            "query": request.GET.dict(),
            "sha256": digest.hexdigest(),
            "on_disk": hasattr(sent, "temporary_file_path"),
            "spoofed": request.META.get("HTTP_X_REAL_IP", ""),
        }
    )


def slowly(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        for _ in range(3):
            yield b"part "
            time.sleep(0.05)

    return StreamingHttpResponse(parts())


urls.urlpatterns[:0] = [
    path("echo/<path:rest>", csrf_exempt(lambda request, rest: echo(request))),
    path("slowly", slowly),
]
