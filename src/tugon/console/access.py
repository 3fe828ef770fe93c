"""Who may enter the console, and finding what the asker may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from tugon.accounts.models import Agent
from tugon.lib.errors import NotAllowed
from tugon.tickets.models import Ticket

View = Callable[..., HttpResponse]


def agents_only(view: View) -> View:
    """Only signed-in agents who may see tickets; others are asked to sign in, or told that they may not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not agent_of(request).may("ticket.view") and not agent_of(request).may("ticket.view_all"):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return guarded


def agent_of(request: HttpRequest) -> Agent:
    """The agent who asks. Only behind `agents_only`."""
    return cast(Agent, request.user)


def language_of(request: HttpRequest) -> str:
    """The language the page is written in, for the names that rows hold by language."""
    return get_language() or "en"


def find_ticket(request: HttpRequest, number: int) -> Ticket:
    """The ticket if the agent may see it. Raises Http404: what one may not see does not exist. One query."""
    ticket = (
        Ticket.objects.visible_to(agent_of(request))
        .select_related(
            "customer__organisation",
            "customer__audience",
            "customer__plan",
            "team",
            "assignee",
            "channel",
            "state",
        )
        .filter(pk=number)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket
