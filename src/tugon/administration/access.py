"""Who may open which page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from tugon.lib.errors import NotAllowed

View = Callable[..., HttpResponse]


def needs(*permissions: str) -> Callable[[View], View]:
    """For who is signed in and holds one of the permissions; without any named, one of `admin.*`."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may(request.user, permissions):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _may(agent: Any, permissions: tuple[str, ...]) -> bool:
    if permissions:
        return any(agent.may(one) for one in permissions)
    return any(one.startswith("admin.") for one in agent.permissions)
