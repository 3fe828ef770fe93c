"""Deciding whose service is asked, for what, about whom and how often."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.company.configuring import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib import secrets

from .errors import SetupInvalid
from .events import AssistantSetUp
from .kinds import Group
from .models import Setup

PERMISSION = "admin.settings"
_PLAIN = (
    "address",
    "model",
    "groups",
    "unasked_groups",
    "forbidden_audiences",
    "agent_limit",
    "company_limit",
    "seconds",
)


@transaction.atomic
def set_up(*, key: str | None, by: Actor, **values: Any) -> Setup:
    """Decide about the assistant; an empty address switches it off. values: fields of `Setup`.

    key: None keeps the one there is, as long as the address stays: what is sealed goes to the server it was given for
    and to no other. Raises NotAllowed, SetupInvalid.
    """
    require(by, PERMISSION)
    row, _made = Setup.objects.select_for_update().get_or_create(pk=1)
    clean = _clean({name: values.get(name, getattr(row, name)) for name in _PLAIN})
    changed = [name for name in _PLAIN if getattr(row, name) != clean[name]]
    if key is not None or "address" in changed:
        changed += ["key"] if key or row.sealed_key else []
        row.sealed_key = secrets.seal((key or "").strip()) if clean["address"] else ""
    for name, value in clean.items():
        setattr(row, name, value)
    row.save()
    if changed:
        record(AssistantSetUp(assistant_id=row.pk, fields=tuple(changed)), by=by)
    return row


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    address, model = str(values["address"]).strip().rstrip("/"), str(values["model"]).strip()
    parts = urlsplit(address)
    if address and (
        parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment
    ):
        raise SetupInvalid(reason=_("Write the address like https://api.example.com/v1."))
    if parts.username or parts.password:
        raise SetupInvalid(reason=_("Write the key into its own field, not into the address."))
    if address.endswith("/chat/completions"):
        address = address.removesuffix("/chat/completions")
    if address and not model:
        raise SetupInvalid(reason=_("Write which model the service is to use."))
    known = [str(one) for one in Group.values]
    groups = [one for one in known if one in values["groups"]]
    return {
        **values,
        "address": address,
        "model": model if address else "",
        "groups": groups,
        "unasked_groups": [one for one in groups if one in values["unasked_groups"]],
        "forbidden_audiences": sorted({int(one) for one in values["forbidden_audiences"]}),
    }
