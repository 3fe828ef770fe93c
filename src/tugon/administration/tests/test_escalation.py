"""Levels, departments and rotas are set up; what makes no sense is refused in words."""

from datetime import date

import pytest

from tugon.channels.models import Mailbox
from tugon.escalation.models import Department, Level, Rota, RotaOverride
from tugon.events.models import Event

NAMES = {"names_en": "Lead", "names_fil": "Pinuno", "steps_en": "Call her", "position": "2"}
URGENT = {"c-0-group": "all", "c-0-field": "priority", "c-0-is": "at_least", "c-0-value": "4"}


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def test_a_level_is_made_with_criteria_and_effects(desk, support, lea):
    answer = desk.post(
        "/administration/levels/new",
        {**NAMES, **URGENT, "team": support.pk, "raises_to": "3", "people": [lea.pk], "tells_leads": "on"},
    )
    assert answer.status_code == 302
    level = Level.objects.get()
    assert level.names == {"en": "Lead", "fil": "Pinuno"}
    assert level.criteria["all"] == [{"field": "priority", "is": "at_least", "value": 4}]
    assert (level.team, level.raises_to, level.tells_leads) == (support, 3, True)
    assert list(level.people.all()) == [lea]
    listed = desk.get("/administration/levels").content.decode()
    assert "2. Lead" in listed
    assert "Priority is at least Urgent" in listed
    assert Event.objects.named("ConfigurationChanged").exists()


def test_a_level_is_changed_and_its_criteria_can_go(desk):
    level = Level.objects.create(
        position=2,
        names={"en": "Lead"},
        criteria={"all": [{"field": "unanswered", "is": "is", "value": True}]},
    )
    html = desk.get(f"/administration/levels/{level.pk}").content.decode()
    assert "unanswered" in html
    desk.post(f"/administration/levels/{level.pk}", {**NAMES, "names_en": "Leads"})
    level.refresh_from_db()
    assert (level.names["en"], level.criteria) == ("Leads", {})


def test_two_levels_cannot_have_one_place(desk):
    Level.objects.create(position=2, names={"en": "Other"})
    answer = desk.post("/administration/levels/new", NAMES)
    assert answer.status_code == 422
    assert "Another level has this place" in answer.content.decode()
    assert Level.objects.count() == 1


def test_criteria_that_cannot_be_used_are_refused_in_words_and_nothing_typed_is_lost(desk):
    answer = desk.post(
        "/administration/levels/new",
        {**NAMES, "c-0-group": "all", "c-0-field": "tags", "c-0-is": "any_of"},
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Pinuno" in html
    assert not Level.objects.exists()


def test_the_preview_adds_a_row_and_counts_what_fits(desk, ticket):
    html = desk.post(
        "/administration/levels/new/criteria",
        {**NAMES, **URGENT, "add": "any"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "c-1-field" in html
    assert "open tickets fit now" in html or "open ticket fits now" in html


def test_an_archived_level_is_offered_no_more(desk):
    level = Level.objects.create(position=1, names={"en": "Tier 2"})
    desk.post(f"/administration/levels/{level.pk}/archive")
    level.refresh_from_db()
    assert level.archived_at
    desk.post(f"/administration/levels/{level.pk}/archive", {"restore": "1"})
    level.refresh_from_db()
    assert level.archived_at is None


def test_a_department_is_made_and_an_address_of_our_own_refused(desk, mailbox: Mailbox):
    given = {"names_en": "Payments", "language": "en", "hours_to_answer": "4", "position": "0"}
    answer = desk.post("/administration/departments/new", {**given, "address": "Help+x@company.example"})
    assert answer.status_code == 422
    assert "is a mailbox of Tugon" in answer.content.decode()
    desk.post("/administration/departments/new", {**given, "address": "Desk@payments.example"})
    assert Department.objects.get().address == "desk@payments.example"
    assert "Payments" in desk.get("/administration/departments").content.decode()


def rota_of(people):
    return {
        "name": "Nights",
        "starts_on": "2026-01-05",
        "changes_at": "09:00",
        "zone": "Asia/Manila",
        "repeat_minutes": "10",
        "calls_each": "2",
        "people": people,
    }


def test_a_rota_is_made_of_people_in_their_order_and_shows_the_weeks(desk, ben, lea):
    desk.post(
        "/administration/on-call/new", rota_of(f"{lea.email}\n{ben.email.upper()}, phone@pager.example")
    )
    rota = Rota.objects.get()
    assert rota.starts_on == date(2026, 1, 5)
    assert [(one.agent, one.address) for one in rota.places.all()] == [
        (lea, ""),
        (ben, "phone@pager.example"),
    ]
    html = desk.get(f"/administration/on-call/{rota.pk}").content.decode()
    assert html.count("Lea Lim") >= 4
    assert "Lea Lim" in desk.get("/administration/on-call").content.decode() or "Ben" in html


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("nobody@else.example", "Nobody who works here"),
        ("  ", "required"),
        ("ben@company.example, not an address", "valid email"),
    ],
)
def test_a_rota_of_strangers_is_refused(desk, ben, people, words):
    answer = desk.post("/administration/on-call/new", rota_of(people))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Rota.objects.exists()


def test_an_impossible_zone_is_refused(desk, ben):
    answer = desk.post("/administration/on-call/new", {**rota_of(ben.email), "zone": "Mars/Base"})
    assert answer.status_code == 422
    assert not Rota.objects.exists()


def test_somebody_stands_in_and_no_longer(desk, ben, lea):
    desk.post("/administration/on-call/new", rota_of(ben.email))
    rota = Rota.objects.get()
    place = f"/administration/on-call/{rota.pk}/overrides"
    wrong = {"agent": lea.pk, "begins_at": "2030-01-02T09:00", "ends_at": "2030-01-01T09:00"}
    assert desk.post(place, wrong).status_code == 422
    desk.post(place, {**wrong, "ends_at": "2030-01-03T09:00"})
    row = RotaOverride.objects.get()
    assert "Lea Lim" in desk.get(f"/administration/on-call/{rota.pk}").content.decode()
    desk.post(place, {"remove": row.pk})
    assert not RotaOverride.objects.exists()


def test_a_removed_rota_leaves_its_level(desk, ben):
    desk.post("/administration/on-call/new", rota_of(ben.email))
    rota = Rota.objects.get()
    level = Level.objects.create(position=1, names={"en": "Lead"}, rota=rota)
    desk.post(f"/administration/on-call/{rota.pk}/removal")
    level.refresh_from_db()
    assert level.rota is None


@pytest.mark.parametrize("place", ["levels", "levels/new", "on-call", "on-call/new", "departments"])
def test_only_who_may_change_promises_comes_here(client, ben, place):
    client.force_login(ben)
    assert client.get(f"/administration/{place}").status_code == 403


def test_departments_that_many_ask_are_offered_until_they_are_there(desk):
    html = desk.get("/administration/departments").content.decode()
    assert "Others often add" in html
    form = desk.get("/administration/departments/new?like=0").content.decode()
    assert "Payments" in form
    assert "Bayaran" in form
    given = {"names_en": "Payments", "language": "en", "hours_to_answer": "4", "position": "0"}
    desk.post("/administration/departments/new?like=0", {**given, "address": "desk@payments.example"})
    assert Department.objects.get().names["en"] == "Payments"
    assert "like=0" not in desk.get("/administration/departments").content.decode()
