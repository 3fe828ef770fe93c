"""What was read goes along with a request."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tugon.channels.models import Channel, Mailbox
from tugon.helpcenter.models import ArticleTicket
from tugon.intake import forms as intake
from tugon.intake.models import Form
from tugon.lib import clock
from tugon.tickets.models import Ticket

from .conftest import Publish


@pytest.fixture
def form(mailbox: Mailbox) -> Form:
    channel = Channel.objects.create(kind="form", name="Web", team=mailbox.channel.team)
    return Form.objects.create(channel=channel, slug="help", titles={"en": "Help"})


def test_the_article_stands_on_the_form_and_on_the_ticket(
    client: Client, publish: Publish, form: Form, monkeypatch: Any
) -> None:
    row = publish()
    page = client.get(f"/contact/?article={row.article_id}", follow=True).content.decode()
    assert "You read: Reset your password" in page
    with monkeypatch.context() as patch:
        patch.setattr(intake, "now", lambda: clock.now() - timedelta(minutes=1))
        token = intake.token(form)
    said = {
        "email": "dina@mail.example",
        "subject": "It fails",
        "description": "The link is dead.",
        "side": "",
    }
    client.post("/contact/help/", {**said, "token": token, "once": "1", "article": row.article_id})
    ticket = Ticket.objects.get()
    carried = ticket.context["carried"][0]
    assert carried["title"] == "You read: Reset your password"
    assert carried["url"].endswith("/en/help/articles/reset-your-password/")
    link = ArticleTicket.objects.get()
    assert (link.article_id, link.ticket_id, link.role) == (row.article_id, ticket.pk, "asked_after")


def test_a_chapter_and_a_section_go_along_too(client: Client, publish: Publish, form: Form) -> None:
    section = publish().article.section
    assert "You read: Signing in" in client.get(f"/contact/help/?section={section.pk}").content.decode()
    page = client.get(f"/contact/help/?category={section.category_id}").content.decode()
    assert "You read: Your account" in page


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "999999", "1 OR 1"])
def test_a_number_that_means_nothing_takes_nothing_along(client: Client, form: Form, value: str) -> None:
    for kind in ("article", "section", "category"):
        page = client.get("/contact/help/", {kind: value})
        assert page.status_code == 200
        assert "You read" not in page.content.decode()
