from datetime import UTC, datetime
from random import Random

import pytest

from tugon.demo.casting import FATES, Person, cast
from tugon.demo.threads import fill, first_name, threads, words_for

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
PEOPLE = [
    Person(place, audience, language)
    for place, (audience, language) in enumerate(
        (audience, language)
        for audience in ("members", "creators", "studios")
        for language in ("en", "fil", "es")
    )
]


def test_there_are_sixty_different_conversations_or_more():
    assert len({thread.key for thread in threads()}) == len(threads()) >= 60
    assert all(2 <= len(thread.said) <= 8 for thread in threads())
    assert {thread.language for thread in threads()} == {"en", "fil", "es"}


@pytest.mark.parametrize("thread", threads(), ids=lambda thread: thread.key)
def test_every_text_can_be_filled_in(thread):
    words = words_for(
        Random(1), name="Ana Santos", username="ana", studio="", language=thread.language, at=NOW
    )
    words |= {"agent": "Bea", "peer": "Noor Abdulla"}
    for text in (*thread.subjects, *(one.text for one in thread.said)):
        filled = fill(text, words, Random(1))
        assert "{" not in filled
        assert "|" not in filled


def test_a_choice_takes_one_of_its_words():
    assert fill("[Hi|Hello] {name}", {"name": "Ana"}, Random(3)) in ("Hi Ana", "Hello Ana")


def test_the_same_seed_tells_the_same_stories():
    assert cast(threads(), PEOPLE, now=NOW) == cast(threads(), PEOPLE, now=NOW)


def test_every_story_lies_in_the_past_and_in_its_order():
    stories = cast(threads(), PEOPLE, now=NOW)
    assert len(stories) == sum(FATES.values())
    for story in stories:
        assert list(story.moments) == sorted(story.moments)
        assert story.moments[-1] <= story.ended_at < NOW
    assert {story.thread.key for story in stories} == {thread.key for thread in threads()}


def test_old_ladies_keep_their_title():
    assert first_name("Aling Nena Ramos") == "Aling Nena"
    assert first_name("Maria Clara Dizon") == "Maria"
