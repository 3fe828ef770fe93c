"""Drawing troubleshooters in the console: by links and plain forms."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tugon.accounts.models import Agent
from tugon.company import operations as company
from tugon.events.actors import SYSTEM
from tugon.troubleshooters import operations
from tugon.troubleshooters.graph import read
from tugon.troubleshooters.models import Troubleshooter
from tugon.troubleshooters.tests.conftest import DRAWN

HOME = "/console/troubleshooters/"


@pytest.fixture
def as_lea(client: Client, lea: Agent) -> Client:
    company.decide("languages", value=["en", "fil"], by=SYSTEM)
    client.force_login(lea)
    return client


@pytest.fixture
def video(lea: Agent) -> Troubleshooter:
    nodes = [one if one["id"] != "read" else {**one, "outcome": "chat"} for one in DRAWN["nodes"]]
    graph = read({**DRAWN, "nodes": nodes})
    row = operations.create(titles=dict(graph.titles), slug="video-will-not-play", graph=graph, by=lea.actor)
    operations.publish(row, by=lea.actor)
    return Troubleshooter.objects.get(pk=row.pk)


@pytest.fixture
def send(as_lea: Client, video: Troubleshooter) -> Callable[..., Any]:
    """Send the form of a step as the page shows it, with these changes: `send("where", do="answer")`."""

    def post(name: str, headers: dict[str, str] | None = None, **changes: Any) -> Any:
        given = {key.replace("__", "-"): value for key, value in changes.items()}
        return as_lea.post(f"{HOME}{video.pk}/steps/{name}", given, headers=headers or {})

    return post


def newest(row: Troubleshooter) -> Any:
    return Troubleshooter.objects.get(pk=row.pk).graph


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_title_begins_a_troubleshooter_and_leads_to_its_drawing(as_lea: Client) -> None:
    made = as_lea.post(f"{HOME}new", {"title": "Cannot sign in"})
    row = Troubleshooter.objects.get()
    assert made["Location"] == f"{HOME}{row.pk}/"
    assert row.slug == "cannot-sign-in"
    page = words(as_lea, made["Location"])
    assert "Nothing is drawn yet" in page
    assert as_lea.post(f"{HOME}new", {"title": " "}).status_code == 422


def test_every_page_shows(as_lea: Client, video: Troubleshooter) -> None:
    one = f"{HOME}{video.pk}/"
    steps = ("where", "iphone", "write", "nobody")
    pages = ("preview", "report", "versions", "settings")
    paths = [HOME, f"{HOME}?archived=1", one, *(f"{one}?node={name}" for name in steps)]
    for path in [*paths, *(one + name for name in pages)]:
        assert "A video will not play" in words(as_lea, path) or path.endswith("archived=1")


def test_who_may_not_draw_sees_reports_only(client: Client, ben: Agent, video: Troubleshooter) -> None:
    client.force_login(ben)
    one = f"{HOME}{video.pk}/"
    for path in (HOME, f"{one}preview", f"{one}report", f"{one}versions"):
        assert client.get(path).status_code == 200
    for path in (one, f"{one}settings"):
        assert client.get(path).status_code == 403
    for path in ("steps", "steps/where", "texts", "undo", "publication", "archive", "import", "withdrawal"):
        assert client.post(f"{one}{path}", {"do": "delete"}).status_code == 403
    assert newest(video) == video.graph


def test_the_form_of_a_step_changes_words_and_where_answers_lead(send: Any, video: Troubleshooter) -> None:
    sent = send(
        "where",
        title__en="Where?",
        title__fil="Saan?",
        label__web__en="Browser",
        to__web="write",
        kind="question",
    )
    assert sent["Location"].endswith("?node=where#step")
    node = newest(video).nodes["where"]
    assert node.titles == {"en": "Where?", "fil": "Saan?"}
    assert (node.exits[1].labels["en"], node.exits[1].to) == ("Browser", "write")
    assert node.exits[1].labels["fil"] == "In a browser (fil)"


def test_an_answer_may_lead_to_a_step_made_for_it(send: Any, video: Troubleshooter) -> None:
    sent = send("where", to__web="new:action")
    assert "node=n1" in sent["Location"]
    graph = newest(video)
    assert graph.nodes["n1"].kind == "action"
    assert graph.nodes["n1"].exit("helped").to == "sound"


def test_buttons_save_the_whole_form_first(send: Any, video: Troubleshooter) -> None:
    send("where", title__en="Typed", do="answer")
    node = newest(video).nodes["where"]
    assert (node.titles["en"], len(node.exits)) == ("Typed", 3)
    send("where", do="up:a1")
    assert [one.key for one in newest(video).nodes["where"].exits] == ["app", "a1", "web"]
    send("where", do="drop:a1")
    send("done", do="copy")
    send("sound", do="start")
    assert newest(video).start == "sound"
    assert send("update", do="delete")["Location"].endswith("?node=iphone#step")
    assert "update" not in newest(video).nodes
    send("sound", do="move", behind="where/web")
    assert newest(video).nodes["where"].exit("web").to == "sound"


def test_conditions_and_ends_have_their_own_fields(send: Any, video: Troubleshooter, as_lea: Client) -> None:
    send("iphone", fact="browser")
    assert (newest(video).nodes["iphone"].fact, newest(video).nodes["iphone"].values) == ("browser", ())
    send("iphone", fact="browser", values=["safari", "firefox"])
    assert newest(video).nodes["iphone"].values == ("safari", "firefox")
    send("write", outcome="article", article="17", form="")
    assert newest(video).nodes["write"].article == 17
    send("write", outcome="nonsense", article="x" * 99)
    assert newest(video).nodes["write"].article == 17
    send("done", kind="check")
    assert newest(video).nodes["done"].kind == "check"
    page = words(as_lea, f"{HOME}{video.pk}/?node=done")
    assert "leads nowhere" in page


def test_what_is_typed_saves_itself_and_the_drawing_follows(send: Any, video: Troubleshooter) -> None:
    answer = send("done", headers={"X-Typing": "yes"}, title__en="All is well", title__fil="Ayos na")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "All is well" in page
    assert "<html" not in page
    seen = answer["X-Seen"]
    assert send("done", headers={"X-Typing": "yes"}, title__en="Again", seen=seen)["X-Seen"] != seen


def test_two_editors_of_one_step_are_told_and_nothing_is_lost(
    send: Any, video: Troubleshooter, ada: Agent, as_lea: Client
) -> None:
    other = Client()
    other.force_login(ada)
    page = words(as_lea, f"{HOME}{video.pk}/?node=done")
    seen = page.split('name="seen" value="')[1][:16]
    other.post(f"{HOME}{video.pk}/steps/done", {"title-en": "Ada's words", "seen": seen})
    typing = send("done", headers={"X-Typing": "yes"}, title__en="Lea's words", seen=seen)
    assert typing.status_code == 409
    assert "Ada" in typing.content.decode()
    sent = send("done", title__en="Lea's words", seen=seen)
    shown = sent.content.decode()
    assert sent.status_code == 409
    assert 'value="Lea&#39;s words"' in shown
    assert "Ada&#39;s words" in shown
    assert newest(video).nodes["done"].titles["en"] == "Ada's words"
    again = shown.split('name="seen" value="')[1][:16]
    send("done", title__en="Lea's words", seen=again)
    assert newest(video).nodes["done"].titles["en"] == "Lea's words"


def test_undo_and_redo(send: Any, video: Troubleshooter, as_lea: Client) -> None:
    send("where", do="answer")
    as_lea.post(f"{HOME}{video.pk}/undo", {"node": "where"})
    assert len(newest(video).nodes["where"].exits) == 2
    as_lea.post(f"{HOME}{video.pk}/redo")
    assert len(newest(video).nodes["where"].exits) == 3
    assert as_lea.post(f"{HOME}{video.pk}/redo").status_code == 409


def test_publishing_with_problems_is_refused_in_words(
    send: Any, video: Troubleshooter, as_lea: Client
) -> None:
    send("where", to__web="")
    page = as_lea.post(f"{HOME}{video.pk}/publication", follow=True).content.decode()
    assert "cannot be published yet" in page
    assert Troubleshooter.objects.get().published.number == 1  # type: ignore[union-attr]


def test_versions_are_published_and_put_back(send: Any, video: Troubleshooter, as_lea: Client) -> None:
    send("done", title__en="All is well")
    as_lea.post(f"{HOME}{video.pk}/publication", {"note": "Friendlier"})
    page = words(as_lea, f"{HOME}{video.pk}/versions")
    assert "Friendlier" in page
    as_lea.post(f"{HOME}{video.pk}/versions/1/restoration")
    row = Troubleshooter.objects.get()
    assert row.published is not None
    assert (row.published.number, row.graph.nodes["done"].titles["en"]) == (3, "It plays again")
    assert as_lea.post(f"{HOME}{video.pk}/versions/77/restoration").status_code == 404


def test_the_preview_walks_the_draft_as_somebody_else(as_lea: Client, video: Troubleshooter) -> None:
    one = f"{HOME}{video.pk}/preview"
    assert "Update the app" in words(as_lea, f"{one}?system=ios&path=app")
    assert "Do you see a lock" in words(as_lea, f"{one}?system=android&path=app")
    assert "Update the app (fil)" in words(as_lea, f"{one}?system=ios&language=fil&path=app")
    assert "Here the walk ends" in words(as_lea, f"{one}?system=ios&path=app&path=helped")
    assert as_lea.get(f"{one}?path=<x>&path=app&system=%00").status_code == 200


def test_drafts_leave_and_come_as_files(as_lea: Client, video: Troubleshooter) -> None:
    left = as_lea.get(f"{HOME}{video.pk}/draft.json")
    data = json.loads(left.content)
    assert read(data) == video.graph
    data["nodes"] = data["nodes"][:2]
    as_lea.post(f"{HOME}{video.pk}/import", {"file": SimpleUploadedFile("x.json", json.dumps(data).encode())})
    assert len(newest(video).nodes) == 2
    page = as_lea.post(
        f"{HOME}{video.pk}/import", {"file": SimpleUploadedFile("x.json", b"[" * 9000)}, follow=True
    )
    assert "no troubleshooter" in page.content.decode()
    assert len(newest(video).nodes) == 2


def test_settings_are_kept_and_refused_in_words(as_lea: Client, video: Troubleshooter, lea: Agent) -> None:
    path = f"{HOME}{video.pk}/settings"
    as_lea.post(path, {"slug": "no-video", "visibility": "signed_in", "owner": str(lea.pk), "section": ""})
    row = Troubleshooter.objects.get()
    assert (row.slug, row.visibility, row.owner) == ("no-video", "signed_in", lea)
    refused = as_lea.post(path, {"slug": "No Video!", "visibility": "public"})
    assert refused.status_code == 422
    assert "No Video!" in refused.content.decode()


def test_a_hostile_draft_is_shown_as_words(as_lea: Client, video: Troubleshooter) -> None:
    evil = '"><script>alert(1)</script>'
    words_of = {
        "titles": {"en": evil, evil: evil},
        "bodies": {"en": evil},
        "fact": "system",
        "values": [evil],
    }
    answers = [{"key": "a1", "to": "n2", "labels": {"en": evil}}, {"key": evil[:20], "to": evil[:40]}]
    nodes = [
        {"id": evil[:40], "kind": "question", **words_of},
        {"id": "n1", "kind": "question", **words_of, "exits": answers},
        {"id": "n2", "kind": "condition", **words_of},
        {"id": "n3", "kind": "end", **words_of, "form": evil, "outcome": "ticket", "subjects": {"en": evil}},
    ]
    data = {"start": "n1", "titles": {"en": evil}, "nodes": nodes}
    file = SimpleUploadedFile("x.json", json.dumps(data).encode())
    as_lea.post(f"{HOME}{video.pk}/import", {"file": file})
    for path in ("", "?node=" + evil[:40], "?node=n1", "?node=n2", "?node=n3", "preview", "versions"):
        assert "<script>alert" not in words(as_lea, f"{HOME}{video.pk}/{path}")


def test_lists_and_editor_count_their_queries(
    as_lea: Client, video: Troubleshooter, lea: Agent, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        operations.create(titles={"en": f"Another {number}"}, by=lea.actor)
    words(as_lea, HOME)
    with django_assert_max_num_queries(12):
        words(as_lea, HOME)
    with django_assert_max_num_queries(16):
        words(as_lea, f"{HOME}{video.pk}/?node=where")
