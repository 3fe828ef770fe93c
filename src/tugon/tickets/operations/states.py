"""A company's own words for the statuses."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import events
from ..errors import FieldValueInvalid, NameMissing, StateInUse
from ..models import State, Status


@transaction.atomic
def create_state(
    *, names: Mapping[str, str], status: str, by: Actor, customer_names: Mapping[str, str] | None = None
) -> State:
    """names: language → word, at least one. Raises NotAllowed, NameMissing, FieldValueInvalid."""
    require(by, "admin.settings")
    if status not in Status.values:
        raise FieldValueInvalid(value=status, field="status", reason=", ".join(Status.values))
    last = State.objects.aggregate(last=Max("position"))["last"] or 0
    row = State.objects.create(
        names=_named(names), customer_names=_words(customer_names or {}), status=status, position=last + 1
    )
    record(events.StateCreated(state_id=row.pk, status=status), by=by)
    return row


@transaction.atomic
def change_state(
    state: State,
    *,
    by: Actor,
    names: Mapping[str, str] | None = None,
    customer_names: Mapping[str, str] | None = None,
    position: int | None = None,
) -> State:
    """Rename or move a state; its status stays, because tickets stand in it. Raises NotAllowed, NameMissing."""
    require(by, "admin.settings")
    row = State.objects.select_for_update().get(pk=state.pk)
    wanted = {
        "names": row.names if names is None else _named(names),
        "customer_names": row.customer_names if customer_names is None else _words(customer_names),
        "position": row.position if position is None else max(0, min(position, 32_000)),
    }
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        record(events.StateChanged(state_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def make_default_state(state: State, *, by: Actor) -> State:
    """Take this state where only its status is chosen. A repeat does nothing."""
    require(by, "admin.settings")
    row = State.objects.select_for_update().get(pk=state.pk)
    if not row.is_default and row.archived_at is None:
        State.objects.filter(status=row.status, is_default=True).update(is_default=False)
        row.is_default = True
        row.save(update_fields=["is_default"])
        record(events.StateChanged(state_id=row.pk, fields=("is_default",)), by=by)
    return row


@transaction.atomic
def archive_state(state: State, *, by: Actor) -> State:
    """Offer the state no more; tickets that stand in it keep it. Raises NotAllowed, StateInUse for a default."""
    require(by, "admin.settings")
    row = State.objects.select_for_update().get(pk=state.pk)
    if row.is_default:
        raise StateInUse(state=row.name_in(get_language() or "en"))
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        record(events.StateArchived(state_id=row.pk), by=by)
    return row


@transaction.atomic
def restore_state(state: State, *, by: Actor) -> State:
    """Offer it again. A repeat does nothing."""
    require(by, "admin.settings")
    row = State.objects.select_for_update().get(pk=state.pk)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        record(events.StateChanged(state_id=row.pk, fields=("archived_at",)), by=by)
    return row


def _named(names: Mapping[str, str]) -> dict[str, str]:
    clean = _words(names)
    if not clean:
        raise NameMissing
    return clean


def _words(names: Mapping[str, str]) -> dict[str, str]:
    return {language: " ".join(name.split())[:60] for language, name in names.items() if name.strip()}
