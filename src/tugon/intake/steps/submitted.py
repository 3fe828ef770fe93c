"""Whether a person filled the form. No third party, no cookie, nothing to solve for the eyes."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .verdicts import Quarantine, Verdict

FASTEST = 3
"""Seconds in which nobody fills a form."""

WORK_BITS = 16
"""Leading zero bits of a proof of work: about 65,000 hashes, under a second in a browser."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a form tells about who filled it.

    seconds: from showing to sending; None where the token is missing or forged. lately: how many requests this network
    address sent in the last hour before this one. most: how many of them are let through. has_worked: None where no
    proof of work was asked for.
    """

    honeypot: bool = False
    seconds: float | None = None
    lately: int = 0
    most: int = 10
    has_worked: bool | None = None


def judged(signs: Signs) -> Verdict:
    """Keep aside what no person would send; somebody releases it if one did."""
    if signs.honeypot:
        return Quarantine(_("A field that people cannot see was filled in."))
    if signs.seconds is None:
        return Quarantine(_("The form was sent without having been opened."))
    if signs.seconds < FASTEST:
        return Quarantine(_("The form was filled in faster than a person can."))
    if signs.has_worked is False:
        return Quarantine(_("The form's proof of work is missing or wrong."))
    if signs.lately >= signs.most:
        return Quarantine(_("Many requests came from the same place within an hour."))
    return None


def has_worked(token: str, solution: str, *, bits: int = WORK_BITS) -> bool:
    """Whether SHA-256 of "token:solution" begins with so many zero bits. solution: what the browser counted up to."""
    if not token or not solution or len(solution) > 20:
        return False
    digest = hashlib.sha256(f"{token}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0
