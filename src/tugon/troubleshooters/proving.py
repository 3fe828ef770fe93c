"""What is wrong with a graph, step by step, in words: nothing is published while a problem stands.

The proof is made for everybody at once. Conditions decide by facts that stay the same during a walk, so a way out that
only Firefox takes is no way out for the others: the graph is walked once for every combination of values its conditions
tell apart (values that none names count as one). In each, every step that can be reached must reach an end, and each
step must be reached in at least one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from tugon.pages.formats import language_name

from . import device
from .graph import MOST_NODES, NEEDED_EXITS, Graph, Kind, Node, Outcome, Texts
from .words import answer_words

MOST_COMBINATIONS = 1_024
"""Of facts that one graph's conditions may tell apart: 10 conditions that are independent of each other."""

_ELSE = "\0"
"""Stands for every value that no condition names."""


@dataclass(frozen=True, slots=True)
class Problem:
    """node: the step it is about, "" for the whole. A warning does not stop publishing."""

    node: str
    words: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the proof may look up. languages: those the company offers, the first must be complete; None: not asked.

    articles, forms: those an end may lead to. values: of the facts whose values are the company's rows. missing_keys:
    step → keys of named values its texts refer to, and that are not there.
    """

    languages: Sequence[str] = ("en",)
    articles: Collection[int] | None = None
    forms: Collection[str] | None = None
    values: Mapping[str, Collection[str]] | None = None
    missing_keys: Mapping[str, Collection[str]] | None = None


def prove(graph: Graph, known: Known = Known()) -> list[Problem]:
    """Every problem of a graph, those of the whole first, then in the order of the steps."""
    found = [*_of_the_whole(graph, known)]
    for node in graph.nodes.values():
        found += _of_node(node, graph, known)
    found += _of_ways(graph)
    order = {name: place for place, name in enumerate(graph.nodes, start=1)}
    return sorted(dict.fromkeys(found), key=lambda one: (order.get(one.node, 0), one.is_warning))


def is_publishable(problems: Iterable[Problem]) -> bool:
    return all(one.is_warning for one in problems)


def _of_the_whole(graph: Graph, known: Known) -> Iterator[Problem]:
    if not graph.nodes:
        yield Problem("", _("There is no step yet. Add the first one."))
    elif graph.start not in graph.nodes:
        yield Problem("", _("Nobody said which step is the first."))
    if len(graph.nodes) >= MOST_NODES:
        yield Problem("", _("There are more steps than one troubleshooter can have. Make two of it."))
    yield from _missing("", graph.titles, known, _("The title"))
    yield from _missing("", graph.summaries, known, _("The summary"), only_warns=True)


def _of_node(node: Node, graph: Graph, known: Known) -> Iterator[Problem]:
    yield from _of_exits(node, graph)
    if node.kind is Kind.CONDITION:
        yield from _of_condition(node, known)
        return
    yield from _missing(node.id, node.titles, known, _("The text"))
    yield from _half_translated(node, known)
    if node.kind is Kind.QUESTION:
        for one in node.exits:
            yield from _missing(node.id, one.labels, known, _("An answer"))
    if node.is_end:
        yield from _of_end(node, known)
    for key in (known.missing_keys or {}).get(node.id, ()):
        yield Problem(node.id, _("There is no fact {key}: readers would see a dash.").format(key=key))


def _of_exits(node: Node, graph: Graph) -> Iterator[Problem]:
    if node.kind is Kind.QUESTION and len(node.exits) < 2:
        yield Problem(node.id, _("A question needs two answers or more."))
    needed = NEEDED_EXITS.get(node.kind)
    for one in node.exits:
        if one.to and one.to not in graph.nodes:
            yield Problem(
                node.id,
                _("“{answer}” leads to a step that is not there.").format(answer=answer_words(node, one)),
            )
        elif not one.to and (needed is None or one.key in needed):
            yield Problem(node.id, _("“{answer}” leads nowhere.").format(answer=answer_words(node, one)))


def _of_condition(node: Node, known: Known) -> Iterator[Problem]:
    if node.fact not in device.FACTS:
        yield Problem(node.id, _("Choose what the condition looks at."))
        return
    if not node.values:
        yield Problem(node.id, _("Choose at least one value for the condition."))
    allowed = device.FACTS[node.fact] or (known.values or {}).get(node.fact)
    for value in node.values:
        if allowed and value not in allowed:
            yield Problem(node.id, _("“{value}” is no value this condition can have.").format(value=value))


def _of_end(node: Node, known: Known) -> Iterator[Problem]:
    if node.outcome is Outcome.ARTICLE:
        if node.article is None:
            yield Problem(node.id, _("Choose the article it ends with."))
        elif known.articles is not None and node.article not in known.articles:
            yield Problem(node.id, _("The article it ends with is not there, or is not published."))
    if node.form and known.forms is not None and node.form not in known.forms:
        yield Problem(node.id, _("The form it ends with is not there. Choose another, or none."))


def _missing(
    node: str, texts: Texts, known: Known, what: str, *, only_warns: bool = False
) -> Iterator[Problem]:
    """The first language must be there; the others are asked for."""
    for place, language in enumerate(known.languages):
        if not texts.get(language):
            words = _("{what} is missing in {language}.").format(what=what, language=language_name(language))
            yield Problem(node, words, only_warns or place > 0)


def _half_translated(node: Node, known: Known) -> Iterator[Problem]:
    if any(node.bodies.get(language) for language in known.languages):
        yield from _missing(node.id, node.bodies, known, _("The explanation"), only_warns=True)


def _of_ways(graph: Graph) -> Iterator[Problem]:
    """What the shape itself does wrong. Steps that are broken by themselves are told of already."""
    if graph.start not in graph.nodes:
        return
    combinations = _combinations(graph)
    if combinations is None:
        yield Problem(
            "", _("There are too many different conditions to prove that everybody reaches an end.")
        )
        return
    reached, stuck, circling = _walked(graph, combinations)
    for name, node in graph.nodes.items():
        if name not in reached:
            yield Problem(name, _("Nobody reaches this step: no answer leads here."))
        elif name in circling:
            yield Problem(name, _("Conditions lead in a circle here, without a question between them."))
        elif name in stuck and not node.is_end:
            yield Problem(
                name, _("From here some people never reach an end: they go in a circle, or the way stops.")
            )


def _walked(graph: Graph, combinations: Iterable[Mapping[str, str]]) -> tuple[set[str], set[str], set[str]]:
    """Steps that somebody reaches; that somebody cannot leave to an end; conditions that hand round for ever."""
    conditions = {name: node for name, node in graph.nodes.items() if node.kind is Kind.CONDITION}
    asked = {
        name: [one.to for one in node.ways if one.to in graph.nodes]
        for name, node in graph.nodes.items()
        if name not in conditions
    }
    before = _reversed(asked)
    ends = {name for name, node in graph.nodes.items() if node.is_end}
    reached: set[str] = set()
    stuck: set[str] = set()
    circling: set[str] = set()
    for facts in combinations:
        decided = {name: _decided(node, graph, facts) for name, node in conditions.items()}
        here = _reach([graph.start], asked, decided)
        ending = _reach(here & ends, before, _reversed(decided))
        reached |= here
        stuck |= {name for name in here - ending if asked.get(name) or decided.get(name)}
        circling |= {name for name in here & conditions.keys() if _returns(name, decided)}
    return reached, stuck, circling


def _combinations(graph: Graph) -> list[dict[str, str]] | None:
    """Every way in which conditions can be decided; None where there are too many to look at."""
    told: dict[str, set[str]] = {}
    for node in graph.nodes.values():
        if node.kind is Kind.CONDITION:
            told.setdefault(node.fact, {_ELSE}).update(node.values)
    many = 1
    for values in told.values():
        many *= len(values)
        if many > MOST_COMBINATIONS:
            return None
    names = list(told)
    return [dict(zip(names, one, strict=True)) for one in product(*(sorted(told[name]) for name in names))]


def _decided(node: Node, graph: Graph, facts: Mapping[str, str]) -> list[str]:
    """Where a condition leads people of whom these facts are known; nowhere where nobody said."""
    chosen = node.exit("then" if facts.get(node.fact, _ELSE) in node.values else "otherwise")
    return [chosen.to] if chosen and chosen.to in graph.nodes else []


def _returns(name: str, decided: Mapping[str, Sequence[str]]) -> bool:
    """Whether conditions hand a person round for ever."""
    passed: set[str] = set()
    at = [name]
    while at and at[0] in decided:
        if at[0] in passed:
            return True
        passed.add(at[0])
        at = list(decided[at[0]])
    return False


def _reach(start: Iterable[str], *ways: Mapping[str, Collection[str]]) -> set[str]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        name = waiting.pop()
        for one in ways:
            for following in one.get(name, ()):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
    return seen


def _reversed(ways: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {}
    for name, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(name)
    return back
