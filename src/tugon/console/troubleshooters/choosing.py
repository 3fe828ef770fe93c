"""What the editor's menus offer: steps to lead to, and names of values that are the company's rows."""

from django.utils.translation import gettext as _

from tugon.customers.models import Audience, Plan
from tugon.pages.formats import language_name
from tugon.troubleshooters import drafts
from tugon.troubleshooters.editing import in_reading_order
from tugon.troubleshooters.graph import Graph, Kind, Node
from tugon.troubleshooters.words import KINDS, title_words

from .forms import NEW


def steps_to_choose(graph: Graph, node: Node, language: str) -> list[tuple[str, str]]:
    """Where an answer may lead: nowhere yet, a new step of each kind, or a step there is."""
    new = [(f"{NEW}{kind}", _("New: {kind}").format(kind=KINDS[kind])) for kind in Kind]
    there = [
        (one.id, f"{one.id} · {title_words(one, language)}"[:90])
        for _depth, one in in_reading_order(graph)
        if one.id != node.id
    ]
    return [("", _("Nowhere yet")), *new, *there]


def names_of_values(fact: str, language: str) -> dict[str, str]:
    """Value → name, of facts whose values are rows or languages; empty for those of the device. One query at most."""
    if fact == "audience":
        return {row.key: row.name_in(language) for row in Audience.objects.all()}
    if fact == "plan":
        return dict(Plan.objects.values_list("key", "name"))
    if fact == "language":
        return {code: language_name(code) for code in drafts.languages()}
    return {}
