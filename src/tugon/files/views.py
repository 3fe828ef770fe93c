from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.lib.errors import DomainError, Invalid

from . import operations
from .holders import Held, resolve
from .models import Upload
from .owners import owner_of, owners_of
from .ranges import partly
from .throttle import TooManyUploads, allow


@require_GET
def held(request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponseBase:
    """A file behind its holder. Pictures are shown and films played, everything else is saved; nothing is run."""
    found = resolve(request, kind, pk)
    if found is None or found.file.redacted_at:
        raise Http404
    return _answer(request, found)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep one file ahead of its message. Answers JSON: token, name, size (bytes), type, url of a preview."""
    given = request.FILES.get("file")
    try:
        if given is None:
            raise Invalid(reason=_("no file came with the request."))
        allow(request)
        operations.require_fits(given.size or 0, name=given.name or "file")
        row = operations.upload(given.read(), name=given.name or "file", owner=owner_of(request))
    except (DomainError, TooManyUploads) as error:
        return JsonResponse({"error": str(error)}, status=getattr(error, "status", 429))
    url = reverse("files:uploaded", args=[row.token])
    return JsonResponse(
        {
            "id": row.token,
            "token": row.token,
            "name": row.name,
            "size": row.file.size,
            "type": row.file.media_type,
            "is_image": row.file.is_image,
            "url": url,
        },
        status=201,
    )


@require_http_methods(["GET", "DELETE", "POST"])
def uploaded(request: HttpRequest, token: str) -> HttpResponseBase:
    """One's own upload: look at it, or take it back (DELETE, or POST without JavaScript)."""
    row = Upload.objects.filter(token=token, owner__in=owners_of(request)).select_related("file").first()
    if row is None:
        raise Http404
    if request.method == "GET":
        return _answer(request, Held(row.file, row.name))
    row.delete()
    return HttpResponse(status=204)


def _answer(request: HttpRequest, found: Held) -> HttpResponseBase:
    etag = f'"{found.file.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    try:
        stream = operations.read(found.file)
    except FileNotFoundError as error:
        raise Http404 from error
    shown = (found.file.is_image or found.file.is_film) and "download" not in request.GET
    kind = found.file.media_type if shown else "application/octet-stream"
    part = partly(stream, request.headers.get("Range", ""), found.file.size) if found.file.is_film else None
    response = part or FileResponse(stream, as_attachment=not shown, filename=found.name)
    response["Content-Type"] = kind
    if found.file.is_film:
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
