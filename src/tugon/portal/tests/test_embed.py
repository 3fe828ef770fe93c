"""Contact & support on a host's page, and the host's word on who somebody is."""

import hashlib
import hmac
from datetime import timedelta

import jwt
import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.company import operations as company
from tugon.customers.models import Audience, ContactPoint, Customer, HostKey
from tugon.customers.operations import make_key, retire_key
from tugon.customers.operations.host_keys import TwoKeysLive
from tugon.customers.signing import IdentityRefused, read_hash, read_token
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOST = "https://www.sining.example"
SECRET = "a-secret-of-thirty-two-letters-or-more"


@pytest.fixture
def key() -> tuple[HostKey, str]:
    company.decide("embed_origins", value=[HOST], by=SYSTEM)
    return make_key(by=SYSTEM)


def token(secret: str, *, kid: str = "", **claims: object) -> str:
    said = {"sub": "u-17", "exp": now() + timedelta(minutes=5), **claims}
    return jwt.encode(said, secret, algorithm="HS256", headers={"kid": kid} if kid else None)


def enter(client: Client, origin: str = HOST, **fields: str) -> str:
    answer = client.post("/embed/enter/", fields, headers={"Origin": origin})
    return str(answer["Location"]) if answer.status_code == 302 else str(answer.status_code)


def test_the_script_is_small_sets_no_cookie_and_answers_304(client: Client):
    answer = client.get("/embed.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert len(answer.content) < 10_000
    assert not answer.cookies
    assert "Contact & support" in answer.content.decode()
    assert '"fil": {"open":' in answer.content.decode()
    again = client.get("/embed.js", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_only_known_websites_may_frame_the_help_center(client: Client):
    page = client.get("/en/help/")
    assert "frame-ancestors 'self';" in page["Content-Security-Policy"] + ";"
    company.decide("embed_origins", value=[HOST], by=SYSTEM)
    assert f"frame-ancestors 'self' {HOST}" in client.get("/en/help/?for=x")["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/contact/")["Content-Security-Policy"]


def test_whom_the_host_signs_for_is_signed_in_and_sees_their_requests(
    client: Client, ana: Customer, ticket: Ticket, key
):
    row, secret = key
    said = token(secret, kid=row.kid, email="ana@mail.example", email_verified=True, name="Ana")
    assert enter(client, token=said, next="/requests/") == "/requests/"
    assert ticket.subject in client.get("/requests/").content.decode()
    assert ContactPoint.objects.get(kind="handle", network="host", value="u-17").customer == ana
    row.refresh_from_db()
    assert row.last_used_on == now().date()


def test_the_same_person_is_known_again_by_the_hosts_id(client: Client, key, members: Audience):
    _row, secret = key
    enter(client, token=token(secret, name="Nina", audience=members.key))
    person = Customer.objects.get(name="Nina")
    assert (person.audience, person.username) == (members, "u-17")
    enter(Client(), token=token(secret, email="nina@mail.example"))
    assert Customer.objects.filter(contact_points__value="u-17").get() == person


def test_an_address_the_host_did_not_verify_joins_nobodys_history(
    client: Client, ana: Customer, ticket: Ticket, key
):
    _row, secret = key
    enter(client, token=token(secret, email="ana@mail.example"))
    assert ticket.subject not in client.get("/requests/").content.decode()


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null"])
def test_from_an_unknown_website_nobody_is_signed_in(client: Client, key, origin: str):
    assert enter(client, origin, token=token(key[1])) == "403"
    assert not Customer.objects.filter(contact_points__value="u-17").exists()


def test_a_word_that_cannot_be_believed_lets_one_in_as_nobody(client: Client, key):
    assert enter(
        client, token=token(SECRET), next="/contact/", page="https://www.sining.example/watch/3"
    ) == ("/contact/?page=https%3A%2F%2Fwww.sining.example%2Fwatch%2F3")
    assert not Customer.objects.filter(contact_points__value="u-17").exists()
    assert "could not be used" in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_in_leads_nowhere_else(client: Client, key, place: str):
    assert enter(client, next=place) == "/"


def test_two_keys_live_while_a_host_changes_from_one_to_the_next(key, ada: Agent):
    first, old = key
    _second, new = make_key(by=ada.actor)
    with pytest.raises(TwoKeysLive):
        make_key(by=ada.actor)
    for secret in (old, new):
        assert enter(Client(), token=token(secret)) == "/"
    retire_key(first, by=ada.actor)
    client = Client()
    enter(client, token=token(old))
    assert "customer_id" not in client.session
    make_key(by=ada.actor)


KEYS = {"k1": SECRET}


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"exp": now() - timedelta(minutes=5)}, "time is over"),
        ({"exp": now() + timedelta(days=30)}, "longer than a day"),
        ({"nbf": now() + timedelta(hours=1)}, "time is over"),
        ({"sub": " "}, "names nobody"),
    ],
)
def test_a_token_is_refused_in_words(claims, why):
    with pytest.raises(IdentityRefused) as refusal:
        read_token(token(SECRET, **claims), KEYS, at=now())
    assert why in refusal.value.message


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "a.b.c",
        jwt.encode({"sub": "u", "exp": 2**40}, "", algorithm="none"),
        token(SECRET, kid="other"),
    ],
)
def test_nonsense_and_unsigned_tokens_are_refused(said: str):
    with pytest.raises(IdentityRefused):
        read_token(said, KEYS, at=now())


def test_a_token_without_an_end_is_refused():
    with pytest.raises(IdentityRefused):
        read_token(jwt.encode({"sub": "u"}, SECRET, algorithm="HS256"), KEYS, at=now())


def test_a_bare_id_needs_its_mac():
    mac = hmac.new(SECRET.encode(), b"u-17", hashlib.sha256).hexdigest()
    assert read_hash("u-17", mac, KEYS).subject == "u-17"
    for subject, wrong in (("u-18", mac), ("u-17", mac[:-1]), ("", ""), ("u-17", "é")):
        with pytest.raises(IdentityRefused):
            read_hash(subject, wrong, KEYS)


def test_an_administrator_makes_and_retires_keys_and_names_the_websites(
    client: Client, ada: Agent, ben: Agent
):
    client.force_login(ada)
    assert "/embed.js" in client.get("/administration/embed").content.decode()
    assert client.post("/administration/embed", {"embed_origins": "www.sining.example"}).status_code == 422
    assert client.post("/administration/embed", {"embed_origins": HOST}).status_code == 302
    made = client.post("/administration/embed/keys").content.decode()
    row = HostKey.objects.get()
    assert "not shown again" in made
    assert row.sealed_secret not in made
    client.post(f"/administration/embed/keys/{row.pk}/retirement")
    row.refresh_from_db()
    assert row.retired_at
    client.force_login(ben)
    assert client.post("/administration/embed/keys").status_code == 403
