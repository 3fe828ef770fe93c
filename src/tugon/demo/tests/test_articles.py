"""The articles of the demo, as files: nothing of them needs a database."""

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from tugon.demo.facts import FACTS
from tugon.demo.helpcenter.pictures import PICTURES
from tugon.demo.helpcenter.reading import BadSheet, read, sheets
from tugon.demo.helpcenter.structure import CHAPTERS
from tugon.demo.house import AGENTS, AUDIENCES, PLANS
from tugon.facts.referencing import keys_in

ALL = sheets()
KEYS = {sheet.key for sheet in ALL}
NAMES = [f"{sheet.key}.{sheet.language}" for sheet in ALL]
PAIRS = Path(__file__).parents[4] / "bench" / "suggest" / "pairs.csv"
_LINK = re.compile(r"(!?)\[[^\]]+\]\((?P<where>[^)]+)\)")


def words_of(body):
    return re.sub(r"[|>#*`\-]", " ", body).split()


def test_there_are_forty_articles_or_more_in_both_languages_over_three_audiences():
    languages = Counter(sheet.language for sheet in ALL)
    assert languages["en"] >= languages["fil"] >= 40
    assert {key for sheet in ALL for key in sheet.audiences} == {key for key, *_rest in AUDIENCES}
    assert len(CHAPTERS) >= 6
    assert sum(len(chapter.shelves) for chapter in CHAPTERS) >= 12


def test_what_shows_the_special_cases_is_there():
    by_language = {
        language: {sheet.key for sheet in ALL if sheet.language == language} for language in ("en", "fil")
    }
    assert len(by_language["en"] - by_language["fil"]) == 2
    assert len([sheet for sheet in ALL if sheet.is_behind]) == 3
    seen = Counter(sheet.visibility for sheet in ALL if sheet.language == "en")
    assert (seen["agents"], seen["signed_in"], seen["plans"]) == (2, 2, 1)


@pytest.mark.parametrize("sheet", ALL, ids=NAMES)
def test_an_article_can_be_read(sheet):
    assert 110 <= len(words_of(sheet.body)) <= 360
    assert 10 <= len(sheet.title) <= 100
    assert 20 <= len(sheet.summary) <= 200
    assert sheet.body.count("```") % 2 == 0
    if sheet.kind == "guide":
        assert re.search(r"(?m)^3\. ", sheet.body), "a guide has steps"


@pytest.mark.parametrize("sheet", ALL, ids=NAMES)
def test_an_article_stands_where_there_is_a_place_for_it(sheet):
    places = {(chapter.slug, shelf.slug) for chapter in CHAPTERS for shelf in chapter.shelves}
    assert (sheet.category, sheet.section) in places
    assert sheet.owner in {address for address, *_rest in AGENTS}
    assert set(sheet.plans) <= PLANS.keys()
    assert (sheet.key, sheet.source) in {(one.key, one.language) for one in ALL}


@pytest.mark.parametrize("sheet", ALL, ids=NAMES)
def test_every_link_and_picture_leads_somewhere(sheet):
    for match in _LINK.finditer(sheet.body):
        scheme, _colon, name = match["where"].partition(":")
        if match[1]:
            assert (scheme, name in PICTURES) == ("picture", True)
        else:
            assert (scheme, name in KEYS) == ("article", True)
            assert name != sheet.key


@pytest.mark.parametrize("sheet", [one for one in ALL if one.visibility == "public"], ids=lambda one: one.key)
def test_a_public_article_sends_nobody_to_what_only_agents_read(sheet):
    hidden = {one.key for one in ALL if one.visibility == "agents"}
    assert not hidden & set(re.findall(r"article:([a-z-]+)", sheet.body))


@pytest.mark.parametrize("sheet", ALL, ids=NAMES)
def test_every_fact_named_is_one_of_the_demo(sheet):
    assert keys_in(sheet.body) <= {fact.key for fact in FACTS}
    assert sheet.body.count("{{") == len(re.findall(r"\{\{ [a-z_.]+ \}\}", sheet.body))


def test_both_languages_of_an_article_say_where_it_stands_alike():
    for sheet in ALL:
        for other in ALL:
            if other.key == sheet.key:
                assert (other.section, other.kind, other.visibility) == (
                    sheet.section, sheet.kind, sheet.visibility,
                )  # fmt: skip


def test_no_two_articles_of_a_language_share_a_title():
    assert len({(sheet.language, sheet.title) for sheet in ALL}) == len(ALL)


@pytest.mark.parametrize("text", ["# no head", "---\ntitle\n---\nbody", "---\ntitle: T\n---\nbody"])
def test_a_file_without_a_proper_head_is_named(text):
    with pytest.raises(BadSheet, match=r"lost\.en\.md"):
        read("lost.en.md", text)


def pairs():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_labelled_set_asks_for_articles_that_are_there():
    rows = pairs()
    assert len(rows) >= 180
    assert {row["article"] for row in rows} == KEYS - {one.key for one in ALL if one.visibility == "agents"}
    assert min(Counter(row["article"] for row in rows).values()) >= 3
    assert len({row["query"].lower() for row in rows}) == len(rows)


def test_the_labelled_set_is_split_by_the_query_alone():
    for row in pairs():
        first = hashlib.sha256(row["query"].strip().lower().encode()).digest()[0]
        assert row["split"] == ("test" if first % 2 else "dev")


def test_a_query_across_languages_has_no_article_in_its_own():
    there = {(sheet.key, sheet.language) for sheet in ALL}
    for row in pairs():
        language = {"taglish": "fil"}.get(row["language"], row["language"])
        assert ((row["article"], language) not in there) == (row["kind"] == "cross_language"), row["query"]
