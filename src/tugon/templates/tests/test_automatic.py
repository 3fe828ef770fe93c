"""Letters that Tugon writes itself."""

from datetime import timedelta

import pytest

from tugon.lib.clock import now
from tugon.templates import automatic
from tugon.templates.filling import gaps_in
from tugon.templates.language import compiled
from tugon.templates.letters import LETTERS, languages_of, words
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", LETTERS)
def test_every_letter_comes_in_both_languages_and_can_be_read(key: str):
    assert languages_of(key) == ["en", "fil"]
    for language in ("en", "fil"):
        assert compiled(words(key, language)).problems == []


@pytest.mark.parametrize("key", LETTERS)
@pytest.mark.parametrize("language", ["en", "fil"])
def test_a_letter_has_no_gaps_whatever_is_missing(key: str, language: str, ticket: Ticket):
    ticket.language = language
    ticket.customer.name = ""
    ticket.due_at = None
    written = automatic.letter(key, ticket=ticket)
    assert gaps_in(written.body) == []
    assert "[[" not in written.body
    assert "{{" not in written.body
    assert written.language == language
    assert len(written.automatic) <= 20


def test_a_letter_names_the_moment_in_the_customers_zone(ticket: Ticket):
    ticket.customer.time_zone = "Asia/Manila"
    moment = now() + timedelta(days=2)
    written = automatic.letter("promise.at_risk", ticket=ticket, extra={"new_moment": moment})
    assert "You will hear from us by " in written.body
    assert f"#{ticket.pk}" in written.body


def test_articles_stand_as_links(ticket: Ticket):
    extra = {"articles": [("Refunds", "https://help.example/refunds")]}
    written = automatic.letter("acknowledgement.routed", ticket=ticket, extra=extra)
    assert 'href="https://help.example/refunds"' in written.body_html
    assert "Refunds" in written.body


def test_a_letter_nobody_knows_is_an_error_of_the_program(ticket: Ticket):
    with pytest.raises(KeyError):
        automatic.letter("no.such", ticket=ticket)
