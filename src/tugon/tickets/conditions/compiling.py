"""Tree → `Q`. Every leaf is true or false, never unknown, so that negation means what people mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value

from tugon.accounts.models import Membership

from ..models import Attachment, Status, Ticket
from ..models.state import OURS
from . import moments
from .fields import EMPTINESS, FIELDS, Operator, Type
from .naming import resolve
from .parsing import Group, Leaf, Node
from .registering import PROVIDED

if TYPE_CHECKING:
    from tugon.accounts.models import Agent

EVERYTHING = Q()
NOTHING = Q(pk__in=[])

COLUMNS = {
    "customer": "customer",
    "organisation": "customer__organisation",
    "plan": "customer__plan",
}
"""Field → lookup, where they differ."""

_text_hook: Callable[[str], Q] | None = None


def register_text(hook: Callable[[str], Q]) -> None:
    """Give "words of the ticket contain …" its meaning: full-text search, which lives above."""
    global _text_hook
    _text_hook = hook


def compile(conditions: Mapping[str, Any] | Group, *, agent: Agent | None, now: datetime) -> Q:
    """The conditions as a `Q` on tickets, for one reader at one moment. Permission is not part of it.

    agent: whom "me" and "my teams" mean, and whose zone days are in; None: nobody's, UTC.
    Raises ConditionInvalid. No query, unless names stand where ids belong.
    """
    return _Compiler(agent, now).group(resolve(conditions))


class _Compiler:
    def __init__(self, agent: Agent | None, now: datetime) -> None:
        self.agent = agent
        self.now = now
        self.zone = agent.time_zone if agent else "UTC"

    def group(self, tree: Group) -> Q:
        query = EVERYTHING
        for node in tree.all:
            query &= self.node(node)
        if tree.any:
            either = NOTHING
            for node in tree.any:
                either |= self.node(node)
            query &= either
        for node in tree.none:
            query &= ~self.node(node)
        return query

    def node(self, node: Node) -> Q:
        if isinstance(node, Group):
            return self.group(node) or ~NOTHING
        if node.key:
            return self._custom(node)
        if node.field in PROVIDED:
            return self._provided(node, PROVIDED[node.field].column)
        special = getattr(self, f"_field_{node.field}", None)
        if special is not None:
            return special(node)
        return _BY_TYPE[FIELDS[node.field].type](self, node)

    # By type

    def _choice(self, leaf: Leaf) -> Q:
        column = _column(leaf)
        if leaf.operator in EMPTINESS:
            return _negated_if(Q(**{column: ""}), leaf.operator is Operator.NOT_EMPTY)
        if leaf.field == "status":
            # In the order of the partial index's own list, so that the planner recognises it.
            return Q(
                status__in=[
                    one for one in Status.values if (one in leaf.value) == (leaf.operator is Operator.IN)
                ]
            )
        return _negated_if(Q(**{f"{column}__in": list(leaf.value)}), leaf.operator is Operator.NOT_IN)

    def _number(self, leaf: Leaf) -> Q:
        return self._compared(leaf, _column(leaf))

    def _compared(self, leaf: Leaf, column: str) -> Q:
        match leaf.operator:
            case Operator.AT_LEAST:
                return Q(**{f"{column}__gte": leaf.value})
            case Operator.AT_MOST:
                return Q(**{f"{column}__lte": leaf.value})
            case Operator.IS:
                return Q(**{column: leaf.value})
            case Operator.EMPTY | Operator.NOT_EMPTY:
                return Q(**{f"{column}__isnull": leaf.operator is Operator.EMPTY})
            case _:
                return _negated_if(Q(**{f"{column}__in": list(leaf.value)}), leaf.operator is Operator.NOT_IN)

    def _reference(self, leaf: Leaf) -> Q:
        column = _column(leaf)
        if leaf.operator in EMPTINESS:
            return Q(**{f"{column}__isnull": leaf.operator is Operator.EMPTY})
        return _negated_if(Q(**{f"{column}__in": list(leaf.value)}), leaf.operator is Operator.NOT_IN)

    def _flag(self, leaf: Leaf) -> Q:
        return Q(**{_column(leaf): leaf.value})

    def _moment(self, leaf: Leaf) -> Q:
        column = _column(leaf)
        if leaf.operator in EMPTINESS:
            return Q(**{f"{column}__isnull": leaf.operator is Operator.EMPTY})
        return self._between(leaf, column)

    def _between(self, leaf: Leaf, column: str) -> Q:
        low, high = moments.bounds(leaf.operator, leaf.value, now=self.now, zone=self.zone)
        query = Q(**{f"{column}__isnull": False})
        if low is not None:
            query &= Q(**{f"{column}__gte": low})
        if high is not None:
            query &= Q(**{f"{column}__lt": high})
        return query

    # Fields that other packages add: columns of a row that a ticket may lack

    def _provided(self, leaf: Leaf, column: str) -> Q:
        if leaf.operator in EMPTINESS:
            return _negated_if(_filled(leaf, column), leaf.operator is Operator.EMPTY)
        match leaf.operator, FIELDS[leaf.field].type:
            case ((Operator.IN | Operator.NOT_IN), _):
                query = Q(**{f"{column}__in": list(leaf.value)})
                return _negated_if(query, leaf.operator is Operator.NOT_IN)
            case Operator.ALL_OF, _:
                return Q(**{f"{column}__contains": list(leaf.value)})
            case ((Operator.ANY_OF | Operator.NONE_OF), _):
                query = Q(**{f"{column}__overlap": list(leaf.value)})
                return _negated_if(query, leaf.operator is Operator.NONE_OF)
            case _, Type.FLAG:
                return _negated_if(Q(**{column: True}), not leaf.value)
            case _, Type.MOMENT:
                return self._between(leaf, column)
            case _:
                return self._compared(leaf, column)

    # Fields of their own kind

    def _field_team(self, leaf: Leaf) -> Q:
        if leaf.operator in EMPTINESS:
            return self._reference(leaf)
        ids = _ids(leaf)
        if "my_teams" in leaf.value and self.agent:
            ids |= self.agent.team_ids
        query = Q(team__in=sorted(ids))
        if "none" in leaf.value:
            query |= Q(team__isnull=True)
        return _negated_if(query, leaf.operator is Operator.NOT_IN)

    def _field_assignee(self, leaf: Leaf) -> Q:
        if leaf.operator in EMPTINESS:
            return self._reference(leaf)
        ids = _ids(leaf)
        if "me" in leaf.value and self.agent:
            ids.add(self.agent.pk)
        query = Q(assignee__in=sorted(ids))
        if "my_teams" in leaf.value and self.agent:
            mates = Membership.objects.filter(team__in=sorted(self.agent.team_ids)).values("agent_id")
            query |= Q(assignee__in=mates)
        if "nobody" in leaf.value:
            query |= Q(assignee__isnull=True)
        return _negated_if(query, leaf.operator is Operator.NOT_IN)

    def _field_channel(self, leaf: Leaf) -> Q:
        if leaf.operator in EMPTINESS:
            return self._reference(leaf)
        kinds = [one for one in leaf.value if isinstance(one, str)]
        query = Q(channel__in=sorted(_ids(leaf)))
        if kinds:
            query |= Q(channel__kind__in=kinds)
        return _negated_if(query, leaf.operator is Operator.NOT_IN)

    def _field_followers(self, leaf: Leaf) -> Q:
        through = Ticket.followers.through.objects
        if leaf.operator in EMPTINESS:
            followed = Q(pk__in=through.values("ticket_id"))
            return _negated_if(followed, leaf.operator is Operator.EMPTY)
        ids = {one if isinstance(one, int) else (self.agent.pk if self.agent else 0) for one in leaf.value}
        if leaf.operator is Operator.ALL_OF:
            query = EVERYTHING
            for one in sorted(ids):
                query &= Q(pk__in=through.filter(agent=one).values("ticket_id"))
            return query
        query = Q(pk__in=through.filter(agent__in=sorted(ids)).values("ticket_id"))
        return _negated_if(query, leaf.operator is Operator.NONE_OF)

    def _field_tags(self, leaf: Leaf) -> Q:
        match leaf.operator:
            case Operator.EMPTY | Operator.NOT_EMPTY:
                return _negated_if(Q(tags=[]), leaf.operator is Operator.NOT_EMPTY)
            case Operator.ALL_OF:
                return Q(tags__contains=list(leaf.value))
            case _:
                return _negated_if(Q(tags__overlap=list(leaf.value)), leaf.operator is Operator.NONE_OF)

    def _field_language(self, leaf: Leaf) -> Q:
        if leaf.operator in EMPTINESS:
            return self._choice(leaf)
        query = Q(language__in=list(leaf.value))
        for one in leaf.value:
            query |= Q(language__startswith=f"{one}-") if one else NOTHING
        return _negated_if(query, leaf.operator is Operator.NOT_IN)

    def _field_subject(self, leaf: Leaf) -> Q:
        return _negated_if(Q(subject__icontains=leaf.value), leaf.operator is Operator.LACKS)

    def _field_text(self, leaf: Leaf) -> Q:
        query = _text_hook(leaf.value) if _text_hook else Q(subject__icontains=leaf.value)
        return _negated_if(query, leaf.operator is Operator.LACKS)

    def _field_has_attachments(self, leaf: Leaf) -> Q:
        attached = Attachment.objects.filter(
            message__ticket=OuterRef("pk"), redacted_at=None, is_inline=False
        )
        return _negated_if(Q(Exists(attached)), not leaf.value)

    def _field_merged(self, leaf: Leaf) -> Q:
        return Q(merged_into__isnull=not leaf.value)

    def _field_unanswered(self, leaf: Leaf) -> Q:
        waiting = Q(last_customer_at__isnull=False) & (
            Q(last_agent_at__isnull=True)
            | Q(last_agent_at__isnull=False, last_customer_at__gt=F("last_agent_at"))
        )
        return _negated_if(waiting, not leaf.value)

    def _field_waiting_for(self, leaf: Leaf) -> Q:
        statuses = [
            *(OURS if "us" in leaf.value else ()),
            *([Status.WAITING] if "customer" in leaf.value else []),
        ]
        wanted = [one for one in Status.values if (one in statuses) == (leaf.operator is Operator.IN)]
        return Q(status__in=wanted)

    # Custom fields live in one JSON column; a JSON path never mixes types and never answers "unknown"

    def _custom(self, leaf: Leaf) -> Q:
        match leaf.operator:
            case Operator.EMPTY | Operator.NOT_EMPTY:
                return _negated_if(_path(leaf.key, FILLED, {}), leaf.operator is Operator.EMPTY)
            case Operator.CONTAINS | Operator.LACKS:
                words = _path(leaf.key, '(@.type() == "string")', {}) & Q(
                    **{f"fields__{leaf.key}__icontains": str(leaf.value)}
                )
                return _negated_if(words, leaf.operator is Operator.LACKS)
            case Operator.ALL_OF:
                query = EVERYTHING
                for one in leaf.value:
                    query &= _path(leaf.key, "(@ == $value)", {"value": one})
                return query
            case Operator.IN | Operator.NOT_IN | Operator.ANY_OF | Operator.NONE_OF:
                names = {f"v{index}": one for index, one in enumerate(leaf.value)}
                either = _path(leaf.key, " || ".join(f"(@ == ${name})" for name in names), names)
                return _negated_if(either, leaf.operator in (Operator.NOT_IN, Operator.NONE_OF))
            case Operator.IS:
                return _path(leaf.key, "(@ == $value)", {"value": leaf.value})
            case Operator.AT_LEAST:
                return _path(leaf.key, '(@.type() == "number" && @ >= $value)', {"value": leaf.value})
            case Operator.AT_MOST:
                return _path(leaf.key, '(@.type() == "number" && @ <= $value)', {"value": leaf.value})
            case _:
                return self._custom_day(leaf)

    def _custom_day(self, leaf: Leaf) -> Q:
        low, high = moments.day_bounds(leaf.operator, leaf.value, now=self.now, zone=self.zone)
        parts: list[str] = ['@.type() == "string"']
        values: dict[str, str] = {}
        if low is not None:
            parts, values = [*parts, "@ >= $low"], values | {"low": low}
        if high is not None:
            parts, values = [*parts, "@ < $high"], values | {"high": high}
        return _path(leaf.key, f"({' && '.join(parts)})", values)


FILLED = '(@.type() != "null" && !(@.type() == "string" && @ == ""))'
"""A value that says something: an empty list has no members, so it fails by itself."""

_BY_TYPE: dict[Type, Callable[[_Compiler, Leaf], Q]] = {
    Type.CHOICE: _Compiler._choice,
    Type.LEVEL: _Compiler._number,
    Type.NUMBER: _Compiler._number,
    Type.REFERENCE: _Compiler._reference,
    Type.FLAG: _Compiler._flag,
    Type.MOMENT: _Compiler._moment,
}


def _filled(leaf: Leaf, column: str) -> Q:
    query = Q(**{f"{column}__isnull": False})
    nothing: Any = {Type.CHOICE: "", Type.SET: []}.get(FIELDS[leaf.field].type)
    return query if nothing is None else query & ~Q(**{column: nothing})


def _path(key: str, test: str, values: dict[str, Any]) -> Q:
    return Q(
        Func(
            F("fields"),
            Func(Value(f'$."{key}" ? ({test})'), template="%(expressions)s::jsonpath"),
            Func(Value(json.dumps(values)), template="%(expressions)s::jsonb"),
            function="jsonb_path_exists",
            output_field=BooleanField(),
        )
    )


def _column(leaf: Leaf) -> str:
    return COLUMNS.get(leaf.field, leaf.field)


def _ids(leaf: Leaf) -> set[int]:
    return {one for one in leaf.value if isinstance(one, int)}


def _negated_if(query: Q, negated: bool) -> Q:
    return ~query if negated else query
