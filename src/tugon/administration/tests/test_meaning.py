import pytest

from tugon.company import settings
from tugon.lib import secrets

pytestmark = pytest.mark.django_db
PAGE = "/administration/meaning"


@pytest.fixture(autouse=True)
def without_process(tmp_path, monkeypatch):
    from tugon.meaning import client

    monkeypatch.setenv("TUGON_MEANING_SOCKET", str(tmp_path / "none.sock"))
    client.forget()


def decide(client, address="https://api.example.com/v1", model="small", key=""):
    return client.post(PAGE, {"address": address, "model": model, "key": key})


def test_the_page_says_whether_meaning_works(client, ada):
    client.force_login(ada)
    assert "search finds words all the same" in client.get(PAGE).content.decode()


def test_a_service_is_decided_on_and_its_key_is_sealed_and_never_shown(client, ada):
    client.force_login(ada)
    assert decide(client, key="very-secret").status_code == 302
    assert secrets.unseal(settings.get("meaning_key")) == "very-secret"
    page = client.get(PAGE).content.decode()
    assert "A key is kept" in page
    assert "very-secret" not in page
    assert settings.get("meaning_key") not in page


def test_the_key_stays_with_its_address_and_with_no_other(client, ada):
    client.force_login(ada)
    decide(client, key="very-secret")
    decide(client, model="large")
    assert secrets.unseal(settings.get("meaning_key")) == "very-secret"
    decide(client, address="https://other.example.com/v1")
    assert settings.get("meaning_key") == ""


def test_a_service_without_a_model_is_refused_and_nothing_is_changed(client, ada):
    client.force_login(ada)
    assert decide(client, model="").status_code == 422
    assert settings.get("meaning_address") == ""


def test_who_may_not_change_settings_may_not_see_it(client, ben):
    client.force_login(ben)
    assert client.get(PAGE).status_code == 403
