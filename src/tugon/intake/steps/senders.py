"""Senders a company has decided about, and people it has blocked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .verdicts import Ignore, Quarantine, Verdict


def patterns(address: str) -> list[str]:
    """The rules that may speak about an address, the most particular first: itself, its domain, the domains above."""
    domain = address.lower().rpartition("@")[2]
    labels = domain.split(".")
    return [address.lower(), *("@" + ".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))]


def by_rules(address: str, rules: Mapping[str, str]) -> tuple[Verdict, bool]:
    """The verdict of the most particular rule, and whether the sender is always let through.

    rules: pattern → "allow", "quarantine" or "ignore".
    """
    pattern = next((one for one in patterns(address) if one in rules), "")
    match rules.get(pattern):
        case "allow":
            return None, True
        case "ignore":
            return Ignore(_("A rule ignores mail from {pattern}.").format(pattern=pattern)), False
        case "quarantine":
            return Quarantine(_("A rule keeps aside mail from {pattern}.").format(pattern=pattern)), False
    return None, False


def blocked(is_blocked: bool) -> Verdict:
    """A person whose messages are kept aside."""
    return Quarantine(_("This person is blocked.")) if is_blocked else None
