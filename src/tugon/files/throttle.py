"""How much somebody who is not signed in may upload before sending anything."""

from datetime import timedelta

from allauth.core import ratelimit
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tugon.lib.clock import now

from .models import Upload
from .owners import owner_of

MOST_FILES = 40
MOST_BYTES = 250_000_000


class TooManyUploads(Exception):
    """Too many files wait without a message."""

    status = 429

    def __str__(self) -> str:
        return _("Many files are waiting already. Send your message first, or remove some of them.")


def allow(request: HttpRequest) -> None:
    """Raises TooManyUploads when the sender's waiting uploads of the last day exceed the bounds."""
    if request.user.is_authenticated:
        return
    waiting = Upload.objects.filter(
        owner=owner_of(request), created_at__gte=now() - timedelta(days=1)
    ).aggregate(files=Count("id"), size=Sum("file__size"))
    # Who sends no cookie back is new with every file: their network address is counted too.
    is_often = not ratelimit.consume(request, action="upload")
    if is_often or waiting["files"] >= MOST_FILES or (waiting["size"] or 0) >= MOST_BYTES:
        raise TooManyUploads
