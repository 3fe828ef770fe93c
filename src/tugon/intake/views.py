"""Where mail providers post to: `/hooks/mail/<channel>/<secret>/` for letters, `…/events/` for reports.

Answered with 200 only when everything is committed, so that the provider repeats what was not kept; a repeat makes
nothing double.
"""

import logging
from collections.abc import Callable
from hmac import compare_digest

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tugon.channels.email.arrivals import LARGEST
from tugon.channels.models import Mailbox
from tugon.lib import secrets
from tugon.lib.errors import DomainError

from . import providers
from .operations import keep_tracked, store

logger = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def letters(request: HttpRequest, channel_id: int, secret: str) -> HttpResponse:
    """Letters that a provider received for this mailbox."""
    return _taken(request, channel_id, secret, _keep_letters)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def events(request: HttpRequest, channel_id: int, secret: str) -> HttpResponse:
    """What a provider tells of letters that this mailbox sent."""
    return _taken(request, channel_id, secret, _keep_events)


def _keep_letters(request: HttpRequest, mailbox: Mailbox) -> int:
    found = providers.posted(request, mailbox)
    for one in found:
        store(mailbox.channel_id, one.raw, via="webhook", place=one.place, envelope=one.envelope)
    return len(found)


def _keep_events(request: HttpRequest, mailbox: Mailbox) -> int:
    found = providers.tracked(request, mailbox)
    for one in found:
        keep_tracked(mailbox, one)
    return len(found)


def _taken(
    request: HttpRequest, channel_id: int, secret: str, keep: Callable[[HttpRequest, Mailbox], int]
) -> HttpResponse:
    mailbox = Mailbox.objects.filter(channel_id=channel_id, channel__is_enabled=True).first()
    expected = secrets.unseal(mailbox.sealed_webhook_secret) if mailbox else ""
    if mailbox is None or not expected or not compare_digest(expected.encode(), secret.encode()):
        return _words("This address takes no mail. Check the address that the mailbox's settings show.", 403)
    if request.method == "HEAD":
        return HttpResponse()
    try:
        if not _read_body(request):
            return _words(f"More than {LARGEST // 1024 // 1024} MB are not taken at once.", 413)
        return _words(f"kept {keep(request, mailbox)}", 200)
    except RequestDataTooBig:
        return _words("One field is larger than is taken at once. Let the provider post raw messages.", 413)
    except SuspiciousOperation as error:
        return _words(f"This cannot be read: {error}", 400)
    except DomainError as error:
        return _words(error.message, error.status)
    except (DatabaseError, InterfaceError):
        logger.exception("A provider's request could not be kept")
        return _words("Nothing was kept: the database does not answer. Post it again later.", 503)


def _read_body(request: HttpRequest) -> bool:
    """Read the whole body, past Django's own limit for forms; False where it is larger than we take."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return False
    body = request.read(LARGEST + 1)
    request._body = body  # type: ignore[attr-defined]  # where Django itself keeps it
    return len(body) <= LARGEST


def _words(text: str, status: int) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")
