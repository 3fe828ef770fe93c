import contextlib
import socket
import time

import numpy as np
import pytest

from tugon.meaning import client, embedder, shelves, wire
from tugon.meaning.embedders import MeaningUnavailable
from tugon.meaning.matrix import Matrix
from tugon.meaning.models import Vector


def test_without_the_process_one_is_told_at_once_and_not_asked_again_for_a_while(warm):
    began = time.monotonic()
    assert [embedder() for _ in range(1000)] == [None] * 1000
    assert client.nearest("articles", "refund", most=3) == client.Neighbours()
    assert time.monotonic() - began < 0.1


def test_the_process_gives_the_vectors_of_its_provider(warm, desk):
    warm()
    found = embedder()
    assert (found.model, found.dimension) == (desk.embedder.model, 32)
    assert found.queries(["refund"])[0] == pytest.approx(desk.embedder.queries(["refund"])[0], abs=1e-6)
    assert found.passages(["refund", "money"]).shape == (2, 32)
    assert found.passages([]).shape == (0, 32)


def test_a_process_that_was_killed_and_started_again_is_found_again(warm):
    warm()
    assert embedder() is not None
    warm.stop()
    with pytest.raises(MeaningUnavailable):
        client.ask({"ask": "hello"})
    assert embedder() is None
    warm()
    client._rests_until = 0
    assert embedder().queries(["refund"]).shape == (1, 32)


def test_a_process_that_hangs_costs_three_short_waits(warm, monkeypatch):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(wire.socket_path()))
        silent.listen()
        began = time.monotonic()
        for _ in range(50):
            assert client.nearest("articles", "refund", most=3).near == {}
        assert 0.1 < time.monotonic() - began < 0.9


def test_an_answer_that_nobody_took_is_not_taken_for_the_next(warm):
    warm()
    client.ask_later({"ask": "queries", "texts": ["refund"]})
    assert client.ask({"ask": "queries", "texts": ["refund", "money"]})[1] != b""
    assert client.ask({"ask": "hello"})[0]["dimension"] == 32


def test_while_the_provider_loads_questions_are_refused_with_the_reason(warm, desk):
    desk.embedder = None
    warm()
    with pytest.raises(MeaningUnavailable, match="loaded"):
        client.ask({"ask": "hello"})


@pytest.mark.parametrize(
    "question",
    [
        {}, {"ask": "steal"}, {"ask": "queries"}, {"ask": "queries", "texts": [1]},
        {"ask": "queries", "texts": ["x"] * 257}, {"ask": "nearest", "shelf": "a", "text": None},
        {"ask": "nearest", "text": "a", "most": "many"},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_without_sense_is_refused_and_the_next_is_answered(warm, question):
    warm()
    with pytest.raises(MeaningUnavailable):
        client.ask(question)
    assert client.ask({"ask": "hello"})[0]["dimension"] == 32


def test_noise_on_the_socket_ends_that_connection_only(warm):
    warm()
    for noise in (b"\xff" * 64, b"\x05\0\0\0\0\0\0\0[1,2]", b"GET / HTTP/1.0\r\n\r\n"):
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(wire.socket_path()))
            stranger.settimeout(2)
            stranger.sendall(noise)
            with contextlib.suppress(ConnectionResetError):
                assert stranger.recv(10) == b""
    assert embedder() is not None


@pytest.mark.django_db
def test_what_is_kept_on_a_shelf_is_found_by_its_meaning(warm, desk):
    warm()
    shelves.keep("articles", {7: ["refund", "refund money"], 9: ["a b c"], 11: ["d e f"]})
    matrix = Matrix("articles", model=desk.embedder.model, dimension=32)
    matrix.refresh(at_once=True)
    found = matrix.nearest(desk.embedder.passages(["refund"])[0], most=2)
    assert found["near"][0][0] == 7
    assert len(found["near"]) == 2
    assert found["spread"] > 0


@pytest.mark.django_db
def test_a_shelf_follows_what_is_replaced_and_dropped(warm, desk):
    warm()
    shelves.keep("articles", {7: ["refund", "money"], 9: ["a b c"]})
    matrix = Matrix("articles", model=desk.embedder.model, dimension=32)
    matrix.refresh(at_once=True)
    assert len(matrix) == 3
    shelves.keep("articles", {7: ["money"]})
    matrix.refresh(at_once=True)
    assert len(matrix) == 2
    shelves.drop("articles", [9])
    matrix.refresh(at_once=True)
    assert [key for key, _ in matrix.nearest(np.ones(32, np.float32), most=9)["near"]] == [7]


@pytest.mark.django_db
def test_vectors_of_another_model_are_not_compared(warm, desk):
    Vector.objects.create(shelf="articles", key=1, part=0, model="other", numbers=b"\0" * 64)
    Vector.objects.create(shelf="articles", key=2, part=0, model=desk.embedder.model, numbers=b"\0" * 10)
    matrix = Matrix("articles", model=desk.embedder.model, dimension=32)
    matrix.refresh(at_once=True)
    assert len(matrix) == 0
