"""Short words that appear at the foot of the page after something was done: `toast(response, _("Sent."))`."""

import json
from typing import Any

from django.http import HttpResponse


def toast(response: HttpResponse, words: str, *, tone: str = "neutral", **more: Any) -> HttpResponse:
    """Add a toast to an htmx answer. tone: neutral, success, error.

    more: `action` and `url` offer a way back: a button with these words that posts to the URL ("Undo"); what it answers
    takes the place of `target`, if one is given.
    """
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events.setdefault("toast", []).append(
        {"words": str(words), "tone": tone, **{k: str(v) for k, v in more.items()}}
    )
    response.headers["HX-Trigger"] = json.dumps(events)
    return response
