"""Finding a troubleshooter, and what all its pages show at their head."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tugon.lib.errors import NotAllowed
from tugon.pages.render import page
from tugon.troubleshooters.models import Troubleshooter

from ..access import agent_of, agents_only
from ..queues import column

EDIT = "troubleshooter.edit"


def editors_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Agents who may draw; the others are told that they may not."""

    @agents_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not agent_of(request).may(EDIT):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return guarded


def find(pk: int) -> Troubleshooter:
    """Raises Http404. One query."""
    row = Troubleshooter.objects.select_related("published", "owner").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def shown(
    request: HttpRequest,
    template: str,
    row: Troubleshooter | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the console about one troubleshooter, or about all."""
    shared = {
        "screen": "page",
        "wide": True,
        "row": row,
        "may_edit": agent_of(request).may(EDIT),
        **column(request),
    }
    return page(request, f"console/troubleshooters/{template}.html", {**shared, **context}, status=status)
