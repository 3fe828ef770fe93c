import pytest
from django.test import Client
from django.urls import reverse

from tugon.customers.models import Plan
from tugon.priority.operations import change_matrix, keep_raises

pytestmark = pytest.mark.django_db


def test_everybody_reads_how_priorities_are_set(ada, premium):
    keep_raises([{"plan": premium.pk, "steps": 1, "at_most": 3}], by=ada.actor)
    page = Client().get("/en/priority/").content.decode()
    assert "How we set priorities" in page
    assert "from 10 people" in page
    assert f"Plan {premium.name} raises by one, at most High" in page
    assert "First answer" in page
    assert Plan.objects.exists()


def test_the_page_is_new_when_the_table_is(ada):
    client = Client()
    assert "from 10 people" in client.get("/en/priority/").content.decode()
    change_matrix(many_from=7, by=ada.actor)
    assert "from 7 people" in client.get("/en/priority/").content.decode()


def test_it_stands_in_both_languages_and_is_found_from_the_expectations():
    assert Client().get("/fil/priority/").status_code == 200
    assert Client().get("/priority/").status_code == 302
    assert reverse("portal:priority", args=["en"]) in Client().get("/en/help/expectations/").content.decode()
