"""Whose an upload is before any message has taken it."""

import hashlib

from django.http import HttpRequest


def owner_of(request: HttpRequest) -> str:
    """ "agent:3", "customer:9", or "session:<hash>" for somebody not signed in (their session is made if need be)."""
    if request.user.is_authenticated:
        return f"agent:{request.user.pk}"
    customer_id = request.session.get("customer_id")
    if customer_id:
        return f"customer:{customer_id}"
    if not request.session.session_key:
        request.session.save()
    return "session:" + hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:40]


def owners_of(request: HttpRequest) -> list[str]:
    """Every name the same person may have uploaded under: signed in or not yet."""
    names = [owner_of(request)]
    if request.session.session_key:
        names.append("session:" + hashlib.sha256(request.session.session_key.encode()).hexdigest()[:40])
    return list(dict.fromkeys(names))
