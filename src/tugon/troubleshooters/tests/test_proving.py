"""What may be published, and what the editor says of the rest."""

from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tugon.troubleshooters import device
from tugon.troubleshooters.editing import connect, delete
from tugon.troubleshooters.graph import Graph, read, write
from tugon.troubleshooters.layout import HEIGHT, WIDTH, draw
from tugon.troubleshooters.proving import Known, is_publishable, prove
from tugon.troubleshooters.walking import Answer, arrive, walk

from .conftest import both

KNOWN = Known(languages=("en", "fil"), articles={17}, forms={"members"})


def words(graph: Graph, node: str, known: Known = KNOWN) -> str:
    return " ".join(one.words for one in prove(graph, known) if one.node == node)


def test_a_whole_troubleshooter_has_no_problem(drawn: Graph) -> None:
    assert prove(drawn, KNOWN) == []


def test_a_step_that_no_answer_leads_to_is_named(drawn: Graph) -> None:
    assert "Nobody reaches" in words(connect(drawn, "update", "helped", to="write"), "done")


def test_an_answer_that_leads_nowhere_is_named(drawn: Graph) -> None:
    assert "leads nowhere" in words(connect(drawn, "where", "app", to=""), "where")


def test_a_question_with_one_answer_is_none(drawn: Graph) -> None:
    node = drawn.nodes["where"]
    assert "two answers" in words(drawn.with_node(replace(node, exits=node.exits[1:])), "where")


def test_a_circle_with_a_way_out_is_fine_and_one_without_is_refused(drawn: Graph) -> None:
    circle = connect(connect(drawn, "sound", "yes", to="where"), "sound", "unsure", to="where")
    circle = connect(circle, "iphone", "then", to="sound")
    assert "never reach an end" in words(circle, "where")
    assert "never reach an end" in words(circle, "sound")


def test_a_way_out_that_only_some_devices_take_is_no_way_out(drawn: Graph) -> None:
    """Everybody but people with an iPhone goes round between question and check for ever."""
    trapped = connect(connect(drawn, "sound", "yes", to="where"), "sound", "unsure", to="where")
    assert "never reach an end" in words(trapped, "sound")
    assert not is_publishable(prove(trapped, KNOWN))


def test_conditions_that_lead_in_a_circle_are_refused(drawn: Graph) -> None:
    assert "circle" in words(connect(drawn, "iphone", "then", to="iphone"), "iphone")


def test_contradicting_conditions_make_a_step_that_nobody_reaches(drawn: Graph) -> None:
    second: dict[str, Any] = {"id": "again", "kind": "condition", "fact": "system", "values": ["ios"],
                              "exits": [{"key": "then", "to": "sound"}, {"key": "otherwise", "to": "odd"}]}  # fmt: skip
    odd = {"id": "odd", "kind": "end", "outcome": "solved", "titles": both("Never")}
    data = write(connect(drawn, "iphone", "then", to="again"))
    graph = read({**data, "nodes": [*data["nodes"], second, odd]})
    graph = connect(graph, "iphone", "then", to="again")
    assert "Nobody reaches" in words(graph, "odd")


def test_a_missing_translation_warns_and_a_missing_source_text_refuses(drawn: Graph) -> None:
    node = drawn.nodes["done"]
    half = prove(drawn.with_node(replace(node, titles={"en": "It plays again"})), KNOWN)
    assert [(one.node, one.is_warning) for one in half] == [("done", True)]
    assert "Filipino" in half[0].words
    none = prove(drawn.with_node(replace(node, titles={"fil": "Gumagana na"})), KNOWN)
    assert not is_publishable(none)


def test_an_article_that_is_not_there_is_refused_only_where_somebody_knows(drawn: Graph) -> None:
    assert "not there" in words(drawn, "read", replace(KNOWN, articles={3}))
    assert words(drawn, "read", replace(KNOWN, articles=None)) == ""


def test_an_unknown_form_value_or_fact_is_named(drawn: Graph) -> None:
    form = drawn.with_node(replace(drawn.nodes["write"], form="nowhere"))
    assert "form" in words(form, "write")
    value = drawn.with_node(replace(drawn.nodes["iphone"], values=("ios", "palm-os")))
    assert "palm-os" in words(value, "iphone")
    assert "refund.windw" in words(drawn, "done", replace(KNOWN, missing_keys={"done": ["refund.windw"]}))


def test_too_many_independent_conditions_are_not_claimed_to_be_proved() -> None:
    names = [f"c{number}" for number in range(40)]
    nodes = [
        {"id": name, "kind": "condition", "fact": f"f{place}", "values": ["x"],
         "exits": [{"key": "then", "to": "end"}, {"key": "otherwise", "to": [*names, "end"][place + 1]}]}
        for place, name in enumerate(names)
    ]  # fmt: skip
    graph = read({"start": "c0", "nodes": [*nodes, {"id": "end", "kind": "end"}]})
    assert "too many" in words(graph, "").lower()


def test_an_empty_draft_asks_for_a_first_step() -> None:
    assert "first" in words(read({}), "")


names = st.sampled_from(["n1", "n2", "n3", "n4", "n5", "n6"])
targets = st.one_of(st.just(""), names, names, names)
texts = st.just({"en": "Words"})


def _exits(keys: tuple[str, ...]) -> Any:
    return st.tuples(*(targets for _ in keys)).map(
        lambda to: [{"key": key, "to": one, "labels": {"en": "x"}} for key, one in zip(keys, to, strict=True)]
    )


