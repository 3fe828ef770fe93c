"""Drafts from outside: JSON of any kind, made harmless for the database; and what stands in the way of publishing."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.customers.models import Audience, Plan
from tugon.facts import referencing

from . import references
from .errors import GraphUnreadable
from .graph import Graph, Node, Texts
from .proving import Known, Problem, prove

LARGEST = 1_000_000  # bytes of JSON
DEEPEST = 20


def parse(text: str | bytes) -> Any:
    """The JSON of a draft, cleaned. Raises GraphUnreadable: too large, too deep, or no JSON object."""
    if len(text) > LARGEST:
        raise GraphUnreadable(reason=_("it is larger than 1 MB."))
    try:
        data = json.loads(text)
    except RecursionError:
        raise GraphUnreadable(reason=_("it is nested too deeply.")) from None
    except ValueError:  # broken JSON, broken UTF-8, numbers of thousands of digits
        raise GraphUnreadable(reason=_("it is not readable as JSON.")) from None
    if not isinstance(data, dict):
        raise GraphUnreadable(reason=_("it is not an object with “nodes”."))
    return clean(data)


def clean(data: Any, depth: int = 0) -> Any:
    """The same without what PostgreSQL's jsonb cannot keep: U+0000, lone surrogates, numbers that are none.

    Raises GraphUnreadable when nested deeper than any troubleshooter.
    """
    if depth > DEEPEST:
        raise GraphUnreadable(reason=_("it is nested too deeply."))
    if isinstance(data, str):
        return data.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(data, dict):
        return {clean(str(key)): clean(value, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [clean(value, depth + 1) for value in data]
    if isinstance(data, float):
        return None if data != data or abs(data) == float("inf") else data
    if isinstance(data, int) and not isinstance(data, bool):
        return data if abs(data) < 2**63 else None
    return data


def languages() -> list[str]:
    """Those the company offers, the one it writes in first."""
    first, offered = company.get("language"), company.get("languages")
    return [first, *(one for one in offered if one != first)]


def problems(graph: Graph) -> list[Problem]:
    """What stands in the way, with everything the proof may look up. Four queries at most."""
    return prove(graph, known(graph))


def known(graph: Graph) -> Known:
    tested = {node.fact for node in graph.nodes.values()}
    values: dict[str, list[str]] = {"language": languages()}
    if "audience" in tested:
        values["audience"] = list(Audience.objects.values_list("key", flat=True))
    if "plan" in tested:
        values["plan"] = list(Plan.objects.values_list("key", flat=True))
    ends = [node for node in graph.nodes.values() if node.is_end]
    first = languages()[0]
    articles = references.offered("article", first) if any(node.article for node in ends) else None
    forms = references.offered("form", first) if any(node.form for node in ends) else None
    return Known(
        languages=languages(),
        articles=None if articles is None else {int(one.key) for one in articles},
        forms=None if forms is None else {one.key for one in forms},
        values=values,
        missing_keys=_missing_keys(graph),
    )


def _missing_keys(graph: Graph) -> dict[str, Sequence[str]]:
    """Step → keys of facts its texts name and that are not there. One query where any text names one."""
    named = {node.id: _keys(node) for node in graph.nodes.values()}
    named[""] = _keys_of([graph.titles, graph.summaries])
    every = set().union(*named.values())
    if not every:
        return {}
    unknown = set(referencing.unknown(*(f"{{{{ {key} }}}}" for key in every)))
    return {name: sorted(keys & unknown) for name, keys in named.items() if keys & unknown}


def _keys(node: Node) -> set[str]:
    return _keys_of([node.titles, node.bodies, node.subjects, *(one.labels for one in node.exits)])


def _keys_of(texts: Sequence[Texts]) -> set[str]:
    return {key for one in texts for words in one.values() for key in referencing.keys_in(words)}
