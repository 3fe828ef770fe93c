from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tugon.company import settings as company

if TYPE_CHECKING:
    from .models import Mailbox


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def working(self) -> MailboxQuerySet:
        """Those of enabled channels, with their channel."""
        return self.filter(channel__is_enabled=True).select_related("channel")

    def fetched(self) -> MailboxQuerySet:
        """Those whose mail is fetched by IMAP."""
        return self.working().exclude(imap_host="")

    def sending(self) -> MailboxQuerySet:
        """Those that can send."""
        return self.working().exclude(outgoing="none").exclude(outgoing="smtp", smtp_host="")

    def default(self) -> Mailbox | None:
        """What sends where no mailbox is named: the company's choice, else the first that can. At most two queries."""
        chosen = company.get("default_mailbox")
        found = self.sending().filter(pk=chosen).first() if chosen else None
        return found or self.sending().order_by("id").first()

    def receiving(self, address: str) -> Mailbox | None:
        """The mailbox an address belongs to: its own, an alias, or one of these with a +tag. One query."""
        from .email.addresses import without_tag

        mailboxes = list(self.working())
        for candidate in (address.strip().strip("<>").lower(), without_tag(address)):
            for mailbox in mailboxes:
                if candidate in mailbox.addresses:
                    return mailbox
        return None

    def own_addresses(self) -> frozenset[str]:
        """Every address of ours, disabled mailboxes too: nothing automatic is ever sent there. One query."""
        rows = self.values_list("address", "aliases")
        return frozenset(one.lower() for address, aliases in rows for one in (address, *aliases))
