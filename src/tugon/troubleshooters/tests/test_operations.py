"""Drafts, versions and walks in the database."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer, Plan
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.lib.clock import now, standing_at
from tugon.lib.errors import NotAllowed
from tugon.tickets.models import Ticket
from tugon.troubleshooters import editing, operations, reporting
from tugon.troubleshooters.errors import (
    AnswerMissing,
    GraphUnreadable,
    NothingToRedo,
    NothingToUndo,
    NotOffered,
    NotPublishable,
    SlugInvalid,
    SlugTaken,
    StepChanged,
)
from tugon.troubleshooters.graph import Graph, write
from tugon.troubleshooters.models import Troubleshooter, Visibility, Walk
from tugon.troubleshooters.operations.drawing import fingerprint

Walking = Callable[..., Walk]


class Reader:
    """Somebody who reads, as the help center knows them."""

    def __init__(self, **known: Any) -> None:
        self.signed_in: bool = known.get("signed_in", False)
        self.audience_id: int | None = known.get("audience_id")
        self.plan_id: int | None = known.get("plan_id")
        self.is_agent: bool = known.get("is_agent", False)


def rename(words: str) -> Callable[[Graph], Graph]:
    return lambda graph: graph.with_node(replace(graph.nodes["done"], titles={"en": words}))


def facts(row: Troubleshooter) -> list[str]:
    return list(Event.objects.about("troubleshooter", row.pk).values_list("name", flat=True))


def test_what_is_drawn_is_published_and_walked(video: Troubleshooter, walking: Walking) -> None:
    assert facts(video) == ["TroubleshooterCreated", "TroubleshooterPublished"]
    walk = walking("app", "helped", system="ios")
    assert (walk.outcome, walk.at_node) == ("solved", "done")
    assert walk.ended_at is not None
    assert facts(video)[-1] == "WalkFinished"


def test_only_who_may_draws(video: Troubleshooter, ben: Agent) -> None:
    for attempt in (
        lambda: operations.create(titles={"en": "Mine"}, by=ben.actor),
        lambda: operations.save_draft(video, change=rename("x"), by=ben.actor),
        lambda: operations.import_draft(video, text="{}", by=ben.actor),
        lambda: operations.publish(video, by=ben.actor),
        lambda: operations.undo(video, by=ben.actor),
        lambda: operations.archive(video, by=ben.actor),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert Troubleshooter.objects.get().draft == video.draft


def test_a_broken_draft_is_kept_and_not_published(video: Troubleshooter, lea: Agent) -> None:
    row = operations.save_draft(
        video, change=lambda graph: editing.connect(graph, "sound", "yes", to="sound"), by=lea.actor
    )
    row = operations.save_draft(
        row, change=lambda graph: editing.connect(graph, "sound", "no", to="sound"), by=lea.actor
    )
    row = operations.save_draft(
        row, change=lambda graph: editing.connect(graph, "sound", "unsure", to="sound"), by=lea.actor
    )
    with pytest.raises(NotPublishable, match="never reach an end"):
        operations.publish(row, by=lea.actor)
    row.refresh_from_db()
    assert row.published is not None
    assert row.published.number == 1


def test_publishing_the_same_again_makes_no_version(video: Troubleshooter, lea: Agent) -> None:
    operations.publish(video, by=lea.actor)
    assert video.versions.count() == 1
    assert facts(video).count("TroubleshooterPublished") == 1


def test_a_change_is_undone_and_brought_back_and_a_new_one_ends_that(
    video: Troubleshooter, lea: Agent
) -> None:
    row = operations.save_draft(video, change=rename("Second"), by=lea.actor)
    row = operations.undo(row, by=lea.actor)
    assert row.graph.nodes["done"].titles["en"] == "It plays again"
    row = operations.redo(row, by=lea.actor)
    assert row.graph.nodes["done"].titles == {"en": "Second"}
    row = operations.undo(row, by=lea.actor)
    row = operations.save_draft(row, change=rename("Third"), by=lea.actor)
    with pytest.raises(NothingToRedo):
        operations.redo(row, by=lea.actor)
    row = operations.undo(row, by=lea.actor)
    with pytest.raises(NothingToUndo):
        operations.undo(row, by=lea.actor)


def test_two_people_on_one_step_are_told_and_on_two_steps_never_meet(
    video: Troubleshooter, lea: Agent, ada: Agent
) -> None:
    seen, elsewhere = fingerprint(video.graph, "done"), fingerprint(video.graph, "where")
    operations.save_draft(video, change=rename("Ada's words"), touches="done", seen=seen, by=ada.actor)
    with pytest.raises(StepChanged, match="Ada"):
        operations.save_draft(video, change=rename("Lea's words"), touches="done", seen=seen, by=lea.actor)
    operations.save_draft(
        video,
        change=lambda graph: editing.add_answer(graph, "where"),
        touches="where",
        seen=elsewhere,
        by=lea.actor,
    )
    row = Troubleshooter.objects.get(pk=video.pk)
    assert row.graph.nodes["done"].titles == {"en": "Ada's words"}
    assert len(row.graph.nodes["where"].exits) == 3


def test_an_older_version_is_put_back_as_a_new_one(video: Troubleshooter, lea: Agent) -> None:
    row = operations.save_draft(video, change=rename("Second"), by=lea.actor)
    operations.publish(row, note="Better words", by=lea.actor)
    version = operations.roll_back(row, to=1, by=lea.actor)
    row.refresh_from_db()
    assert (version.number, row.published_id) == (3, version.pk)
    assert row.draft == version.data
    assert operations.undo(row, by=lea.actor).draft["nodes"] != version.data["nodes"]


def test_addresses_are_plain_and_taken_once(video: Troubleshooter, lea: Agent) -> None:
    other = operations.create(titles={"en": "Video will not play!"}, by=lea.actor)
    assert other.slug == "video-will-not-play-2"
    with pytest.raises(SlugTaken):
        operations.change(other, slug="video-will-not-play", visibility="public", by=lea.actor)
    with pytest.raises(SlugInvalid):
        operations.change(other, slug="../admin", visibility="public", by=lea.actor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"nodes": ' * 3000,
        "[" * 100_000,
        '{"x": "' + "y" * 1_100_000 + '"}',
        b"\xff\xfe{}",
    ],
)
def test_what_is_no_troubleshooter_is_refused_and_the_draft_stands(
    video: Troubleshooter, lea: Agent, text: str | bytes
) -> None:
    with pytest.raises(GraphUnreadable):
        operations.import_draft(video, text=text, by=lea.actor)
    assert Troubleshooter.objects.get().draft == video.draft


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"nodes": {"id": 3}, "start": ["x"]}',
        '{"nodes": [{"id": "a", "kind": "check", "exits": [{"key": "yes", "to": "a"}]}], "start": "a"}',
        '{"titles": {"en": "nul \\u0000 and \\ud800 lone"}, "nodes": [1e999, NaN, 10000000000000000000000]}',
        '{"nodes": [{"id": "a", "kind": "end", "titles": {"en": "<script>alert(1)</script>"}}], "start": "a"}',
        '{"nodes": [{"id": "a", "kind": "end"}, {"id": "a", "kind": "question"}], "start": "a"}',
    ],
)
def test_hostile_and_broken_drafts_are_kept(video: Troubleshooter, lea: Agent, text: str) -> None:
    row = operations.import_draft(video, text=text, by=lea.actor)
    assert Troubleshooter.objects.get(pk=row.pk).draft_edit == 2
    with pytest.raises(NotPublishable):
        operations.publish(row, by=lea.actor)
    assert operations.undo(row, by=lea.actor).draft == video.draft


values = st.text() | st.floats() | st.integers() | st.none()
drafts = st.dictionaries(
    st.sampled_from(["nodes", "start", "titles"]),
    st.recursive(values, lambda one: st.lists(one, max_size=3), max_leaves=6),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts)
def test_any_json_is_kept(video: Troubleshooter, lea: Agent, data: Any) -> None:
    operations.import_draft(video, text=json.dumps(data), by=lea.actor)


def test_a_walk_goes_on_in_its_own_version(video: Troubleshooter, lea: Agent, walking: Walking) -> None:
    walk = walking("app", system="ios")
    row = operations.save_draft(video, change=lambda graph: editing.delete(graph, "update"), by=lea.actor)
    operations.publish(row, by=lea.actor)
    walk = operations.answer(walk, at_step=1, key="not_helped", by=SYSTEM)
    assert (walk.version.number, walk.outcome) == (1, "ticket")


def test_going_back_and_answering_otherwise_opens_the_walk_again(walking: Walking) -> None:
    walk = walking("app", "helped", system="ios")
    walk = operations.answer(walk, at_step=0, key="web", by=SYSTEM)
    assert (walk.outcome, walk.ended_at, walk.at_node) == ("", None, "sound")
    assert len(walk.answers) == 1


def test_the_same_answer_twice_changes_nothing(video: Troubleshooter, walking: Walking) -> None:
    walk = walking("app", "helped", system="ios")
    again = operations.answer(walk, at_step=1, key="helped", by=SYSTEM)
    assert again.answers == walk.answers
    assert operations.answer(walk, at_step=2, key="helped", by=SYSTEM).answers == walk.answers
    assert facts(video).count("WalkFinished") == 1


def test_an_answer_that_is_not_there_is_refused_in_words(walking: Walking) -> None:
    walk = walking()
    with pytest.raises(AnswerMissing, match="Choose one"):
        operations.answer(walk, at_step=0, key="", by=SYSTEM)


def test_what_is_not_published_is_not_begun(video: Troubleshooter, lea: Agent) -> None:
    row = operations.unpublish(video, by=lea.actor)
    with pytest.raises(NotOffered):
        operations.begin(row, language="en", facts={}, by=SYSTEM)


def test_a_walk_tells_its_steps_in_both_languages_and_joins_one_ticket(
    walking: Walking, ticket: Ticket, write_in: Any, facts: Callable[..., list[str]]
) -> None:
    walk = walking("app", "not_helped", system="ios")
    assert walk.steps_in_words("en") == [
        ("Where do you watch?", "In the app"),
        ("Update the app", "No, it did not help"),
    ]
    assert walk.steps_in_words("fil")[0] == ("Where do you watch? (fil)", "In the app (fil)")
    operations.attach(walk, ticket.pk, by=SYSTEM)
    operations.attach(walk, write_in("Another").pk, by=SYSTEM)
    assert Walk.objects.get().ticket_id == ticket.pk
    assert facts(ticket).count("WalkJoinedTicket") == 1
    assert operations.join(ticket.pk, token="nobody", by=SYSTEM) is None


def test_whoever_does_nothing_for_a_day_has_left_and_may_come_back(walking: Walking) -> None:
    with standing_at(now() - timedelta(hours=25)):
        walk = walking("web")
    walking("web")
    assert operations.mark_left() == 1
    assert Walk.objects.get(pk=walk.pk).outcome == "left"
    assert operations.answer(walk, at_step=1, key="yes", by=SYSTEM).outcome == "article"


def test_readers_see_what_is_meant_for_them(
    video: Troubleshooter, lea: Agent, members: Audience, premium: Plan
) -> None:
    anonymous, known = Reader(), Reader(signed_in=True)
    member = Reader(signed_in=True, audience_id=members.pk)
    payer, agent = Reader(signed_in=True, plan_id=premium.pk), Reader(is_agent=True)
    claims = Reader(audience_id=members.pk)
    expected = {
        Visibility.PUBLIC: {anonymous, known, member, payer, agent, claims},
        Visibility.SIGNED_IN: {known, member, payer, agent},
        Visibility.AUDIENCES: {member, agent},
        Visibility.PLANS: {payer, agent},
        Visibility.AGENTS: {agent},
    }
    for visibility, readers in expected.items():
        operations.change(
            video, slug=video.slug, visibility=visibility, audiences=[members], plans=[premium], by=lea.actor
        )
        for reader in (anonymous, known, member, payer, agent, claims):
            found = Troubleshooter.objects.published().readable_by(reader).exists()
            assert found == (reader in readers), (visibility, vars(reader))


def test_searchers_get_title_summary_and_every_text(video: Troubleshooter) -> None:
    row = Troubleshooter.objects.published().get()
    assert row.title_in("fil") == "A video will not play (fil)"
    assert row.summary_in("en") == "Find out why in three steps."
    assert "Do you see a lock" in row.text_in("en")
    assert "In a browser (fil)" in row.text_in("fil")
    assert row.path_in("fil") == "/fil/help/troubleshooters/video-will-not-play/"


def test_the_report_says_where_people_leave_and_what_helps(
    video: Troubleshooter, walking: Walking, ticket: Ticket, ana: Customer, django_assert_num_queries: Any
) -> None:
    walking("app", "helped", system="ios")
    walking("web", "yes")
    operations.attach(walking("app", "not_helped", system="ios", customer=ana), ticket.pk, by=SYSTEM)
    with standing_at(now() - timedelta(days=2)):
        walking("web")
        walking()
    operations.mark_left()
    walking("web")
    period: Any = {"start": now() - timedelta(days=30), "end": now() + timedelta(minutes=1)}
    chosen = reporting.chosen(video, **period)
    with django_assert_num_queries(1):
        totals = reporting.totals(chosen)
    assert (totals.walks, totals.helped, totals.tickets, totals.left, totals.under_way) == (6, 2, 1, 2, 1)
    assert totals.share(totals.helped) == pytest.approx(0.4)
    with django_assert_num_queries(2):
        steps = {one.node.id: one for one in reporting.steps(video.graph, chosen)}
    assert (steps["where"].came, steps["where"].left) == (6, 1)
    assert (steps["sound"].came, steps["sound"].left, steps["sound"].under_way) == (3, 1, 1)
    assert (steps["write"].ended, steps["write"].tickets) == (1, 1)
    assert "iphone" not in steps
    assert reporting.totals(reporting.chosen(video, language="fil", **period)).walks == 0
    with django_assert_num_queries(1):
        assert reporting.overview([video], since=now() - timedelta(days=30))[video.pk].walks == 6


def test_drafts_keep_no_more_than_their_last_states(
    video: Troubleshooter, lea: Agent, monkeypatch: Any
) -> None:
    monkeypatch.setattr(operations.drawing, "MOST_EDITS", 5)
    row = video
    for number in range(9):
        row = operations.save_draft(row, change=rename(str(number)), by=lea.actor)
    assert row.edits.count() == 5
    assert write(row.graph) == row.draft
