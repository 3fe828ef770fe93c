"""Links to other sites, asked whether they still answer. Off unless the company turns it on: it tells those sites that
we link to them, and a machine without the internet would call every link broken.
"""

from __future__ import annotations

import http.client
import ipaddress
import logging
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import transaction

from tugon.company import settings as company
from tugon.lib.clock import now

from . import markup
from .models import BrokenLink, Translation

TIMEOUT = 8.0  # seconds
MOST = 500
"""Addresses asked in one night."""

logger = logging.getLogger(__name__)


def check_all() -> int:
    """Ask every site that published texts link to, if the company wants that. Returns how many do not answer.

    When none answers, the network is down rather than all of them: nothing is written.
    """
    if not company.get("checks_outside_links"):
        BrokenLink.objects.filter(why=BrokenLink.Why.NO_ANSWER).delete()
        return 0
    found = _addresses()
    silent = {href for href in sorted({href for _row, href, _words in found})[:MOST] if not answers(href)}
    if silent and len(silent) == len({href for _row, href, _words in found}):
        logger.warning("None of %s sites answered: taken for a network that is down", len(silent))
        return 0
    _keep([one for one in found if one[1] in silent])
    return len(silent)


def answers(href: str) -> bool:
    """Whether the address leads to a page. Only what says that there is none (404, 410, no such host) counts against
    it: many sites turn machines away, and that is no broken link. Addresses within our own network are never asked.
    """
    if not _is_public(urlsplit(href).hostname or ""):
        return True
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(href, method=method, headers={"User-Agent": "Tugon link check"})  # noqa: S310
        try:
            with _opener().open(request, timeout=TIMEOUT):
                return True
        except urllib.error.HTTPError as error:
            if error.code not in (404, 405, 410, 501):
                return True
            if method == "GET":
                return error.code not in (404, 410)
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
            return False
    return True


class _OnlyPublic(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to another public address."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        parts = urlsplit(newurl)
        if parts.scheme not in ("http", "https") or not _is_public(parts.hostname or ""):
            raise urllib.error.HTTPError(newurl, 403, "leads into a private network", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_OnlyPublic)


def _is_public(host: str) -> bool:
    """Whether every address of the host is on the internet. A host that does not exist is asked, and found missing."""
    try:
        found = socket.getaddrinfo(host, None)
    except (socket.gaierror, UnicodeError):
        return True
    return all(ipaddress.ip_address(str(one[4][0]).split("%")[0]).is_global for one in found)


def _addresses() -> list[tuple[int, str, str]]:
    """(translation, address, words) of every link of a published text to another site."""
    rows = Translation.objects.published().order_by("pk").values_list("pk", "published__body")
    return [
        (pk, link.href, link.words)
        for pk, body in rows.iterator(chunk_size=200)
        for link in markup.links(body)
        if link.href.startswith(("http://", "https://")) and "{{" not in link.href
    ]


@transaction.atomic
def _keep(broken: Iterable[tuple[int, str, str]]) -> None:
    rows = {
        (pk, href): BrokenLink(
            translation_id=pk, href=href, words=words, why=BrokenLink.Why.NO_ANSWER, found_at=now()
        )
        for pk, href, words in broken
    }
    for known in BrokenLink.objects.filter(why=BrokenLink.Why.NO_ANSWER):
        if rows.pop((known.translation_id, known.href), None) is None:
            known.delete()
    BrokenLink.objects.bulk_create(rows.values(), ignore_conflicts=True)
