"""The troubleshooters of the demo and who walks them."""

from collections.abc import Callable

import pytest

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer
from tugon.demo.facts import FACTS
from tugon.demo.walks.loading import DRAWN, drawn, furnish_walks, live_walks, with_articles
from tugon.facts.referencing import keys_in
from tugon.lib.clock import now
from tugon.troubleshooters import naming
from tugon.troubleshooters.graph import read
from tugon.troubleshooters.models import Troubleshooter, Walk
from tugon.troubleshooters.proving import Known, prove


class Any(dict[str, int]):
    """Every article is there."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> int:
        return 1


@pytest.mark.parametrize("slug", list(DRAWN))
def test_each_is_proved_whole_in_both_languages_and_names_facts_there_are(slug: str) -> None:
    graph = read(with_articles(drawn(slug), Any()))
    values = {"plan": ["patron"], "audience": ["studios"]}
    assert prove(graph, Known(languages=("en", "fil"), values=values)) == []
    assert 12 <= len(graph.nodes) <= 40
    words = [text for texts in naming._texts(graph) for text in texts.values()]
    assert {key for text in words for key in keys_in(text)} <= {fact.key for fact in FACTS}


def test_a_month_of_people_walks_them(
    hire: Callable[..., Agent], ana: Customer, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("creators", "studios"):
        Audience.objects.create(key=key, names={"en": key})
    monkeypatch.setattr("tugon.troubleshooters.operations.publishing.problems", lambda graph: [])
    agents = {name: hire(name.title()) for name in ("tomas", "carmela", "joaquin")}
    agents["rafael"] = hire("Rafael", "Lead")
    rows = furnish_walks(agents, today=now())
    assert Troubleshooter.objects.published().count() == 4
    walked = live_walks(rows, [ana], today=now())
    assert walked == Walk.objects.count() >= 150
    ends = set(Walk.objects.values_list("outcome", flat=True))
    assert {"solved", "ticket", "left"} <= ends
    assert not Walk.objects.filter(begun_at__gt=now()).exists()
