"""Where troubleshooters name facts, for `facts.places`: whoever changes a fact is told which texts to read again."""

from collections.abc import Iterator

from tugon.facts.places import Place
from tugon.facts.referencing import keys_in

from .graph import Graph, Texts, said
from .models import Troubleshooter

KIND = "troubleshooter"


def naming(key: str) -> Iterator[Place]:
    """Troubleshooters that are not archived whose draft or published version names the fact. One query."""
    for row in Troubleshooter.objects.present().select_related("published"):
        graphs = [row.graph, *([row.published.graph] if row.published else [])]
        if any(
            key in keys_in(words) for graph in graphs for texts in _texts(graph) for words in texts.values()
        ):
            yield _place(row, row.graph)


def published_texts() -> Iterator[tuple[Place, str, str]]:
    """(place, language, text) of everything people read in published troubleshooters. One query."""
    for row in Troubleshooter.objects.published():
        assert row.published is not None
        place = _place(row, row.published.graph)
        for texts in _texts(row.published.graph):
            for language, words in texts.items():
                yield place, language, words


def _place(row: Troubleshooter, graph: Graph) -> Place:
    return Place(KIND, said(graph.titles, "en", or_else=row.slug), f"/console/troubleshooters/{row.pk}/")


def _texts(graph: Graph) -> Iterator[Texts]:
    yield from (graph.titles, graph.summaries)
    for node in graph.nodes.values():
        yield from (node.titles, node.bodies, node.subjects, *(one.labels for one in node.exits))
