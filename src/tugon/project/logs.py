"""What must not stand in a log: addresses that are keys."""

import logging
import re

_KEYS = re.compile(
    r"(/(?:account/(?:invitation|password/reset)|setup|sign-in|r|hooks/mail/\d+|files/uploads)/)[^/\s?\"']{12,}"
)
"""Links that sign somebody in, choose a password or open a request, and the secret of a mailbox's webhook."""


class WithoutKeys(logging.Filter):
    """Writes `…` where an address holds a token; Django logs the address of every refusal and error."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(one) if isinstance(one, str) else one for one in record.args)
        record.msg = masked(record.msg) if isinstance(record.msg, str) else record.msg
        return True


def masked(words: str) -> str:
    """`/r/1042-7-…/` for the link of a request; other words stay."""
    return _KEYS.sub(r"\1…", words)
