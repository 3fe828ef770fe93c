"""Changing the drawing, one step at a time."""

from tugon.troubleshooters import editing
from tugon.troubleshooters.graph import Graph, Kind, read


def target(graph: Graph, name: str, key: str) -> str:
    found = graph.nodes[name].exit(key)
    assert found is not None
    return found.to


def test_a_new_step_behind_an_answer_stands_between_it_and_what_followed(drawn: Graph) -> None:
    graph, name = editing.add(drawn, Kind.ACTION, after="where", exit_key="web")
    assert target(graph, "where", "web") == name
    assert target(graph, name, "helped") == "sound"


def test_the_first_step_is_the_start(drawn: Graph) -> None:
    graph, name = editing.add(Graph(), Kind.QUESTION)
    assert graph.start == name
    assert len(graph.nodes[name].exits) == 2


def test_what_led_to_a_deleted_step_leads_on(drawn: Graph) -> None:
    graph = editing.delete(drawn, "update")
    assert target(graph, "iphone", "then") == "done"
    assert editing.delete(drawn, "where").start == "iphone"


def test_a_moved_step_leaves_no_hole(drawn: Graph) -> None:
    graph = editing.move(drawn, "update", after="where", exit_key="web")
    assert target(graph, "iphone", "then") == "done"
    assert target(graph, "where", "web") == "update"
    assert target(graph, "update", "helped") == "sound"
    assert list(graph.nodes) == list(drawn.nodes)


def test_another_kind_keeps_where_answers_led(drawn: Graph) -> None:
    graph = editing.change_kind(drawn, "where", Kind.CHECK)
    assert (target(graph, "where", "yes"), target(graph, "where", "no")) == ("iphone", "sound")


def test_answers_are_added_moved_and_dropped(drawn: Graph) -> None:
    graph = editing.add_answer(drawn, "where")
    assert [one.key for one in graph.nodes["where"].exits] == ["app", "web", "a1"]
    graph = editing.move_answer(graph, "where", "a1", by=-1)
    assert [one.key for one in graph.nodes["where"].exits] == ["app", "a1", "web"]
    graph = editing.drop_answer(graph, "where", "app")
    assert [one.key for one in graph.nodes["where"].exits] == ["a1", "web"]


def test_what_is_not_there_changes_nothing(drawn: Graph) -> None:
    assert editing.connect(drawn, "gone", "a", to="done") == drawn
    assert editing.connect(drawn, "where", "web", to="gone") == drawn
    assert editing.delete(drawn, "gone") == drawn
    assert editing.move(drawn, "gone", after="where", exit_key="web") == drawn
    assert editing.change_kind(drawn, "gone", Kind.END) == drawn


def test_the_outline_names_every_step_once(drawn: Graph) -> None:
    lines = [(depth, node.id) for depth, node in editing.in_reading_order(drawn)]
    assert lines[:3] == [(0, "where"), (1, "iphone"), (2, "update")]
    assert sorted(name for _depth, name in lines) == sorted(drawn.nodes)


def test_no_more_steps_than_a_troubleshooter_can_have() -> None:
    full = read({"nodes": [{"id": f"n{number}", "kind": "end"} for number in range(400)]})
    graph, name = editing.add(full, Kind.END)
    assert (len(graph.nodes), name) == (300, "")
