from django.db import transaction

from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import DomainError

from .. import events
from ..circles import circle
from ..compiled import Compiled, compile_rule, compile_version, rulebook
from ..conflicts import conflicts
from ..errors import NothingToPublish, NotPublishedYet, RulesCircle, RulesConflict
from ..models import Rule, Turn, Version
from .writing import locked


@transaction.atomic
def publish(rule: Rule, *, by: Actor, words: str = "", despite_conflicts: bool = False) -> Version:
    """Make the draft what the rule does from now on, and switch it on.

    despite_conflicts: although another rule sets the same differently. Raises NotAllowed, NothingToPublish,
    RuleInvalid,
    ConditionInvalid, RulesCircle, RulesConflict.
    """
    row = locked(rule, by)
    if row.draft is None:
        raise NothingToPublish
    return _publish(row, row.draft, by=by, words=words, despite_conflicts=despite_conflicts)


@transaction.atomic
def roll_back(rule: Rule, *, to: int, by: Actor) -> Version:
    """Publish version number `to` again, as a new one; the draft is dropped. Raises as `publish`."""
    row = locked(rule, by)
    old = row.versions.get(number=to)
    return _publish(row, old.definition, by=by, words=old.words, despite_conflicts=True, returns_to=to)


@transaction.atomic
def switch(rule: Rule, *, on: bool, by: Actor) -> Rule:
    """Switch a published rule on or off. A repeat does nothing. Raises NotAllowed, NotPublishedYet, and where it can no
    longer be read, RuleInvalid or ConditionInvalid.
    """
    row = locked(rule, by)
    if on and row.published is None:
        raise NotPublishedYet
    if on:
        compile_rule(row)
    if row.is_on != on or row.trouble:
        row.is_on, row.trouble = on, ""
        row.save(update_fields=["is_on", "trouble"])
        record(events.RuleSwitched(rule_id=row.pk, is_on=on), by=by)
        _turn(row)
    return row


def switch_off_broken() -> int:
    """Switch off what can no longer be read, and say why. Returns how many. By a job, and before lists are shown."""
    number = 0
    for broken in rulebook().broken:
        with transaction.atomic():
            row = (
                Rule.objects.select_related("published")
                .select_for_update(of=("self",))
                .get(pk=broken.rule.pk)
            )
            if not row.is_on:
                continue
            try:
                compile_rule(row)
            except DomainError as error:
                row.is_on, row.trouble = False, error.message[:300]
                row.save(update_fields=["is_on", "trouble"])
                record(events.RuleSwitched(rule_id=row.pk, is_on=False, why=row.trouble), by=SYSTEM)
                number += 1
    return number


def _publish(
    row: Rule,
    definition: dict,
    *,
    by: Actor,
    words: str,
    despite_conflicts: bool,
    returns_to: int | None = None,
) -> Version:
    last = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version(
        rule=row,
        number=last + 1,
        name=row.name,
        definition=definition,
        words=" ".join(words.split())[:300],
        returns_to=returns_to,
        published_by=by.subject if by.kind is ActorKind.AGENT else None,
        published_at=now(),
    )
    candidate = compile_version(row, version)
    _require_peace(candidate, despite_conflicts)
    version.save()
    row.published, row.draft, row.is_on, row.trouble = version, None, True, ""
    row.save(update_fields=["published", "draft", "is_on", "trouble"])
    _turn(row)
    record(events.RulePublished(rule_id=row.pk, version=version.number, returns_to=returns_to), by=by)
    return version


def _require_peace(candidate: Compiled, despite_conflicts: bool) -> None:
    """Raises RulesCircle, RulesConflict."""
    others = others_of(candidate.rule)
    words = circle(candidate, others)
    if words:
        raise RulesCircle(reason=words)
    found = conflicts(candidate, others)
    if found and not despite_conflicts:
        raise RulesConflict(reason=" ".join(one.words for one in found[:3]))


def others_of(rule: Rule) -> list[Compiled]:
    """The other working rules of its kind, in their order; for triggers those on time, too."""
    kinds = ("trigger", "automation") if rule.kind in ("trigger", "automation") else (rule.kind,)
    book = rulebook()
    return [one for kind in kinds for one in book.by_kind.get(kind, ()) if one.rule.pk != rule.pk]


def _turn(row: Rule) -> None:
    """An automation that begins looks at once."""
    if row.kind == Rule.Kind.AUTOMATION and row.is_on:
        Turn.objects.update_or_create(rule=row, defaults={"next_at": now()})
