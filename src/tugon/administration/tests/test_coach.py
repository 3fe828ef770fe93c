"""Administration › Reply coach."""

import pytest
from django.urls import reverse

from tugon.coaching.contexts import Mode
from tugon.coaching.models import CheckChoice, CoachResult, WordList
from tugon.coaching.remarking import KEYS
from tugon.coaching.settings import choices, longest_sentence, words
from tugon.lib.clock import now
from tugon.tickets.models import Message

PAGE = "administration:coach"


@pytest.fixture
def at(client, lea):
    client.force_login(lea)
    return client


def given(**changes):
    return {key: "off" if key == "no_source" else "on" for key in KEYS} | {"longest_sentence": "30"} | changes


def test_a_check_is_switched_for_everybody_and_the_longest_sentence_set(at):
    at.post(reverse(PAGE), given(jargon="off", secret="required", longest_sentence="25"))
    assert choices().everyone["jargon"] is Mode.OFF
    assert choices().everyone["secret"] is Mode.REQUIRED
    assert longest_sentence() == 25


def test_a_repeat_writes_nothing(at):
    at.post(reverse(PAGE), given())
    assert not CheckChoice.objects.exists()


def test_a_senseless_number_is_refused_in_words_and_nothing_changes(at):
    answer = at.post(reverse(PAGE), given(jargon="off", longest_sentence="2"))
    assert answer.status_code == 422
    assert choices().everyone["jargon"] is Mode.ON


def test_an_exception_holds_for_its_team_and_goes_again(at, support, members):
    at.post(
        reverse("administration:coach-exception"),
        {"check": "jargon", "whose": f"team:{support.pk}", "mode": "off"},
    )
    at.post(
        reverse("administration:coach-exception"),
        {"check": "jargon", "whose": f"audience:{members.pk}", "mode": "required"},
    )
    found = choices()
    assert found.modes(audience_id=members.pk, team_id=support.pk)["jargon"] is Mode.OFF
    assert found.modes(audience_id=members.pk, team_id=None)["jargon"] is Mode.REQUIRED
    assert found.modes(audience_id=None, team_id=None)["jargon"] is Mode.ON
    assert "Support" in at.get(reverse(PAGE)).content.decode()
    row = CheckChoice.objects.get(team=support)
    at.post(reverse("administration:coach-exception-remove", args=[row.pk]))
    assert choices().modes(audience_id=None, team_id=support.pk)["jargon"] is Mode.ON


def test_own_words_join_those_that_tugon_brings_and_some_are_left_out(at):
    at.post(
        reverse("administration:coach-words"),
        {
            "jargon_en": "widgetise = show\nfrobnicate",
            "jargon_en_left_out": "API",
            "forbidden_fil": "bahala na",
        },
    )
    found = words()
    assert found["jargon"]["en"]["widgetise"] == "show"
    assert "API" not in found["jargon"]["en"]
    assert "load balancer" in found["jargon"]["en"]
    assert found["forbidden"]["fil"] == {"bahala na"}
    assert "widgetise = show" in at.get(reverse("administration:coach-words")).content.decode()
    assert WordList.objects.count() == 2


def test_the_page_says_which_checks_annoy(at, ticket, lea):
    message = Message.objects.create(ticket=ticket, kind="outgoing", agent=lea, body="x", created_at=now())
    CoachResult.objects.create(
        message=message, agent=lea, raised=["blame"] * 12, dismissed=["blame"] * 9, created_at=now()
    )
    shown = at.get(reverse(PAGE)).content.decode()
    assert "75 %" in shown
    assert "annoys" in shown


def test_who_may_not_edit_the_coach_is_refused(client, ben):
    client.force_login(ben)
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse(PAGE), given(jargon="off")).status_code == 403
    assert choices().everyone["jargon"] is Mode.ON


def test_the_words_that_tugon_brings_can_be_read(at):
    assert "load balancer" in at.get(reverse("administration:coach-brought")).content.decode()
