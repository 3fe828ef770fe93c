"""The secrets that hosts sign with: made, shown once, retired."""

import secrets as random

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tugon.company.configuring import require
from tugon.company.events import ConfigurationChanged
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.lib.errors import Conflict

from ..models import HostKey

MOST_LIVING = 2
PERMISSION = "admin.settings"


class TwoKeysLive(Conflict):
    code = "two-keys-live"
    words = _("Two keys are in use. Retire the older one first, when the host signs with the newer.")


@transaction.atomic
def make_key(*, by: Actor) -> tuple[HostKey, str]:
    """A new key and its secret, which is shown this once. Raises NotAllowed, TwoKeysLive."""
    require(by, PERMISSION)
    living = HostKey.objects.select_for_update().filter(retired_at=None)
    if len(living) >= MOST_LIVING:
        raise TwoKeysLive
    secret = random.token_urlsafe(32)
    row = HostKey.objects.create(
        kid=f"k{random.token_hex(4)}", sealed_secret=secrets.seal(secret), made_at=now()
    )
    _note(row, "created", by)
    return row, secret


@transaction.atomic
def retire_key(key: HostKey, *, by: Actor) -> None:
    """What it signed is refused from now on. A repeat does nothing. Raises NotAllowed."""
    require(by, PERMISSION)
    if HostKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=now()):
        _note(key, "changed", by)


def living_keys() -> dict[str, str]:
    """kid → secret, the newest first. One query."""
    rows = HostKey.objects.filter(retired_at=None)
    return {row.kid: secrets.unseal(row.sealed_secret) for row in rows}


def key_used(kid: str) -> None:
    """Note the day, so that an administrator sees which key nobody signs with any more."""
    today = now().date()
    HostKey.objects.filter(kid=kid).exclude(last_used_on=today).update(last_used_on=today)


def _note(row: HostKey, change: str, by: Actor) -> None:
    fact = ConfigurationChanged(
        configuration_id=row.pk,
        kind="customers.hostkey",
        change=change,
        fields=("retired_at",) if change == "changed" else (),
    )
    record(fact, by=by)
