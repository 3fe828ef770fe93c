"""One step as its page shows it: words with facts in them, answers, and where an end leads."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from tugon.facts import referencing

from . import references
from .graph import Graph, Kind, Node, Outcome, Texts, said
from .references import Target
from .walking import Facts, Place, progress
from .words import answer_words, prose


@dataclass(frozen=True)
class Shown:
    """given: the answer chosen here before, if any. reader: who may or may not read the article of an end."""

    place: Place
    graph: Graph
    facts: Facts
    language: str
    given: str = ""
    reader: object = None

    @property
    def node(self) -> Node:
        assert self.place.node is not None
        return self.place.node

    @property
    def kind(self) -> str:
        return self.node.kind

    @property
    def is_end(self) -> bool:
        return self.node.is_end

    @property
    def is_action(self) -> bool:
        return self.node.kind is Kind.ACTION

    @property
    def outcome(self) -> str:
        return self.node.outcome if self.is_end else ""

    @property
    def title(self) -> str:
        return referencing.render(said(self.node.titles, self.language), self.language)

    @property
    def body(self) -> Markup:
        words = said(self.node.bodies, self.language)
        return Markup(referencing.render_html(prose(words), self.language))  # noqa: S704  harmless by prose

    @property
    def written_in(self) -> str:
        """The language its words are in, where that is not the reader's; else empty."""
        return "" if self.node.titles.get(self.language) else next(iter(_present(self.node.titles)), "")

    @property
    def answers(self) -> list[tuple[str, str, bool]]:
        """(key, words, whether it was chosen before)."""
        return [
            (
                way.key,
                referencing.render(answer_words(self.node, way, self.language), self.language),
                way.key == self.given,
            )
            for way in self.node.ways
        ]

    @property
    def percent(self) -> int:
        return round(100 * progress(self.place, self.graph, self.facts))

    @cached_property
    def article(self) -> Target | None:
        """Where an article is read that this end leads to."""
        if self.outcome != Outcome.ARTICLE or self.node.article is None:
            return None
        return references.article(self.node.article, self.language, self.reader)

    @property
    def form(self) -> str:
        """The form's slug, where the end names one."""
        return self.node.form


def _present(texts: Texts) -> list[str]:
    return [language for language, words in texts.items() if words]
