import pytest

from tugon.accounts import setup_link
from tugon.accounts.models import Agent
from tugon.company import settings as company

pytestmark = pytest.mark.django_db

COMPANY = {"name": "Acme", "languages": ["en", "fil"], "language": "en", "zone": "Asia/Manila"}
PERSON = {"name": "Ada Lim", "email": "ada@company.example", "password": "a quiet river at dawn"}


def test_the_wizard_leads_from_nothing_to_a_signed_in_administrator(client):
    token = setup_link.issue()
    assert client.get(f"/setup/{token}").status_code == 200
    answer = client.post(f"/setup/{token}/", COMPANY)
    assert answer.headers["Location"] == f"/setup/{token}/administrator/"
    assert company.get("zone") == "Asia/Manila"
    answer = client.post(f"/setup/{token}/administrator/", PERSON)
    assert answer.headers["Location"].startswith("/administration/mailboxes/new")
    assert client.get("/administration/mailboxes/new").status_code == 200
    assert Agent.objects.get().may("admin.people")


def test_the_link_works_once(client):
    token = setup_link.issue()
    client.post(f"/setup/{token}/administrator/", PERSON)
    client.logout()
    assert client.get(f"/setup/{token}/").status_code == 410
    assert (
        client.post(f"/setup/{token}/administrator/", {**PERSON, "email": "eve@company.example"}).status_code
        == 410
    )
    assert Agent.objects.count() == 1


def test_a_forged_link_opens_nothing(client):
    assert client.get("/setup/nonsense/").status_code == 410
    assert client.post("/setup/nonsense/", COMPANY).status_code == 410


def test_a_weak_password_is_told_and_makes_nobody(client):
    token = setup_link.issue()
    answer = client.post(f"/setup/{token}/administrator/", {**PERSON, "password": "short"})
    assert answer.status_code == 422
    assert not Agent.objects.exists()
