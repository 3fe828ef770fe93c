"""Calendars and policies are set up without a manual, and what is impossible is refused in words."""

from datetime import UTC, datetime

import pytest
import time_machine

from tugon.sla import promises
from tugon.sla.models import Calendar, Policy

pytestmark = pytest.mark.django_db

WEEK = {f"day_{day}": "9:00–12:00, 13–17" if day < 5 else "" for day in range(7)}


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    promises.forget()
    yield client
    promises.forget()


@pytest.fixture
def office(db):
    calendar = Calendar.objects.create(name="Office", zone="Asia/Manila", country="PH")
    Policy.objects.create(name="Everything else", calendar=calendar, is_default=True)
    return calendar


def calendar_form(**fields):
    return {
        "name": "Office", "zone": "Asia/Manila", "country": "", "subdivision": "", "holidays": "", "exceptions": "",
        **WEEK, **fields,
    }  # fmt: skip


def policy_form(**fields):
    kinds = {
        "first_response": ("2", "business hour"),
        "next_response": ("", "hour"),
        "resolution": ("3", "day"),
    }
    targets = {f"{kind}_amount": amount for kind, (amount, _unit) in kinds.items()}
    units = {f"{kind}_unit": unit for kind, (_amount, unit) in kinds.items()}
    return {
        "name": "Urgent",
        "calendar": "",
        "tells_customer": "on",
        "is_enabled": "on",
        **targets,
        **units,
        **fields,
    }


def test_a_week_is_written_as_people_say_it(as_ada):
    answer = as_ada.post(
        "/administration/calendars/new",
        calendar_form(
            holidays="2026-12-24 Christmas Eve\n2026-12-28 to 2026-12-30 Company days",
            exceptions="2026-12-31 9:00–12:00 New Year's Eve",
        ),
    )
    assert answer.status_code == 302
    row = Calendar.objects.get(name="Office")
    assert row.shifts["0"] == [["09:00", "12:00"], ["13:00", "17:00"]]
    assert row.holidays["2026-12-29"] == "Company days"
    assert row.exceptions == {"2026-12-31": {"shifts": [["09:00", "12:00"]], "name": "New Year's Eve"}}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({f"day_{day}": "" for day in range(7)}, "never open"),
        ({"day_0": "9–12, 11–15"}, "Monday: two stretches overlap"),
        ({"day_2": "mornings"}, "is not understood"),
        ({"zone": "Mars/Base"}, "Select a valid choice"),
        ({"holidays": "next Friday"}, "does not begin with a day"),
        ({"exceptions": "2026-12-31 soon"}, "is not understood"),
        ({"name": "Office"}, ""),
    ],
)
def test_impossible_calendars_are_refused_in_words(as_ada, fields, words):
    answer = as_ada.post("/administration/calendars/new", calendar_form(**fields))
    if not words:
        assert answer.status_code == 302
        answer = as_ada.post("/administration/calendars/new", calendar_form(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_year_is_shown_with_holidays_in_the_readers_language(as_ada, ada, office):
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        page = as_ada.get(f"/administration/calendars/{office.pk}").content.decode()
        assert "Christmas Day" in page
        assert "time of Manila" in page
        ada.language = "fil"
        ada.save()
        assert "Pasko" in as_ada.get(f"/administration/calendars/{office.pk}").content.decode()


def test_a_preview_shows_what_is_not_saved(as_ada, office):
    answer = as_ada.post(
        f"/administration/calendars/{office.pk}/preview",
        calendar_form(country="PH", name="Other"),
        headers={"HX-Request": "true"},
    )
    assert "As written, not saved yet." in answer.content.decode()
    assert Calendar.objects.get(pk=office.pk).name == "Office"


def test_a_holiday_can_be_worked_and_closed_again(as_ada, office):
    address = f"/administration/calendars/{office.pk}/holidays"
    as_ada.post(address, {"day": "2026-12-30"})
    assert Calendar.objects.get().left_out == ["2026-12-30"]
    as_ada.post(address, {"day": "2026-12-30", "closed": "1"})
    assert Calendar.objects.get().left_out == []
    as_ada.post(address, {"day": "whenever"})
    assert Calendar.objects.get().left_out == []


def test_closed_days_come_from_a_pasted_file_and_leave_by_a_feed(as_ada, client, office):
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Founding day\r\n"
        "DTSTART;VALUE=DATE:20270115\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    as_ada.post(f"/administration/calendars/{office.pk}/import", {"text": text})
    assert Calendar.objects.get().holidays == {"2027-01-15": "Founding day"}
    refused = as_ada.post(f"/administration/calendars/{office.pk}/import", {"text": "nonsense of mine"})
    assert refused.status_code == 422
    assert "nonsense of mine" in refused.content.decode()
    as_ada.post(f"/administration/calendars/{office.pk}/feed")
    key = Calendar.objects.get().feed_key
    client.logout()
    feed = client.get(f"/opening-days/{key}.ics?language=fil")
    assert feed["Content-Type"].startswith("text/calendar")
    assert b"Founding day" in feed.content
    assert client.get("/opening-days/nobody.ics").status_code == 404


def test_a_policy_is_made_ordered_and_removed(as_ada, office, members):
    conditions = {"c-0-group": "all", "c-0-field": "audience", "c-0-is": "in", "c-0-value": str(members.pk)}
    assert as_ada.post("/administration/promises/new", policy_form(**conditions)).status_code == 302
    row = Policy.objects.get(name="Urgent")
    assert (row.first_response, row.next_response, row.resolution) == ("2 business hours", "", "3 days")
    assert row.conditions["all"] == [{"field": "audience", "is": "in", "value": [members.pk]}]
    as_ada.post("/administration/promises/new", policy_form(name="Second", **conditions))
    second = Policy.objects.get(name="Second")
    as_ada.post(f"/administration/promises/{second.pk}/place", {"up": "1"})
    assert list(Policy.objects.values_list("name", flat=True)) == ["Second", "Urgent", "Everything else"]
    page = as_ada.get("/administration/promises").content.decode()
    assert "Audience is Members" in page
    assert "2 business hours" in page
    as_ada.post(f"/administration/promises/{second.pk}/removal")
    assert not Policy.objects.filter(name="Second").exists()


def test_what_cannot_be_promised_is_refused_in_words(as_ada, office):
    standing = {"c-0-group": "all", "c-0-field": "status", "c-0-is": "in", "c-0-value": "new"}
    default = Policy.objects.get(is_default=True)
    for address, form, words in (
        ("new", policy_form(resolution_amount="99999"), "longer than a year"),
        (str(default.pk), policy_form(first_response_amount=""), "must say when the first answer comes"),
    ):
        answer = as_ada.post(f"/administration/promises/{address}", form)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    as_ada.post("/administration/promises/new", policy_form(name="Odd", **standing))
    assert not Policy.objects.filter(name="Odd", conditions__icontains="status").exists()
    as_ada.post(f"/administration/promises/{default.pk}/removal")
    assert Policy.objects.filter(is_default=True).exists()


def test_the_condition_editor_says_how_many_tickets_fit(as_ada, ticket):
    form = {"c-0-group": "all", "c-0-field": "priority", "c-0-is": "at_least", "c-0-value": "1"}
    answer = as_ada.post("/administration/promises/conditions", form, headers={"HX-Request": "true"})
    assert "1 open ticket fits now." in answer.content.decode()


def test_only_who_may_changes_promises(client, ben, office):
    client.force_login(ben)
    for address in ("promises", "calendars", f"calendars/{office.pk}"):
        assert client.get(f"/administration/{address}").status_code == 403
