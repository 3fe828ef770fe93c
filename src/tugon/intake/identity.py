"""How this installation recognises itself in mail that comes back."""

from dataclasses import dataclass

from tugon.channels.email.addresses import without_tag
from tugon.channels.models import Mailbox
from tugon.lib import secrets
from tugon.lib.remember import remembered

INSTANCE_HEADER = "X-Tugon-Instance"
"""Every letter we send carries it with `instance()` as its value."""


@dataclass(frozen=True, slots=True)
class Self:
    """Our addresses (lower case, without tags) and the value of our header."""

    addresses: frozenset[str]
    instance: str

    def is_ours(self, address: str) -> bool:
        """Whether mail to this address comes to us, whatever its `+tag` and letter case."""
        return address.lower() in self.addresses or without_tag(address) in self.addresses


def instance() -> str:
    """The name of this installation in the header: another for every secret key, telling nothing."""
    return secrets.sign("instance", "tugon")


@remembered
def ourselves() -> Self:
    """Our addresses now. One query."""
    rows = Mailbox.objects.values_list("address", "aliases")
    addresses = {one.lower() for address, aliases in rows for one in [address, *aliases]}
    return Self(frozenset(addresses), instance())