def _node(name: str) -> Any:
    fixed = {"id": st.just(name), "titles": texts}
    kinds = [
        st.fixed_dictionaries({**fixed, "kind": st.just("question"), "exits": _exits(("a1", "a2"))}),
        st.fixed_dictionaries({**fixed, "kind": st.just("check"), "exits": _exits(("yes", "no", "unsure"))}),
        st.fixed_dictionaries(
            {
                **fixed,
                "kind": st.just("condition"),
                "exits": _exits(("then", "otherwise")),
                "fact": st.sampled_from(["browser", "system"]),
                "values": st.sampled_from([["ios"], ["safari"], ["android", "ios"]]),
            }
        ),
        st.fixed_dictionaries({**fixed, "kind": st.just("end")}),
        st.fixed_dictionaries({**fixed, "kind": st.just("end")}),
    ]
    return st.one_of(kinds)


graphs = st.tuples(*(_node(f"n{number}") for number in range(1, 7))).map(
    lambda nodes: read({"start": "n1", "titles": {"en": "T"}, "summaries": {"en": "S"}, "nodes": list(nodes)})
)
FACTS = [
    {"browser": browser, "system": system}
    for browser, system in product(("safari", "chrome", ""), ("ios", "android", "windows"))
]


@settings(max_examples=400, deadline=None)
@given(graphs)
def test_whoever_walks_what_is_proved_can_reach_an_end_from_wherever_they_stand(graph: Graph) -> None:
    shape = [one for one in prove(graph, Known()) if "value" not in one.words]
    reached: set[str] = set()
    everybody_ends = True
    for facts in FACTS:
        seen, ends = _explore(graph, facts)
        reached |= seen
        everybody_ends = everybody_ends and ends
    if is_publishable(shape):
        assert everybody_ends
    elif everybody_ends and reached == {name for name, one in graph.nodes.items() if one.is_shown}:
        assert any(
            word in one.words
            for one in shape
            for word in ("nowhere", "Nobody", "circle", "never", "leads to")
        )


def _explore(graph: Graph, facts: dict[str, str]) -> tuple[set[str], bool]:
    """Slowly and plainly: the steps a person sees, and whether from each of them an end can be seen."""
    first = arrive(graph, graph.start, facts)
    if first is None:
        return set(), False
    seen, waiting, whole = {first.id}, [first.id], True
    ahead: dict[str, set[str]] = {}
    while waiting:
        node = graph.nodes[waiting.pop()]
        ahead[node.id] = set()
        for way in node.ways:
            found = arrive(graph, way.to, facts)
            if found is None:
                whole = False
                continue
            ahead[node.id].add(found.id)
            if found.id not in seen:
                seen.add(found.id)
                waiting.append(found.id)
    ending = {name for name in seen if graph.nodes[name].is_end}
    for _ in seen:
        ending |= {name for name in seen if ahead[name] & ending}
    return seen, whole and ending == seen


@settings(max_examples=200, deadline=None)
@given(graphs, st.lists(st.tuples(names, st.sampled_from(["a1", "a2", "yes", "no", "then"])), max_size=12))
def test_any_answers_at_all_lead_somewhere_or_are_left_out(graph: Graph, said: list[tuple[str, str]]) -> None:
    place = walk(graph, [Answer(*one) for one in said], {"system": "ios"})
    assert place.number <= len(said)
    assert walk(graph, [answer for *_step, answer in place.taken], {"system": "ios"}) == place


@settings(max_examples=200, deadline=None)
@given(graphs, names)
def test_drawings_overlap_nowhere_and_graphs_survive_being_written(graph: Graph, gone: str) -> None:
    assert read(write(graph)) == graph
    for drawn in (graph, delete(graph, gone)):
        boxes = list(draw(drawn).boxes.values())
        assert len(boxes) == len(drawn.nodes)
        for one, other in product(boxes, boxes):
            assert one is other or abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | names,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["nodes", "id", "kind", "exits", "start", "to", "titles", "en", "values", "key"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_whatever_json_is_given_is_read_proved_and_drawn_without_an_error(data: Any) -> None:
    graph = read(data)
    prove(graph)
    draw(graph)
    walk(graph, [Answer("n1", "a1")], {})


def test_three_hundred_steps_with_ten_conditions_are_proved_in_reasonable_time() -> None:
    from time import perf_counter

    facts = list(device.FACTS)[:5]
    nodes: list[dict[str, Any]] = []
    for number in range(298):
        if number < 10:
            fact = facts[number % 5]
            values = list(device.FACTS[fact] or ("x", "y"))
            exits = [{"key": "then", "to": "end"}, {"key": "otherwise", "to": f"n{number + 1}"}]
            told = {"fact": fact, "values": values[number // 5 :][:1]}
            nodes.append({"id": f"n{number}", "kind": "condition", "exits": exits, **told})
        else:
            to = f"n{number + 1}" if number < 297 else "end"
            nodes.append({"id": f"n{number}", "kind": "action", "titles": {"en": "Try"},
                          "exits": [{"key": "helped", "to": "end"}, {"key": "not_helped", "to": to}]})  # fmt: skip
    graph = read(
        {
            "start": "n0",
            "titles": {"en": "T"},
            "nodes": [*nodes, {"id": "end", "kind": "end", "titles": {"en": "E"}}],
        }
    )
    start = perf_counter()
    assert is_publishable(prove(graph))
    draw(graph)
    assert perf_counter() - start < 3
