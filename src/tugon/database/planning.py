"""How PostgreSQL plans a statement that comes again and again.

Most are planned once per connection, without their values: right for whatever an index finds by a key. A list or a
search, which stops after some rows, wants another plan where few rows fit than where many do; and an index of a part of
the rows (`WHERE status IN …`) is only taken where the statement says the values. Those reads stand in `with_values()`.
https://www.postgresql.org/docs/current/sql-prepare.html, "Notes"
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection


def with_values() -> AbstractContextManager[None]:
    """Within, on this thread's connection, statements go to the server with their values written into them."""
    return connection.execute_wrapper(_written_in)


def _written_in(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if many or not params:
        return execute(sql, params, many, context)
    composed = connection.ops.compose_sql(sql, params)  # type: ignore[attr-defined]  # PostgreSQL's own
    return execute(composed, None, many, context)
