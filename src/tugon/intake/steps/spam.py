"""Whether a letter is probably spam. Conservative: a wrong yes delays a person, a wrong no costs an agent a click."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tugon.channels.email.parsing.model import ParsedMail

from .verdicts import Quarantine, Verdict

ENOUGH = 5
"""Points at which a letter is kept aside."""

PROGRAMS = re.compile(
    r"\.(?:exe|scr|pif|com|bat|cmd|vbs|vbe|jse?|wsf|hta|msi|lnk|iso|img|jar|ps1)$", re.IGNORECASE
)
_LINK = re.compile(r"https?://", re.IGNORECASE)
_YES = re.compile(r"^\s*yes\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Score:
    """Points and what they were given for."""

    points: int
    reasons: tuple[str, ...]


def score(mail: ParsedMail) -> Score:
    """Add up what speaks for spam. A filter before us that is sure is enough alone; nothing else is."""
    found: list[tuple[int, str]] = []
    if _YES.match(mail.header("X-Spam-Flag")) or _YES.match(mail.header("X-Spam-Status")):
        found.append((ENOUGH, _("the mail server marked it as spam")))
    authentication = mail.authentication
    if authentication.trusted and authentication.dmarc == "fail":
        found.append((3, _("the sender's domain says that it is forged (DMARC)")))
    elif authentication.trusted and authentication.spf == "fail" and authentication.dkim != "pass":
        found.append((2, _("the sender's domain does not know the server that sent it (SPF)")))
    if any(PROGRAMS.search(file.name) for file in mail.attachments):
        found.append((3, _("it brings a program")))
    words = len(mail.text.split())
    if _LINK.search(mail.text) and words < 15 and not mail.references:
        found.append((1, _("it is little more than a link")))
    if mail.from_ is None:
        found.append((2, _("it has no sender")))
    return Score(sum(points for points, _why in found), tuple(why for _points, why in found))


def judged(mail: ParsedMail) -> Verdict:
    """Keep aside what has enough points."""
    result = score(mail)
    if result.points < ENOUGH:
        return None
    return Quarantine(_("Probably spam: {reasons}.").format(reasons="; ".join(result.reasons))[:300])
