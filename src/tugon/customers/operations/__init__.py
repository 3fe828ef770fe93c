"""The only writers of customers. One verb per function; each is one transaction and one fact."""

from .changing import block, change, unblock
from .contact_points import (
    add_contact_point,
    make_primary,
    remove_contact_point,
)
from .host_keys import key_used, living_keys, make_key, retire_key
from .identifying import claim, identify_sender, verify
from .organisations import (
    add_domain,
    change_organisation,
    create_organisation,
    organisation_of_address,
    remove_domain,
    remove_organisation,
)
from .vouching import recognise

__all__ = [
    "add_contact_point",
    "add_domain",
    "block",
    "change",
    "change_organisation",
    "claim",
    "create_organisation",
    "identify_sender",
    "key_used",
    "living_keys",
    "make_key",
    "make_primary",
    "organisation_of_address",
    "recognise",
    "remove_contact_point",
    "remove_domain",
    "remove_organisation",
    "retire_key",
    "unblock",
    "verify",
]
