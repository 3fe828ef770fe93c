"""The one writer of rows that a company sets up and that nothing else reacts to: audiences, plans, fields, forms, tags.

Rows with rules of their own (people, tickets, settings) have operations of their own.
"""

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.errors import NotAllowed

from .errors import RowInUse, RowTaken
from .events import ConfigurationChanged

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def configure(row: Row, changes: dict[str, Any], *, permission: str, by: Actor) -> Row:
    """Make the row, or change what differs. Raises NotAllowed, RowTaken. A repeat writes and records nothing."""
    require(by, permission)
    is_new = row.pk is None
    changed = sorted(name for name, value in changes.items() if is_new or getattr(row, name) != value)
    if not changed and not is_new:
        return row
    for name in changed:
        setattr(row, name, changes[name])
    try:
        with transaction.atomic():
            row.save() if is_new else row.save(update_fields=changed)
    except IntegrityError as error:
        raise RowTaken from error
    _note(row, "created" if is_new else "changed", by, tuple(changed))
    return row


@transaction.atomic
def remove(row: models.Model, *, permission: str, by: Actor) -> None:
    """Raises NotAllowed, RowInUse."""
    require(by, permission)
    _note(row, "removed", by)
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, IntegrityError) as error:
        raise RowInUse from error


def require(by: Actor, permission: str) -> None:
    """The permissions live in accounts, above; an agent brings its own answer. Raises NotAllowed."""
    if by.kind is not ActorKind.SYSTEM and not (by.subject is not None and by.subject.may(permission)):
        raise NotAllowed


def _note(row: models.Model, change: str, by: Actor, fields: tuple[str, ...] = ()) -> None:
    fact = ConfigurationChanged(
        configuration_id=row.pk, kind=row._meta.label_lower, change=change, fields=fields
    )
    record(fact, by=by)
