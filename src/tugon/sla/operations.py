"""The writers of calendars and policies. Permission: `promise.edit`."""

import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.company import settings as company
from tugon.company.errors import RowTaken
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import conditions
from tugon.tickets.conditions.fields import FIELDS
from tugon.tickets.conditions.naming import checked

from . import choosing
from .calendars import BusinessHours
from .errors import CalendarImpossible, CalendarInUse, DefaultPolicyStays, PolicyInvalid
from .events import CalendarChanged, PolicyChanged
from .hours import HoursImpossible, require_open
from .models import Calendar, Policy
from .reckoning import FIRST_RESPONSE, KINDS
from .targets import Target, TargetRefused

PERMISSION = "promise.edit"
CALENDAR_COLUMNS = (
    "name", "zone", "shifts", "country", "subdivision", "left_out", "holidays", "exceptions",
)  # fmt: skip
POLICY_COLUMNS = ("name", "calendar", "conditions", *KINDS, "tells_customer", "is_enabled")

Row = TypeVar("Row", Calendar, Policy)


@transaction.atomic
def save_calendar(calendar: Calendar, *, by: Actor, **columns: Any) -> Calendar:
    """Make a calendar, or change these columns of it. Open promises are reckoned anew afterwards.

    Raises NotAllowed, CalendarImpossible (never open, stretches that overlap, a zone nobody knows), RowTaken for a name
    that another has. A repeat records nothing.
    """
    require(by, PERMISSION)
    return _saved(calendar, columns, CALENDAR_COLUMNS, by, check=_require_possible)


@transaction.atomic
def give_feed(calendar: Calendar, *, by: Actor) -> str:
    """A new key for the address that others subscribe to; the old address ends. Returns the key."""
    require(by, PERMISSION)
    calendar.feed_key = secrets.token_urlsafe(20)[:32]
    calendar.save(update_fields=["feed_key"])
    record(CalendarChanged(calendar_id=calendar.pk, change="changed", fields=("feed_key",)), by=by)
    return calendar.feed_key


@transaction.atomic
def remove_calendar(calendar: Calendar, *, by: Actor) -> None:
    """Raises NotAllowed, CalendarInUse."""
    require(by, PERMISSION)
    used = list(Policy.objects.filter(calendar=calendar).values_list("name", flat=True))
    fact = CalendarChanged(calendar_id=calendar.pk, change="removed")
    if used:
        raise CalendarInUse(users=", ".join(used))
    try:
        with transaction.atomic():
            calendar.delete()
    except IntegrityError as error:  # ProtectedError is one: a route shows these hours
        raise CalendarInUse(users=_("a route of the channel advisor")) from error
    record(fact, by=by)


@transaction.atomic
def save_policy(policy: Policy, *, by: Actor, **columns: Any) -> Policy:
    """Make a policy (the last one before the default), or change these columns. Open promises are reckoned anew.

    conditions: a condition document; names stand for ids too. Raises NotAllowed, PolicyInvalid, ConditionInvalid,
    RowTaken. A repeat records nothing.
    """
    require(by, PERMISSION)
    if "conditions" in columns:
        columns["conditions"] = read_conditions(columns["conditions"])
    if policy.pk is None and not policy.is_default:
        last = Policy.objects.filter(is_default=False).aggregate(last=Max("position"))["last"] or 0
        policy.position = last + 1
    return _saved(policy, columns, POLICY_COLUMNS, by, check=_require_sensible)


@transaction.atomic
def order_policies(ids: list[int], *, by: Actor) -> None:
    """Put the policies in this order; those left out follow as they were. The default stays last."""
    require(by, PERMISSION)
    rows = {row.pk: row for row in Policy.objects.select_for_update().filter(is_default=False)}
    wanted = [pk for pk in dict.fromkeys(ids) if pk in rows] + [pk for pk in rows if pk not in ids]
    for place, pk in enumerate(wanted, 1):
        if rows[pk].position != place:
            rows[pk].position = place
            rows[pk].save(update_fields=["position"])
            record(PolicyChanged(policy_id=pk, change="changed", fields=("position",)), by=by)
    choosing.forget()


@transaction.atomic
def remove_policy(policy: Policy, *, by: Actor) -> None:
    """Its tickets get what the next policy that fits promises. Raises NotAllowed, DefaultPolicyStays."""
    require(by, PERMISSION)
    if policy.is_default:
        raise DefaultPolicyStays
    record(PolicyChanged(policy_id=policy.pk, change="removed"), by=by)
    policy.delete()
    choosing.forget()


def read_conditions(document: Mapping[str, Any]) -> dict[str, Any]:
    """A policy's conditions in the form in which they are kept. Raises ConditionInvalid, PolicyInvalid."""
    tree = checked(document)
    for name in sorted(conditions.fields_in(tree)):
        if name in choosing.NOT_ASKED:
            reason = _("“{field}” says how a ticket stands, not what it is; a promise cannot hang on it.")
            raise PolicyInvalid(reason=reason.format(field=FIELDS[name].label))
    return conditions.to_json(tree) if document else {}


def _saved(row: Row, columns: dict[str, Any], allowed: tuple[str, ...], by: Actor, *, check: Any) -> Row:
    unknown = set(columns) - set(allowed)
    if unknown:
        raise TypeError(f"no such columns: {sorted(unknown)}")
    is_new = row.pk is None
    changed = sorted(name for name, value in columns.items() if is_new or getattr(row, name) != value)
    for name, value in columns.items():
        setattr(row, name, value)
    check(row)
    if not changed and not is_new:
        return row
    try:
        with transaction.atomic():
            row.save() if is_new else row.save(update_fields=changed)
    except IntegrityError as error:
        raise RowTaken from error
    choosing.forget()
    change = "created" if is_new else "changed"
    if isinstance(row, Calendar):
        record(CalendarChanged(calendar_id=row.pk, change=change, fields=tuple(changed)), by=by)
    else:
        record(PolicyChanged(policy_id=row.pk, change=change, fields=tuple(changed)), by=by)
    return row


def hours_of(calendar: Calendar) -> BusinessHours:
    """The calendar's hours in its own zone or the company's. Raises CalendarImpossible."""
    try:
        return calendar.hours(zone=company.get("zone"))
    except (HoursImpossible, TypeError, AttributeError) as error:
        raise CalendarImpossible(reason=str(error)) from error


def _require_possible(calendar: Calendar) -> None:
    hours = hours_of(calendar)
    try:
        require_open(hours, on=now().astimezone(hours.zone).date())
    except HoursImpossible as error:
        raise CalendarImpossible(reason=str(error)) from error


def _require_sensible(policy: Policy) -> None:
    try:
        targets = {kind: Target.read(getattr(policy, kind)) for kind in KINDS if getattr(policy, kind)}
    except TargetRefused as error:
        reason = _("“{words}” is no length of time of at most a year.")
        raise PolicyInvalid(reason=reason.format(words=error)) from error
    if policy.is_default and FIRST_RESPONSE not in targets:
        raise PolicyInvalid(reason=_("the policy for everything else must say when the first answer comes."))
    if policy.is_default and (policy.conditions or not policy.is_enabled):
        raise PolicyInvalid(reason=_("the policy for everything else has no conditions and stays in use."))
