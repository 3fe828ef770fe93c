"""Calls to other systems: written down in the transaction, made by a job, signed, and their answers kept.

The body is JSON: who calls, what happened, and the ticket without anybody's words or address. `Tugon-Signature` is
`t=<seconds>,v1=<hex>`: HMAC-SHA256 of "<seconds>.<body>" with the rule's secret, as other systems know it from
webhooks.
Only public addresses are asked: the host's addresses are looked up once and the connection goes to one of those.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tugon.lib.clock import now
from tugon.lib.secrets import sign
from tugon.tickets.models import Ticket

from .models import Call, Version

logger = logging.getLogger(__name__)

TIMEOUT = 10.0  # seconds
MOST_ATTEMPTS = 5
MOST_ANSWER = 500

IsAllowed = Callable[[str], bool]


class CallFailed(Exception):
    """It may go well another time."""


def plan(ticket: Ticket, address: str, *, version: Version, occasion: str) -> Call:
    """Write the call down, and let a job make it once the transaction is through."""
    from .tasks import make_call

    ticket = Ticket.objects.get(pk=ticket.pk)
    call = Call.objects.create(
        rule_id=version.rule_id,
        version=version,
        ticket=ticket,
        address=address,
        body=_body(ticket, version, occasion),
        made_at=now(),
    )
    make_call.defer(call_id=call.pk)
    return call


def secret_of(rule_id: int) -> str:
    """What a rule's calls are signed with; made of the installation's key, so that nothing is stored."""
    return sign("webhook of a rule", rule_id, length=40)


def signature(body: bytes, secret: str, *, at: int) -> str:
    """at: seconds since 1970."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def make(call: Call, *, is_allowed: IsAllowed | None = None) -> Call:
    """Make a call that waits, once. Raises CallFailed where trying again may help; otherwise keeps what came of it."""
    if call.state != Call.State.WAITING:
        return call
    call.attempts += 1
    try:
        call.status, answer = _sent(call, is_allowed or is_public)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _keep(
            call, answer=f"{type(error).__name__}: {error}", may_again=not isinstance(error, _Refused)
        )
    is_good = 200 <= call.status < 300
    return _keep(
        call, answer=answer, is_good=is_good, may_again=call.status >= 500 or call.status in (408, 429)
    )


class _Refused(ValueError):
    """The address is none that may be called."""


def is_public(address: str) -> bool:
    """Whether this IP address is on the internet, and not within a network of our own."""
    return ipaddress.ip_address(address.split("%")[0]).is_global


def _sent(call: Call, is_allowed: IsAllowed) -> tuple[int, str]:
    parts = urlsplit(call.address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_allowed, found)):
        raise _Refused("leads into a private network")
    body = json.dumps(call.body, ensure_ascii=False, separators=(",", ":")).encode()
    connection = _connection(parts.scheme, host, found[0], port)
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Tugon",
            "Tugon-Call": str(call.pk),
            "Tugon-Signature": signature(body, secret_of(call.rule_id), at=int(time.time())),
        }
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_ANSWER * 4).decode(errors="replace")
    finally:
        connection.close()


def _connection(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """To the very address that was looked at, so that no second look-up leads elsewhere; the certificate is the
    host's."""
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    connection.sock = (
        ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
    )
    return connection


def _keep(call: Call, *, answer: str, is_good: bool = False, may_again: bool = False) -> Call:
    call.answer = answer.replace("\0", "")[:MOST_ANSWER]
    again = not is_good and may_again and call.attempts < MOST_ATTEMPTS
    if not again:
        call.state = Call.State.DONE if is_good else Call.State.FAILED
        call.settled_at = now()
    call.save(update_fields=["attempts", "status", "answer", "state", "settled_at"])
    if again:
        raise CallFailed(call.answer)
    return call


def _body(ticket: Ticket, version: Version, occasion: str) -> dict[str, Any]:
    return {
        "rule": {"id": version.rule_id, "name": version.name, "version": version.number},
        "happened": occasion or "time",
        "at": now().isoformat(),
        "ticket": {
            "number": ticket.pk,
            "subject": ticket.subject,
            "status": ticket.status,
            "priority": ticket.priority,
            "kind": ticket.kind,
            "team": ticket.team_id,
            "assignee": ticket.assignee_id,
            "customer": ticket.customer_id,
            "language": ticket.language,
            "tags": list(ticket.tags),
            "fields": ticket.fields,
            "created_at": ticket.created_at.isoformat(),
        },
    }
