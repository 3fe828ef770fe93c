"""What visitors of the portal do."""

from .entering import (
    Asked,
    ask_to_sign_in,
    forget_old_sign_ins,
    redeem_code,
    redeem_link,
)
from .requesting import answer_solution, close_request, forget, link_to_earlier, reply

__all__ = [
    "Asked",
    "answer_solution",
    "ask_to_sign_in",
    "close_request",
    "forget",
    "forget_old_sign_ins",
    "link_to_earlier",
    "redeem_code",
    "redeem_link",
    "reply",
]
