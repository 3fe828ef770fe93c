from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from .models import Logo


def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture; its address changes with its content, so browsers keep it for ever."""
    picture = get_object_or_404(Logo, sha256=digest)
    response = HttpResponse(bytes(picture.content), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
