"""Links to other sites: asked only if the company wants it, and never within our own network."""

import pytest

from tugon.company import operations as company
from tugon.helpcenter import outside
from tugon.helpcenter.models import BrokenLink

pytestmark = pytest.mark.django_db
BODY = '<p><a href="https://a.invalid/x">A</a> <a href="http://127.0.0.1:1/y">B</a></p>'


def test_nothing_is_asked_unless_the_company_wants_it(published, monkeypatch):
    monkeypatch.setattr(outside, "answers", lambda href: pytest.fail("asked"))
    published(body=BODY)
    assert outside.check_all() == 0


def test_addresses_within_our_own_network_are_never_asked():
    for href in (
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/",
    ):
        assert outside.answers(href)


def test_a_site_that_does_not_exist_does_not_answer():
    assert not outside.answers("http://nothing.invalid/")


def test_a_link_that_does_not_answer_is_listed_until_it_does(published, ada, monkeypatch):
    company.decide_all({"checks_outside_links": True}, by=ada.actor)
    published(body=BODY)
    silent = {"https://a.invalid/x"}
    monkeypatch.setattr(outside, "answers", lambda href: href not in silent)
    assert outside.check_all() == 1
    assert [(row.href, row.words, row.why) for row in BrokenLink.objects.all()] == [
        ("https://a.invalid/x", "A", "no_answer")
    ]
    silent.clear()
    assert outside.check_all() == 0
    assert not BrokenLink.objects.exists()


def test_when_no_site_answers_the_network_is_down(published, ada, monkeypatch):
    company.decide_all({"checks_outside_links": True}, by=ada.actor)
    published(body=BODY)
    monkeypatch.setattr(outside, "answers", lambda href: False)
    assert outside.check_all() == 0
    assert not BrokenLink.objects.exists()
