"""One question to somebody's server: every way it can go, in words, within seconds."""

import time

import pytest

from tugon.assistant.endpoint import MOST_BYTES, Service, ask, text_of
from tugon.assistant.errors import TROUBLES, Trouble

HELLO = [{"role": "user", "content": "Hello"}]


def asked(service, *, seconds=5.0, key="", **more):
    return ask(Service(service.address, "small-1", key, seconds), HELLO, **more)


def trouble(service, **more):
    with pytest.raises(Trouble) as told:
        asked(service, **more)
    assert told.value.code in TROUBLES
    return told.value


def test_the_words_are_asked_for_with_model_and_key(service):
    service.says, service.key = "Good day", "very-secret"
    assert asked(service, key="very-secret") == "Good day"
    [heard] = service.heard
    assert heard["path"] == "/v1/chat/completions"
    assert heard["asked"] == {"model": "small-1", "messages": HELLO, "stream": False}


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        ("nonsense", "nonsense"),
        ("other", "nonsense"),
        ("deep", "nonsense"),
        ("quota", "quota"),
        ("broken", "broken"),
        ("unknown", "no-model"),
    ],
)
def test_what_a_service_does_wrong_is_told_in_plain_words(service, manner, code):
    service.manner = manner
    assert trouble(service).code == code


def test_a_wrong_key_is_told_with_what_the_service_says(service):
    service.key = "right"
    told = trouble(service, key="wrong")
    assert told.code == "wrong-key"
    assert "Incorrect API key" in told.said


def test_a_redirect_is_not_followed(service):
    service.manner = "elsewhere"
    assert trouble(service, key="very-secret").code == "redirected"
    assert len(service.heard) == 1


def test_a_service_that_says_nothing_is_left_after_its_seconds(service):
    service.manner = "silent"
    begun = time.monotonic()
    assert trouble(service, seconds=0.6).code == "no-answer"
    assert time.monotonic() - begun < 2


def test_an_answer_without_an_end_is_left_after_its_seconds_and_no_longer_read(service):
    service.manner = "endless"
    begun = time.monotonic()
    assert trouble(service, seconds=0.8).code == "no-answer"
    assert time.monotonic() - begun < 2
    assert service.gone.wait(5), "the connection stays open"


def test_ten_megabytes_are_not_read(service):
    service.manner = "huge"
    assert trouble(service).code == "too-big"
    assert service.gone.wait(5)
    assert service.written < 10 * MOST_BYTES


def test_whoever_cancels_waits_no_longer(service):
    service.manner = "silent"
    begun = time.monotonic()
    assert (
        trouble(service, seconds=30, is_cancelled=lambda: time.monotonic() - begun > 0.3).code == "cancelled"
    )
    assert time.monotonic() - begun < 2


def test_nobody_there_is_told():
    with pytest.raises(Trouble) as told:
        ask(Service("http://127.0.0.1:9/v1", "small-1"), HELLO)
    assert told.value.code == "unreachable"


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b'{"choices": [{"message": {"content": null}}]}', b"\xff\xfe", b'{"choices": 7}'],
)
def test_what_is_no_answer_is_nonsense(content):
    with pytest.raises(Trouble, match="nonsense"):
        text_of(content)


def test_an_answer_in_parts_is_put_together():
    assert (
        text_of(
            b'{"choices": [{"message": {"content": [{"type": "text", "text": "Good "}, {"text": "day"}]}}]}'
        )
        == "Good day"
    )
