"""Where an end leads on the portal, and what was answered before a step."""

from django.urls import NoReverseMatch, reverse

from tugon.troubleshooters.graph import Outcome
from tugon.troubleshooters.models import Walk
from tugon.troubleshooters.showing import Shown

_PAGES = {Outcome.BILLING: "portal:billing", Outcome.CHAT: "portal:chat"}


def next_url(shown: Shown) -> str:
    """The page of another part that this end leads to; empty where there is none, or it is not offered."""
    name = _PAGES.get(shown.node.outcome) if shown.is_end else None
    for arguments in ([shown.language], []) if name else ():
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""


def trail(walk: Walk, number: int, language: str) -> list[tuple[int, str, str]]:
    """What was answered before this step: (place, question, answer)."""
    steps = walk.steps_in_words(language)[:number]
    return [(place, question, answer) for place, (question, answer) in enumerate(steps)]
