"""Templates filled for one case."""

import pytest

from tugon.customers.models import Audience, CustomField, Plan
from tugon.templates import trying
from tugon.templates.checking import problems_of
from tugon.templates.filling import Words, fill, fill_words, gaps_in
from tugon.templates.language import compiled
from tugon.templates.models import Template, Translation
from tugon.templates.naming import first_name
from tugon.templates.variables import Case
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def words(html: str, ticket: Ticket, language: str = "en") -> str:
    return fill_words(Words(html), Case(language=language, customer=ticket.customer, ticket=ticket)).text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Maria Santos", "Maria"),
        ("SANTOS, MARIA", "Maria"),
        ("Dr. Jose Rizal", "Jose"),
        ("Cruz, Jr.", "Cruz"),
        ("maria", "Maria"),
        ("maria@mail.example", ""),
        ("user_1042", ""),
        ("", ""),
        ("Añez", "Añez"),
    ],
)
def test_people_are_called_by_their_first_name(name: str, first: str):
    assert first_name(name) == first


def test_who_gave_no_name_is_greeted_politely_all_the_same(ticket: Ticket):
    ticket.customer.name = ""
    assert words("<p>{{ greeting }}</p>", ticket) == "Hello,"
    assert words("<p>Dear {{ customer.polite_name }}</p>", ticket) == "Dear customer"


def test_a_gap_names_what_is_missing_in_the_language_of_the_words(ticket: Ticket):
    ticket.customer.username = ""
    filled = fill_words(
        Words("<p>{{ customer.username }}</p>"), Case(language="en", customer=ticket.customer, ticket=ticket)
    )
    assert gaps_in(filled.text) == ["[customer's user name?]"]
    assert filled.missing == ["customer's user name"]


def test_the_customers_own_words_are_never_read_as_marks(ticket: Ticket):
    ticket.subject = "{{ company.name }} [[if a]] <script>"
    assert words("<p>{{ ticket.subject }}</p>", ticket) == "{{ company.name }} [[if a]] <script>"


def test_a_choice_of_a_custom_field_is_said_in_the_language(ticket: Ticket):
    CustomField.objects.create(
        on="ticket",
        key="device",
        names={"en": "Device"},
        kind="choice",
        choices=[{"key": "tv", "names": {"en": "Television", "fil": "Telebisyon"}}],
    )
    ticket.fields = {"device": "tv"}
    assert words("<p>{{ ticket.fields.device }}</p>", ticket, "fil") == "Telebisyon"
    assert words("<p>[[if ticket.fields.device is tv]]yes[[end]]</p>", ticket) == "yes"


def test_audience_and_plan_decide(ticket: Ticket, members: Audience, premium: Plan):
    ticket.audience, ticket.customer.plan = members, premium
    assert words("<p>[[if audience is members and plan is premium]]A[[else]]B[[end]]</p>", ticket) == "A"


def test_what_was_tried_is_not_suggested_again(ticket: Ticket):
    trying.provide(lambda ticket: ["I cleared the cache"])
    try:
        assert words('<p>[[if not tried "clear the cache"]]Clear it[[else]]Good[[end]]</p>', ticket) == "Good"
    finally:
        trying._provided.clear()


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>{{ customer.frist_name }}</p>", "perhaps customer.first_name is meant"),
        ("<p>{{ refund.windw }}</p>", "no variable and no fact is called refund.windw"),
        ("<p>[[if customer.plam is x]]a[[end]]</p>", "customer.plam"),
        ("<p>One</p><p>{{ ticket.fields.nope }}</p>", "Paragraph 2"),
    ],
)
def test_names_that_nothing_has_are_found_before_anybody_uses_them(html: str, said: str):
    assert said in " ".join(str(problem) for problem in problems_of(Words(html)))


def test_a_fact_that_may_be_missing_is_allowed_behind_its_question():
    html = "<p>[[if refund.window is known]]{{ refund.window }}[[else]]soon[[end]]</p>"
    assert problems_of(Words(html)) == []


def test_a_letters_own_values_are_known_in_its_template_only():
    assert problems_of(Words("<p>{{ new_moment }}</p>"), key="promise.at_risk") == []
    assert problems_of(Words("<p>{{ new_moment }}</p>")) != []


@pytest.mark.usefixtures("starters")
def test_every_template_that_comes_along_can_be_filled_in_both_languages(ticket: Ticket):
    assert Template.objects.count() >= 20
    for row in Translation.objects.select_related("published", "template"):
        assert row.published is not None
        assert compiled(row.published.body).problems == []
        assert problems_of(Words(row.published.body)) == []
        filled = fill(row.template, ticket=ticket, language=row.language)
        assert (filled.language, filled.is_fallback) == (row.language, False)
        assert "[[" not in filled.text
        assert "{{" not in filled.text


@pytest.mark.usefixtures("starters")
def test_another_language_than_there_is_falls_back_and_says_so(ticket: Ticket):
    Translation.objects.filter(language="fil").delete()
    filled = fill(Template.objects.get(key="refund-explained"), ticket=ticket, language="fil")
    assert (filled.language, filled.is_fallback) == ("en", True)
