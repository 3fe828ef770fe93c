import json

import pytest


@pytest.mark.parametrize(
    ("family", "status"), [("NotAllowed", 403), ("Invalid", 422), ("Conflict", 409), ("Unavailable", 503)]
)
def test_each_family_of_refusal_has_its_status_and_its_words(client, family, status):
    answer = client.get(f"/refuse/{family}")
    assert answer.status_code == status
    assert b"<h1" in answer.content


def test_the_words_name_what_was_refused(client):
    assert "“xxx” is longer than 80 letters" in client.get("/refuse/Invalid").content.decode()


def test_a_live_page_keeps_what_it_shows_and_gets_a_toast(client):
    answer = client.post("/refuse/Conflict", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Reswap"] == "none"
    toast = json.loads(answer.headers["HX-Trigger"])["toast"][0]
    assert toast["tone"] == "error"
    assert "Nothing was lost" in toast["words"]


def test_a_program_gets_the_code(client):
    answer = client.get("/refuse/Invalid", headers={"Accept": "application/json"})
    assert answer.json()["code"] == "too-long"


def test_a_missing_page_says_so_and_leads_on(client):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert b"Page not found" in answer.content
    assert b'href="/"' in answer.content


def test_a_bug_is_our_mistake_and_tells_nothing_of_the_inside(client):
    client.raise_request_exception = False
    answer = client.get("/bug")
    assert answer.status_code == 500
    assert b"our mistake" in answer.content
    assert b"ZeroDivisionError" not in answer.content


def test_a_forged_form_is_refused_in_words():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/-/kit")
    assert answer.status_code == 403
    assert b"The form has expired" in answer.content
