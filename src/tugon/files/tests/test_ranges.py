"""Films are played in the page, and players ask for parts."""

import pytest
from django.test import Client

from tugon.files import holders
from tugon.files.holders import Held
from tugon.files.operations import store
from tugon.files.ranges import wanted

pytestmark = pytest.mark.django_db

FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 40


@pytest.fixture
def film(monkeypatch):
    row = store(FILM, name="a.mp4")
    assert row.media_type == "video/mp4"
    monkeypatch.setattr(
        holders, "_resolvers", {**holders._resolvers, "tried": lambda request, pk: Held(row, "a.mp4")}
    )
    return "/files/tried/1/a.mp4"


def test_a_film_is_played_in_the_page(film):
    answer = Client().get(film)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Accept-Ranges"] == "bytes"
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert b"".join(answer.streaming_content) == FILM


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-1", 0, 1), ("bytes=100-", 100, None), ("bytes=-10", -10, None)]
)
def test_a_part_is_sent_as_a_part(film, asked, start, end):
    answer = Client().get(film, headers={"Range": asked})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == FILM[start : None if end is None else end + 1]
    assert answer["Content-Length"] == str(len(FILM[start : None if end is None else end + 1]))
    assert answer["Content-Range"].endswith(f"/{len(FILM)}")


def test_a_part_beyond_the_end_is_refused_with_the_size(film):
    answer = Client().get(film, headers={"Range": "bytes=999999-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(FILM)}")


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=1-2,4-5", "items=0-1", "bytes=a-b"])
def test_what_cannot_be_read_asks_for_all(header):
    assert wanted(header, 100) is None


def test_a_film_is_saved_where_it_is_asked_for(film):
    answer = Client().get(f"{film}?download")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
