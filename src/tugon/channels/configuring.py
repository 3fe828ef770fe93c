"""Setting up mailboxes. The machinery writes how they fare (`operations.py`); here people write how they are."""

from typing import Any

from django.db import transaction

from tugon.company.configuring import configure
from tugon.events.actors import Actor
from tugon.lib import secrets

from .models import Channel, Mailbox

PERMISSION = "admin.channels"
SECRETS = {
    "imap_password": "sealed_imap_password",
    "smtp_password": "sealed_smtp_password",
    "provider_key": "sealed_provider_key",
    "provider_signing_key": "sealed_provider_signing_key",
    "webhook_secret": "sealed_webhook_secret",
    "oauth_client_secret": "sealed_oauth_client_secret",
    "oauth_refresh_token": "sealed_oauth_refresh_token",
}
"""What a person types → the column that keeps it sealed. Empty leaves what is there."""


@transaction.atomic
def set_up_mailbox(
    mailbox: Mailbox | None, *, channel: dict[str, Any], values: dict[str, Any], by: Actor
) -> Mailbox:
    """Make or change a mailbox and its channel. Raises NotAllowed, RowTaken.

    values: columns of Mailbox, and the names of SECRETS in the clear. Another server or account forgets what was wrong.
    """
    plain = {name: value for name, value in values.items() if name not in SECRETS}
    sealed = {
        SECRETS[name]: secrets.seal(value) for name, value in values.items() if name in SECRETS and value
    }
    if mailbox is None:
        way = configure(Channel(kind=Channel.Kind.EMAIL), channel, permission=PERMISSION, by=by)
        mailbox = Mailbox(channel=way)
    else:
        configure(mailbox.channel, channel, permission=PERMISSION, by=by)
    return configure(mailbox, {**plain, **sealed}, permission=PERMISSION, by=by)
