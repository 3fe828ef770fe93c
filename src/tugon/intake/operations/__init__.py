"""What can be done with what came in: keep it, understand it, and decide about what was kept aside."""

from .ledger import (
    Count,
    block_sender,
    counts,
    forget_old_payloads,
    forget_redacted,
    ignore,
    raw,
    release,
    retry,
    set_sender_rule,
)
from .processing import process, process_waiting
from .storing import Arrived, fingerprint, keep, receive, store
from .tracking import keep_tracked, recipient_mac

__all__ = [
    "Arrived",
    "Count",
    "block_sender",
    "counts",
    "fingerprint",
    "forget_old_payloads",
    "forget_redacted",
    "ignore",
    "keep",
    "keep_tracked",
    "process",
    "process_waiting",
    "raw",
    "receive",
    "recipient_mac",
    "release",
    "retry",
    "set_sender_rule",
    "store",
]
