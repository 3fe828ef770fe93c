"""Who may read which file. A file is read through the row that holds it (an attachment, a logo), never by itself.

Upper packages register one resolver per kind of holder; permission is checked on every read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from .models import StoredFile


@dataclass(frozen=True, slots=True)
class Held:
    """A file as its holder names it."""

    file: StoredFile
    name: str


Resolver = Callable[[HttpRequest, int], Held | None]
"""Given the request and the holder's id: the file, or None when it is not there or the asker may not see it."""

_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Let files of this kind of holder be read at /files/<kind>/<id>/<name>."""
    _resolvers[kind] = resolver


def resolve(request: HttpRequest, kind: str, pk: int) -> Held | None:
    """The held file the asker may read, or None: what is not there and what is not allowed look the same."""
    resolver = _resolvers.get(kind)
    return resolver(request, pk) if resolver else None
