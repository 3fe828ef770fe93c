"""Django's DATABASES, from DATABASE_URL or for the embedded server."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tugon.database.embedded import NAME, EmbeddedServer
from tugon.lib.env import Environment

ENGINE = "django.db.backends.postgresql"


def databases(env: Environment, *, home: Path, application: str) -> dict[str, Any]:
    """The DATABASES setting.

    application: the name that PostgreSQL shows for our connections. Reads DATABASE_URL, TUGON_DATABASE_POOL (the
    most connections of one process; 0 keeps one per thread and closes it after the request),
    TUGON_DATABASE_PREPARE (statements that come again are planned once per connection; switch it off behind a pooler
    that hands connections to others between transactions).
    """
    url = env.url("DATABASE_URL", schemes=("postgresql", "postgres"))
    pool = env.integer("TUGON_DATABASE_POOL", 0, at_most=200)
    target = _from_url(env, url) if url else _embedded(home)
    options = target.pop("OPTIONS", {}) | {"application_name": application}
    if env.flag("TUGON_DATABASE_PREPARE", True):
        options |= {"server_side_binding": True, "prepare_threshold": 3}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10, "max_idle": 300}
    return {
        "default": {
            "ENGINE": ENGINE,
            **target,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    }


def is_embedded(database: dict[str, Any]) -> bool:
    """True if this entry of DATABASES is the embedded server's."""
    return bool(database.get("EMBEDDED"))


def _embedded(home: Path) -> dict[str, Any]:
    server = EmbeddedServer(home)
    return {"NAME": NAME, "USER": NAME, "HOST": str(server.socket), "PORT": "5432", "EMBEDDED": True}


def _from_url(env: Environment, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        env.refuse("DATABASE_URL", "has a port that is not a number")
        port = None
    name = unquote(parts.path.lstrip("/"))
    if not name:
        env.refuse("DATABASE_URL", "names no database. Write postgresql://user:password@host/tugon")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "OPTIONS": options,
    }
