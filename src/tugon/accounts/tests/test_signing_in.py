import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tugon.accounts import links, operations, tasks
from tugon.accounts.models import AgentSession
from tugon.events.models import Event
from tugon.lib import secrets

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, email="ben@example.org", password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client):
    page = client.get("/account/factor/app/").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1]
    answer = client.post("/account/factor/app/", {"code": code_now(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_the_right_password_opens_the_console(client, ben):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/console/"
    assert Event.objects.get(name="AgentSignedIn").subject_id == ben.pk
    assert AgentSession.objects.get(agent=ben).address == "127.0.0.1"


@pytest.mark.parametrize("email", ["ben@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client, ben, email):
    page = sign_in(client, email, "wrong password").content.decode()
    assert "The address or the password is not right" in page
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_for_the_account_even_with_the_right_password(client, ben):
    for _ in range(5):
        sign_in(client, password="guess")
    page = sign_in(client).content.decode()
    assert "Too many attempts failed" in page
    assert "_auth_user_id" not in client.session


def test_guessing_many_accounts_is_slowed_for_the_network_address(client, ben):
    for number in range(20):
        sign_in(client, f"guess{number}@example.org", "guess")
    assert "Too many attempts failed" in sign_in(client).content.decode()


def test_another_network_address_is_not_slowed_by_that(client, ben):
    for number in range(20):
        sign_in(client, f"guess{number}@example.org", "guess")
    answer = client.post(
        "/account/login/", {"login": ben.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.9"
    )
    assert answer.status_code == 302


def test_nobody_signs_up(client, db):
    assert client.get("/account/signup/").headers["Location"] == "/account/login/"


def test_a_deactivated_agent_is_out_at_the_next_click(client, ada, ben):
    sign_in(client)
    assert client.get("/-/profile").status_code == 200
    operations.deactivate(ben, by=ada.actor)
    assert "/account/login/" in client.get("/-/profile").headers["Location"]
    assert "_auth_user_id" not in client.session
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_signing_out_forgets_the_session(client, ben):
    sign_in(client)
    client.post("/account/logout/")
    assert not AgentSession.objects.exists()


def test_too_many_attempts_of_one_place_are_told_in_words(client, ben, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, password="guess")
    page = sign_in(client, password="guess")
    assert page.status_code == 429
    assert "Wait a minute" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_present_password_is_not_guessed_on_the_page_that_changes_it(client, ben, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    client.force_login(ben)
    tries = [
        client.post("/-/profile/password", {"current": guess, "password": "a-fine-new-sentence"}).status_code
        for guess in ("one", "two", PASSWORD)
    ]
    assert tries == [422, 422, 429]


def test_a_new_password_comes_by_mail_and_signs_out_everywhere(client, ben, django_user_model):
    sign_in(client)
    client.post("/account/password/reset/", {"email": "Ben@Example.org"})
    tasks.send_reset(**ProcrastinateJob.objects.get(task_name="accounts.send_reset").args)
    address = re.search(r"http://\S+/account/password/reset/(\S+)/", mail.outbox[0].body)[1]
    assert client.get(f"/account/password/reset/{address}/").status_code == 200
    assert client.post(f"/account/password/reset/{address}/", {"password": "short"}).status_code == 422
    answer = client.post(f"/account/password/reset/{address}/", {"password": "a louder river at noon"})
    assert answer.headers["Location"] == "/account/login/"
    assert django_user_model.objects.get(pk=ben.pk).check_password("a louder river at noon")
    assert not AgentSession.objects.exists()
    assert client.get(f"/account/password/reset/{address}/").status_code == 410


def test_asking_for_an_unknown_address_tells_nothing_and_sends_nothing(client, ben):
    known = client.post("/account/password/reset/", {"email": "ben@example.org"}).content.decode()
    unknown = client.post("/account/password/reset/", {"email": "eve@example.org"}).content.decode()
    assert (
        known.replace("ben@", "eve@").split("<main")[1].split("</main>")[0]
        == (unknown.split("<main")[1].split("</main>")[0])
    )
    assert ProcrastinateJob.objects.filter(task_name="accounts.send_reset").count() == 1


def test_asking_too_often_is_slowed(client, ben):
    answers = [
        client.post("/account/password/reset/", {"email": "ben@example.org"}).status_code for _ in range(4)
    ]
    assert answers == [200, 200, 200, 429]


def test_an_invitation_is_accepted_on_its_page(client, ada, roles):
    carl = operations.invite(email="carl@example.org", name="Carl", roles=[roles["Agent"]], by=ada.actor)
    address = links.invitation_address(carl).removeprefix("http://127.0.0.1:8000")
    assert b"Carl" in client.get(address).content
    answer = client.post(address, {"name": "Carl Diaz", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/login/"
    assert sign_in(client, "carl@example.org").headers["Location"] == "/console/"
    assert client.get(address).status_code == 410


def test_an_authenticator_app_is_set_up_kept_sealed_and_asked_for(
    client, ben, django_capture_on_commit_callbacks
):
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(client)
    stored = Authenticator.objects.get(user=ben, type="totp").data["secret"]
    assert stored != secret
    assert secrets.unseal(stored) == secret
    assert Event.objects.filter(name="SecondFactorChanged", data__kind="totp").exists()
    client.post("/account/logout/")
    answer = sign_in(client)
    assert answer.headers["Location"] == "/account/factor/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/account/factor/authenticate/").status_code == 200
    wrong = client.post("/account/factor/authenticate/", {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong


def test_a_recovery_code_opens_the_account_once(client, ben):
    sign_in(client)
    set_up_app(client)
    codes = Authenticator.objects.get(user=ben, type="recovery_codes").wrap().get_unused_codes()
    for expected in ("/console/", None):
        client.post("/account/logout/")
        sign_in(client)
        answer = client.post("/account/factor/authenticate/", {"code": codes[0]})
        assert answer.headers.get("Location") == expected


def test_guessing_codes_is_slowed(client, ben):
    sign_in(client)
    set_up_app(client)
    client.post("/account/logout/")
    sign_in(client)
    for _ in range(5):
        client.post("/account/factor/authenticate/", {"code": "000000"})
    page = client.post("/account/factor/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many attempts failed" in page


def test_a_role_that_asks_for_a_second_factor_leads_to_setting_it_up(client, ben, roles):
    roles["Agent"].requires_second_factor = True
    roles["Agent"].save()
    sign_in(client)
    answer = client.get("/-/profile")
    assert answer.headers["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200
    assert (
        client.get("/-/profile", headers={"HX-Request": "true"}).headers["HX-Redirect"]
        == "/account/second-factor/"
    )
    set_up_app(client)
    assert client.get("/-/profile").status_code == 200


def test_a_tired_session_is_asked_again_before_a_factor_changes(client, ben, time_machine):
    sign_in(client)
    time_machine.move_to(time.time() + 700)
    answer = client.get("/account/factor/app/")
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    answer = client.post("/account/reauthenticate/?next=/account/factor/app/", {"password": PASSWORD})
    assert answer.headers["Location"] == "/account/factor/app/"
    assert client.get("/account/factor/app/").status_code == 200


def test_sessions_are_listed_and_ended_from_elsewhere(client, ben):
    from django.test import Client

    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537"})
    sign_in(client)
    sign_in(other)
    page = client.get("/-/profile/security").content.decode()
    assert "Chrome, Windows" in page
    assert "this one" in page
    theirs = AgentSession.objects.get(key=other.session.session_key)
    client.post(f"/-/profile/sessions/{theirs.pk}/end")
    assert other.get("/-/profile").status_code == 302
    assert client.get("/-/profile").status_code == 200


def test_nobody_ends_a_strangers_session(client, ada, ben):
    from django.test import Client

    other = Client()
    sign_in(other, "ada@example.org")
    sign_in(client)
    theirs = AgentSession.objects.get(agent=ada)
    assert client.post(f"/-/profile/sessions/{theirs.pk}/end").status_code == 404
    assert other.get("/-/profile").status_code == 200


def test_signing_out_everywhere_else_keeps_this_one(client, ben):
    from django.test import Client

    other = Client()
    sign_in(client)
    sign_in(other)
    client.post("/-/profile/sessions/end-others")
    assert other.get("/-/profile").status_code == 302
    assert client.get("/-/profile").status_code == 200


def test_changing_the_password_keeps_this_session(client, ben):
    sign_in(client)
    answer = client.post("/-/profile/password", {"current": PASSWORD, "password": "a louder river at noon"})
    assert answer.status_code == 302
    page = client.get("/-/profile/security").content.decode()
    assert "this one" in page
    wrong = client.post("/-/profile/password", {"current": "x", "password": "another long password"})
    assert wrong.status_code == 422
    assert "That is not your current password" in wrong.content.decode()


def test_a_profile_is_saved_and_seen_at_once(client, ben, django_user_model, settings):
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client)
    answer = client.post(
        "/-/profile",
        {
            "name": "Benjamin",
            "language": "fil",
            "time_zone": "Asia/Manila",
            "theme": "dark",
            "density": "compact",
        },
    )
    assert answer.status_code == 302
    assert answer.cookies["tugon_theme"].value == "dark"
    assert all(answer.cookies[f"tugon_{name}"]["secure"] for name in ("theme", "density", "language"))
    ben = django_user_model.objects.get(pk=ben.pk)
    assert (ben.name, ben.language, ben.preferences["density"]) == ("Benjamin", "fil", "compact")


def test_notices_and_quiet_hours_are_saved(client, ben, django_user_model):
    sign_in(client)
    assert client.get("/-/profile/notices").status_code == 200
    client.post(
        "/-/profile/notices",
        {"assigned-app": "on", "quiet": "on", "quiet_from": "22:00", "quiet_to": "06:30"},
    )
    chosen = django_user_model.objects.get(pk=ben.pk).preferences
    assert chosen["notify"]["assigned"] == {"app": True, "email": False}
    assert chosen["quiet"] == {"from": "22:00", "to": "06:30"}
    client.post("/-/profile/notices", {"quiet_from": "22:00", "quiet_to": "06:30"})
    assert django_user_model.objects.get(pk=ben.pk).preferences["quiet"] is None


def test_a_page_of_somebody_signed_in_costs_few_queries(client, ben, django_assert_max_num_queries):
    sign_in(client)
    client.get("/-/profile")
    with django_assert_max_num_queries(4):
        client.get("/-/profile")
