"""Logs hold no address that is a key."""

import logging

import pytest

from tugon.project.logs import WithoutKeys, masked


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/account/password/reset/WzEsImFiYyJd:1vMx/", "/account/password/reset/…/"),
        ("/account/invitation/WzEsImFiYyJd:1vMx/", "/account/invitation/…/"),
        ("/setup/InNlY3JldHMi:1vMx:abc", "/setup/…"),
        ("/sign-in/17-abcdefghijklmnopqrstuvwxyz234567/", "/sign-in/…/"),
        ("/r/1042-7-2880-abcdefghijklmnopqrstuvwx/?to=rating", "/r/…/?to=rating"),
        ("/hooks/mail/3/a-long-secret-of-it/events/", "/hooks/mail/3/…/events/"),
        ("/files/uploads/abcdefghijklmnopqrstuvwxyz012345", "/files/uploads/…"),
    ],
)
def test_the_key_in_an_address_is_left_out(address: str, kept: str) -> None:
    assert masked(address) == kept


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/sign-in/sent/", "/console/tickets/1042/", "/setup/", "/requests/1042/"]
)
def test_other_addresses_stay(address: str) -> None:
    assert masked(address) == address


def test_what_django_logs_of_a_refusal_names_no_key(client, db, caplog) -> None:
    caplog.handler.addFilter(WithoutKeys())
    logging.getLogger("django.request").addHandler(caplog.handler)
    try:
        assert client.get("/account/password/reset/not-a-token-at-all/").status_code == 410
    finally:
        logging.getLogger("django.request").removeHandler(caplog.handler)
    assert "/account/password/reset/…/" in caplog.text
    assert "not-a-token-at-all" not in caplog.text
