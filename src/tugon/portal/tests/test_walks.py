"""Walking a troubleshooter on the portal: plain pages and forms, no script needed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer
from tugon.portal.context import Carried
from tugon.portal.identity import Visitor
from tugon.portal.troubleshooters.carrying import carried_walk
from tugon.tickets.models import Ticket
from tugon.troubleshooters import editing, operations
from tugon.troubleshooters.graph import read
from tugon.troubleshooters.models import Troubleshooter, Walk
from tugon.troubleshooters.tests.conftest import DRAWN, both

PATH = "/en/help/troubleshooters/video-will-not-play/"
HERE = {"Sec-Fetch-Site": "same-origin"}
IPHONE: Any = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E Safari/604.1"
}


@pytest.fixture
def video(lea: Agent) -> Troubleshooter:
    nodes = [one if one["id"] != "read" else {**one, "outcome": "billing"} for one in DRAWN["nodes"]]
    graph = read({**DRAWN, "nodes": nodes})
    row = operations.create(titles=dict(graph.titles), slug="video-will-not-play", graph=graph, by=lea.actor)
    operations.publish(row, by=lea.actor)
    return Troubleshooter.objects.get(pk=row.pk)


def answered(client: Client, path: str, key: str, **headers: Any) -> str:
    """Press an answer; the address of the next step."""
    sent = client.post(path, {"answer": key}, headers=HERE, **headers)
    assert sent.status_code == 303, sent.content.decode()[:400]
    return str(sent["Location"])


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_page_asks_at_once_and_an_answer_begins_a_walk(
    client: Client, video: Troubleshooter
) -> None:
    page = words(client, PATH)
    assert "Where do you watch?" in page
    assert not Walk.objects.exists()
    step = answered(client, PATH, "web")
    assert "Do you see a lock on the video?" in words(client, step)
    assert Walk.objects.get().facts["signed_in"] == "no"


def test_a_condition_asks_nothing_and_leads_by_the_device(client: Client, video: Troubleshooter) -> None:
    assert "Update the app" in words(client, answered(client, PATH, "app", **IPHONE))
    assert "Do you see a lock" in words(Client(), answered(Client(), PATH, "app"))


def test_steps_have_addresses_so_back_and_forward_work(client: Client, video: Troubleshooter) -> None:
    first = answered(client, PATH, "app", **IPHONE)
    second = answered(client, first, "not_helped")
    token = Walk.objects.get().token
    back = words(client, f"{PATH}{token}/0/")
    assert "your answer" in back
    assert f'href="{PATH}{token}/1/"' in back  # forward
    assert answered(client, f"{PATH}{token}/0/", "app") == f"{PATH}{token}/1/"
    assert len(Walk.objects.get().answers) == 2
    assert "We look into it" in words(client, second)
    answered(client, f"{PATH}{token}/0/", "web")
    assert len(Walk.objects.get().answers) == 1


def test_the_link_alone_resumes_on_another_device_and_the_first_page_remembers(
    client: Client, video: Troubleshooter
) -> None:
    answered(client, PATH, "web")
    token = Walk.objects.get().token
    resumed = Client().get(f"/fil/help/troubleshooters/video-will-not-play/{token}/", follow=True)
    assert "Do you see a lock on the video? (fil)" in resumed.content.decode()
    assert f"{PATH}{token}/" in words(client, PATH)
    assert token not in words(Client(), PATH)


def test_pages_of_a_walk_are_kept_nowhere(client: Client, video: Troubleshooter) -> None:
    answer = client.get(answered(client, PATH, "web"))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_no_answer_is_told_and_nothing_is_lost(client: Client, video: Troubleshooter) -> None:
    step = answered(client, PATH, "web")
    answer = client.post(step, {"answer": "sideways"})
    assert answer.status_code == 422
    assert "Choose one of the answers" in answer.content.decode()
    assert len(Walk.objects.get().answers) == 1


def test_an_answer_of_a_page_older_than_what_is_published_leads_to_the_first_step(
    client: Client, video: Troubleshooter, lea: Agent
) -> None:
    row = operations.save_draft(video, change=lambda graph: editing.make_start(graph, "sound"), by=lea.actor)
    row = operations.save_draft(
        row,
        change=lambda graph: editing.connect(
            editing.delete(editing.delete(graph, "where", leads_on=False), "iphone"),
            "sound",
            "no",
            to="update",
        ),
        by=lea.actor,
    )
    operations.publish(row, by=lea.actor)
    step = answered(client, PATH, "app")
    assert step.endswith("/0/")
    assert "Do you see a lock" in words(client, step)


@pytest.mark.parametrize("visibility", ["signed_in", "audiences", "agents"])
def test_what_one_may_not_read_does_not_exist(
    client: Client, video: Troubleshooter, lea: Agent, members: Audience, visibility: str
) -> None:
    operations.change(video, slug=video.slug, visibility=visibility, audiences=[members], by=lea.actor)
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, {"answer": "web"}, headers=HERE).status_code == 404
    assert "video-will-not-play" not in words(client, "/en/help/troubleshooters/")


def test_the_list_names_what_one_may_walk(client: Client, video: Troubleshooter) -> None:
    page = words(client, "/fil/help/troubleshooters/")
    assert "A video will not play (fil)" in page
    assert "/fil/help/troubleshooters/video-will-not-play/" in page


@pytest.mark.parametrize(
    "told",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
)
def test_another_site_cannot_begin_walks(client: Client, video: Troubleshooter, told: dict[str, str]) -> None:
    assert client.post(PATH, {"answer": "web"}, headers=told).status_code == 403
    assert not Walk.objects.exists()


def test_a_browser_that_names_only_the_origin_begins_a_walk(client: Client, video: Troubleshooter) -> None:
    begun = client.post(PATH, {"answer": "web"}, headers={"Origin": "http://testserver"})
    assert (begun.status_code, Walk.objects.count()) == (303, 1)


def test_a_walk_that_is_not_there_and_a_broken_number_are_404(client: Client, video: Troubleshooter) -> None:
    assert client.get(f"{PATH}nobody/").status_code == 404
    assert client.get(f"{PATH}nobody/3/").status_code == 404
    token = re.search(r"play/([\w-]+)/", answered(client, PATH, "web"))
    assert token
    far = client.get(f"{PATH}{token[1]}/99/")
    assert far["Location"] == f"{PATH}{token[1]}/1/"


def test_the_request_carries_every_answer_and_the_ticket_knows_the_walk(
    client: Client, video: Troubleshooter, fill: Callable[..., Any], lea: Agent
) -> None:
    first = answered(client, PATH, "app", **IPHONE)
    end = words(client, answered(client, first, "not_helped"))
    walk = Walk.objects.get()
    assert f"/contact/?walk={walk.token}" in end
    form = words(client, f"/contact/members/?walk={walk.token}")
    assert "Update the app" in form
    assert 'value="Video will not play"' in form
    fill(client, walk=walk.token)
    ticket = Ticket.objects.get()
    walk.refresh_from_db()
    assert walk.ticket_id == ticket.pk
    (carried,) = ticket.context["carried"]
    assert carried["lines"][:2] == [
        ["Where do you watch?", "In the app"],
        ["Update the app", "No, it did not help"],
    ]
    client.force_login(lea)
    page = words(client, f"/console/tickets/{ticket.pk}/")
    assert "No, it did not help" in page
    assert "iOS" in page


def test_what_is_carried_is_told_in_the_language_asked_for(client: Client, video: Troubleshooter) -> None:
    answered(client, PATH, "web")
    told = carried_walk(Walk.objects.get().token, Visitor(None), "fil")
    assert isinstance(told, Carried)
    assert told.lines[0] == ("Where do you watch? (fil)", "In a browser (fil)")
    assert carried_walk("nobody", Visitor(None), "en") is None


def test_a_signed_in_customer_walks_by_name(
    client: Client, video: Troubleshooter, ana: Customer, sign_in: Callable[..., None]
) -> None:
    sign_in(client, ana)
    answered(client, PATH, "web")
    walk = Walk.objects.get()
    assert walk.customer_id == ana.pk
    assert (walk.facts["signed_in"], walk.facts["audience"]) == ("yes", "members")


def test_a_first_step_that_depends_on_the_device_waits_for_start(
    client: Client, video: Troubleshooter, lea: Agent
) -> None:
    row = operations.save_draft(video, change=lambda graph: editing.make_start(graph, "iphone"), by=lea.actor)
    row = operations.save_draft(
        row, change=lambda graph: editing.connect(graph, "update", "not_helped", to="where"), by=lea.actor
    )
    operations.publish(row, by=lea.actor)
    page = words(client, PATH)
    assert "Start" in page
    assert "Update the app" not in page
    begun = client.post(PATH, headers=HERE, **IPHONE)
    assert "Update the app" in words(client, begun["Location"])


def test_hostile_words_stay_words(client: Client, lea: Agent) -> None:
    graph = read(
        {
            **DRAWN,
            "nodes": [
                {"id": "where", "kind": "end", "outcome": "ticket", "titles": both("<script>alert(1)</script>"),
                 "bodies": both("<img src=x onerror=alert(1)>\n- [x](javascript:alert(1))")}
            ],
        }
    )  # fmt: skip
    row = operations.create(titles=both("<b>Title</b>"), slug="hostile", graph=graph, by=lea.actor)
    operations.publish(row, by=lea.actor)
    page = words(client, "/en/help/troubleshooters/hostile/")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_pages_ask_the_database_little(
    client: Client, video: Troubleshooter, django_assert_max_num_queries: Any
) -> None:
    step = answered(client, PATH, "web")
    words(client, step)
    with django_assert_max_num_queries(8):
        words(client, step)
