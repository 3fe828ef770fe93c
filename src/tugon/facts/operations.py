"""The only writers of facts, their values and the list of texts to be read again."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from tugon.accounts.models import Agent
from tugon.accounts.policies import require
from tugon.company import settings as company
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from . import current, rereading, units
from .errors import (
    FactKeyInvalid,
    FactKeyTaken,
    FactUnitInvalid,
    FactValueInThePast,
    FactValueInvalid,
)
from .events import (
    FactArchived,
    FactChanged,
    FactCreated,
    FactRestored,
    FactReviewed,
    FactTookEffect,
    FactValueGiven,
    FactValueWithdrawn,
)
from .kinds import Kind
from .models import Fact, FactReview, FactValue
from .values import ValueRefused, read

PERMISSION = "fact.edit"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z0-9_]{1,39}){1,5}")


@transaction.atomic
def create(*, key: str, kind: Kind, by: Actor, unit: str = "", **details: Any) -> Fact:
    """Make a fact without a value. details: owner, source, note, context_words.

    Raises NotAllowed, FactKeyInvalid, FactKeyTaken, FactUnitInvalid.
    """
    require(by, PERMISSION)
    if not KEY.fullmatch(key) or len(key) > 80:
        raise FactKeyInvalid(key=key)
    _check_unit(kind, unit)
    fact = Fact(key=key, kind=kind, unit=unit, created_at=now(), **_details(details))
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError as error:
        raise FactKeyTaken(key=key) from error
    record(FactCreated(fact_id=fact.pk, key=key), by=by)
    return fact


@transaction.atomic
def change(fact: Fact, *, by: Actor, **details: Any) -> Fact:
    """Change what describes the fact: unit, owner, source, note, context_words. Its key and kind stay for ever.

    Raises NotAllowed, FactUnitInvalid.
    """
    require(by, PERMISSION)
    fact = _locked(fact)
    given = _details(details)
    _check_unit(Kind(fact.kind), given.get("unit", fact.unit))
    changed = sorted(name for name, value in given.items() if getattr(fact, name) != value)
    if not changed:
        return fact
    for name in changed:
        setattr(fact, name, given[name])
    fact.save(update_fields=changed)
    _forget()
    record(FactChanged(fact_id=fact.pk, fields=tuple(changed)), by=by)
    return fact


@transaction.atomic
def give_value(
    fact: Fact,
    *,
    typed: str,
    by: Actor,
    forms: dict[str, str] | None = None,
    valid_from: date | None = None,
) -> FactValue:
    """Say what the fact is from a day on; today where none is given. The texts to be read again are listed at once.

    typed: as a person writes it, see `values.read`. A value for the day of another replaces it for readers; both stay
    in the history. The same value again does nothing. Raises NotAllowed, FactValueInvalid.
    """
    require(by, PERMISSION)
    fact = _locked(fact)
    day = valid_from or current.today()
    try:
        value = read(Kind(fact.kind), fact.unit, typed, region=company.get("region"))
    except ValueRefused as refusal:
        raise FactValueInvalid(reason=str(refusal)) from refusal
    words = {code: " ".join(text.split()) for code, text in (forms or {}).items() if text.strip()}
    before = fact.values.filter(valid_from__lte=day).first()
    if before is not None and (before.value, before.forms) == (value, words):
        return before
    row = FactValue.objects.create(
        fact=fact, value=value, forms=words, valid_from=day, created_by=_agent(by), created_at=now()
    )
    _forget()
    record(FactValueGiven(fact_id=fact.pk, value_id=row.pk, valid_from=day.isoformat()), by=by)
    if day <= current.today():
        _begin(row, by=by)
    if before is not None:
        rereading.list_texts(row, before=before)
    return row


@transaction.atomic
def withdraw_value(value: FactValue, *, by: Actor) -> None:
    """Take back a value that has not begun, with its list of texts. Raises NotAllowed, FactValueInThePast."""
    require(by, PERMISSION)
    fact = _locked(value.fact)
    row = FactValue.objects.filter(pk=value.pk).first()
    if row is None:
        return
    if row.valid_from <= current.today():
        raise FactValueInThePast
    record(FactValueWithdrawn(fact_id=fact.pk, value_id=row.pk), by=by)
    row.delete()
    _forget()


@transaction.atomic
def archive(fact: Fact, *, by: Actor) -> Fact:
    """No longer offered to editors; texts that name it keep its words. Raises NotAllowed."""
    require(by, PERMISSION)
    fact = _locked(fact)
    if fact.archived_at is None:
        fact.archived_at = now()
        fact.save(update_fields=["archived_at"])
        record(FactArchived(fact_id=fact.pk), by=by)
    return fact


@transaction.atomic
def restore(fact: Fact, *, by: Actor) -> Fact:
    """Raises NotAllowed."""
    require(by, PERMISSION)
    fact = _locked(fact)
    if fact.archived_at is not None:
        fact.archived_at = None
        fact.save(update_fields=["archived_at"])
        record(FactRestored(fact_id=fact.pk), by=by)
    return fact


@transaction.atomic
def mark_read(review: FactReview, *, by: Actor, undo: bool = False) -> FactReview:
    """The text was read again, and is right now; or take the mark back. Who may write articles or facts may.

    Raises NotAllowed.
    """
    _require_reader(by)
    row = FactReview.objects.select_for_update(of=("self",)).select_related("value").get(pk=review.pk)
    if (row.done_at is None) == undo:
        return row
    row.done_at, row.done_by = (None, None) if undo else (now(), _agent(by))
    row.save(update_fields=["done_at", "done_by"])
    record(FactReviewed(fact_id=row.value.fact_id, review_id=row.pk, undone=undo), by=by)
    return row


@transaction.atomic
def take_effect() -> int:
    """Tell the rest of Tugon of every value whose day has come; how many. By the clock; a repeat tells nothing."""
    rows = list(FactValue.objects.to_begin(current.today()).select_for_update(of=("self",), skip_locked=True))
    for row in rows:
        _begin(row, by=SYSTEM)
        before = row.fact.values.filter(valid_from__lte=row.valid_from).exclude(pk=row.pk).first()
        if before is not None:
            rereading.list_texts(row, before=before)
    return len(rows)


def _begin(row: FactValue, *, by: Actor) -> None:
    row.took_effect_at = now()
    row.save(update_fields=["took_effect_at"])
    _forget()
    record(FactTookEffect(fact_id=row.fact_id, value_id=row.pk, key=row.fact.key), by=by)


def _locked(fact: Fact) -> Fact:
    return Fact.objects.select_for_update(of=("self",)).get(pk=fact.pk)


def _details(details: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in ("source", "note"):
        if name in details:
            given[name] = " ".join(str(details[name]).split())[:500]
    if "context_words" in details:
        given["context_words"] = {
            code: list(dict.fromkeys(" ".join(word.lower().split()) for word in words if word.strip()))[:40]
            for code, words in details["context_words"].items()
            if any(word.strip() for word in words)
        }
    return given | {name: details[name] for name in ("owner", "unit") if name in details}


def _check_unit(kind: Kind, unit: str) -> None:
    if not units.is_known(kind, unit):
        raise FactUnitInvalid(unit=unit or "—")


def _agent(by: Actor) -> Agent | None:
    return by.subject if isinstance(by.subject, Agent) else None


def _require_reader(by: Actor) -> None:
    if by.kind is ActorKind.AGENT and by.subject is not None and by.subject.may("article.write"):
        return
    require(by, PERMISSION)


def _forget() -> None:
    """At once in this transaction, and again when others may see it."""
    current.forget()
    transaction.on_commit(current.forget)
