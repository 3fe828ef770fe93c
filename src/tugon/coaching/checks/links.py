"""Links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..remarks import Remark, Severity

_NOWHERE = re.compile(
    r"^(?:#|about:|javascript:|file:|[a-z]:\\|https?://?$|(?:https?://)?(?:www\.)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)(?=[:/]|$)"
    r"|https?://(?:link|url|here|address|xxx|todo|insert[^/]*|your[^/.]*)/?$)", re.I
)  # fmt: skip


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each dead link once."""
    for link in draft.links:
        why = context.dead(link.href) or _by_itself(link.href)
        if not why:
            continue
        words = _("The link {address} leads nowhere: {why}.").format(address=link.href[:200], why=why)
        start = max(0, link.start)
        shown = link.words if link.start >= 0 else ""
        yield Remark("dead_link", Severity.ERROR, words, shown, start, start + len(shown))


def _by_itself(href: str) -> str:
    return _("no customer can open this address") if _NOWHERE.match(href.strip()) else ""
