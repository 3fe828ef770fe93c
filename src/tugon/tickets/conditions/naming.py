"""Names where ids belong: typed searches say `team:billing`, stored conditions say `"value": [3]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Channel
from tugon.customers.models import Audience, Customer, CustomField, Organisation, Plan

from ..errors import ConditionInvalid
from ..models import State
from .fields import EMPTINESS, FIELDS, PREFIX, Field
from .parsing import Group, Leaf, Node, fields_in, parse
from .registering import PROVIDED


def resolve(conditions: Mapping[str, Any] | Group) -> Group:
    """Parse, with names of teams, people, channels and so on replaced by ids: the form in which conditions are kept.

    Names are compared without letter case. Raises ConditionInvalid for a name nobody has. No query without names.
    """
    return _group(parse(conditions))


def checked(conditions: Mapping[str, Any] | Group, *, context: Mapping[str, Field] | None = None) -> Group:
    """As `resolve`, and custom fields must exist and be asked what their kind can answer. One query more if any are.

    context: fields that may be asked about in addition.
    """
    tree = parse(conditions, context=context)
    if not isinstance(conditions, Group) and any(name.startswith(PREFIX) for name in fields_in(tree)):
        tree = parse(conditions, custom=custom_kinds(), context=context)
    return resolve(tree)


def custom_kinds() -> dict[str, str]:
    """Kind of each custom field of tickets by key. One query."""
    return dict(CustomField.objects.filter(on="ticket").values_list("key", "kind"))


def names_of(field: str, ids: Iterable[int], language: str) -> dict[int, str]:
    """What rows are called, by id. One query."""
    rows = _model(field).objects.filter(pk__in=list(ids))
    return {row.pk: _name(row, language) for row in rows}


def _name(row: Any, language: str) -> str:
    if hasattr(row, "name_in"):
        return str(row.name_in(language))
    return str(getattr(row, "shown_name", None) or row)


def has_names(field: str) -> bool:
    """Whether values of the field are rows that have names."""
    return _model(field) is not None


def _model(field: str) -> Any:
    return PROVIDED[field].model if field in PROVIDED else _MODELS.get(field)


def _group(tree: Group) -> Group:
    return Group(*(tuple(_node(node) for node in nodes) for nodes in (tree.all, tree.any, tree.none)))


def _node(node: Node) -> Node:
    if isinstance(node, Group):
        return _group(node)
    if not has_names(node.field) or node.operator in EMPTINESS:
        return node
    words = FIELDS[node.field].words
    names = [one for one in node.value if isinstance(one, str) and one not in words]
    if not names:
        return node
    known = {name: _find(node.field, name) for name in names}
    return Leaf(node.field, node.operator, tuple(dict.fromkeys(known.get(one, one) for one in node.value)))


def _find(field: str, name: str) -> int:
    found = (
        _model(field).objects.filter(_lookup(field)(name)).order_by("pk").values_list("pk", flat=True).first()
    )
    if found is None:
        label = FIELDS[field].label
        raise ConditionInvalid(reason=_("{field}: nothing is called “{name}”").format(field=label, name=name))
    return int(found)


def _lookup(field: str) -> Callable[[str], Q]:
    return (PROVIDED[field].lookup if field in PROVIDED else _LOOKUPS[field]) or _by("name")


def _by(*columns: str) -> Callable[[str], Q]:
    def lookup(name: str) -> Q:
        query = Q()
        for column in columns:
            query |= Q(**{f"{column}__iexact": name})
        return query

    return lookup


_MODELS: dict[str, Any] = {
    "team": Team,
    "assignee": Agent,
    "followers": Agent,
    "customer": Customer,
    "organisation": Organisation,
    "audience": Audience,
    "plan": Plan,
    "channel": Channel,
    "state": State,
}
_LOOKUPS: dict[str, Callable[[str], Q]] = {
    "team": _by("name"),
    "assignee": _by("name", "email"),
    "followers": _by("name", "email"),
    "customer": _by("name", "username", "contact_points__value"),
    "organisation": _by("name"),
    "audience": _by("key", "names__en"),
    "plan": _by("key", "name"),
    "channel": _by("name"),
    "state": _by("names__en", "names__fil"),
}
