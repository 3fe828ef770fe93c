"""What our own mail server found out about the sender (Authentication-Results, RFC 8601).

Anybody may write such a header, so only those of servers the caller trusts count; the rest is reported as a claim.
"""

import re

from tugon.channels.email.parsing.headers import Headers
from tugon.channels.email.parsing.model import Authentication

_RESULT = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc|arc)\s{0,5}=\s{0,5}(\w{1,20})", re.I)
_COMMENT = re.compile(r"\([^()]{0,1000}\)")
_KNOWN = {
    "pass",
    "fail",
    "softfail",
    "neutral",
    "none",
    "temperror",
    "permerror",
    "policy",
    "hardfail",
    "bestguesspass",
}


def read(head: Headers, trusted: frozenset[str]) -> Authentication:
    """The verdicts of the topmost header of a server; of several DKIM signatures one that passes is enough."""
    raw = tuple(head.every("authentication-results"))
    claimed: dict[str, str] = {}
    for value in raw:
        server = authserv(value)
        if server and server in {name.lower() for name in trusted}:
            verdicts = _verdicts(value)
            return Authentication(**verdicts, trusted=True, authserv=server, claimed={}, raw=raw)
        for method, verdict in _verdicts(value).items():
            if verdict != "none":
                claimed.setdefault(method, verdict)
    return Authentication(claimed=claimed, raw=raw)


def authserv(value: str) -> str:
    """The server that signs the header: its first word."""
    head = _COMMENT.sub(" ", value[:2_000]).partition(";")[0].split()
    return head[0].lower() if head and "=" not in head[0] else ""


def _verdicts(value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for method, verdict in _RESULT.findall(_COMMENT.sub(" ", value[:20_000])):
        method, verdict = method.lower(), verdict.lower()
        verdict = {"hardfail": "fail", "bestguesspass": "pass"}.get(verdict, verdict)
        if verdict in _KNOWN and found.get(method) != "pass":
            found[method] = verdict
    return {method: found.get(method, "none") for method in ("spf", "dkim", "dmarc", "arc")}
