"""The whole story in two browsers: Maria writes by mail, Ben answers in the console, Maria confirms on the portal."""

import re
from email import message_from_bytes, policy
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tugon.accounts.models import Agent, Membership, Role, Team
from tugon.accounts.starting import create_roles
from tugon.channels.models import Channel, Mailbox
from tugon.delivery.models import Outgoing
from tugon.delivery.sending import send_due
from tugon.feedback.models import Rating
from tugon.intake.operations import process_waiting, store
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.tickets.starting import create_starting_rows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "mango-tree-in-bloom"


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    settings.BASE_URL = str(live_server.url)
    return str(live_server.url)


@pytest.fixture
def mailbox(transactional_db: None) -> Mailbox:
    create_roles()
    create_starting_rows()
    team = Team.objects.create(name="Support")
    agent = Agent.objects.create_user("ben@company.example", "Ben Bautista", PASSWORD, joined_at=now())
    agent.roles.add(Role.objects.get(name="Agent"))
    Membership.objects.create(team=team, agent=agent)
    channel = Channel.objects.create(kind="email", name="Help", team=team)
    return Mailbox.objects.create(channel=channel, address="help@company.example", outgoing="sandbox")


def write(mailbox: Mailbox, text: str, *headers: str) -> None:
    """A letter of Maria's arrives and is read."""
    lines = [
        "From: Maria Santos <maria@mail.example>",
        f"To: {mailbox.address}",
        "MIME-Version: 1.0",
        *headers,
    ]
    store(mailbox.channel, "\r\n".join([*lines, "", text]).encode(), via="imap", place="INBOX 1")
    process_waiting()
    send_due()


def letters() -> list[Any]:
    """What left, oldest first, as a mail program reads it."""
    rows = Outgoing.objects.order_by("pk")
    return [message_from_bytes(bytes(row.raw), policy=policy.default) for row in rows]


def send_now() -> None:
    """As if the seconds to undo were over."""
    Message.objects.filter(release_at__gt=now()).update(release_at=now())
    from tugon.delivery.models import Delivery

    Delivery.objects.filter(state="queued").update(next_attempt_at=now())
    send_due()


def enter(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/console/")
    page.fill("input[name=login]", "ben@company.example")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()
    page.wait_for_url("**/console/**")


def test_a_mail_becomes_a_solved_ticket(address: str, mailbox: Mailbox, open_page: Any) -> None:
    write(
        mailbox, "It says error E-2041 since Monday.", "Subject: Cannot play", "Message-ID: <1@mail.example>"
    )
    ticket = Ticket.objects.get()
    received = letters()[0]
    assert f"#{ticket.pk}" in received.get_body(("plain",)).get_content()
    assert received["In-Reply-To"] == "<1@mail.example>"

    desk = open_page("desk")
    enter(desk, address)
    desk.goto(f"{address}/console/tickets/{ticket.pk}/")
    expect(desk.get_by_text("It says error E-2041 since Monday.").first).to_be_visible()
    editor = desk.locator("[data-form=reply] [contenteditable=true]")
    desk.keyboard.press("r")
    expect(editor).to_be_focused()
    editor.type("Hello Maria, please sign out and in again.")
    desk.get_by_role("button", name=re.compile("Send and solve")).click()
    expect(desk.get_by_text("Hello Maria, please sign out and in again.").first).to_be_visible()
    expect(desk.locator("summary", has_text="Solved").first).to_be_visible()

    send_now()
    answer = letters()[-1]
    words = answer.get_body(("plain",)).get_content()
    assert "please sign out and in again" in words
    assert "<1@mail.example>" in answer["References"]
    link = re.search(r"http\S+/r/\S+", words)
    assert link is not None

    phone = open_page("phone")
    phone.goto(link[0].replace("&amp;", "&"))
    phone.get_by_role("radio", name=re.compile("Yes", re.IGNORECASE)).check()
    phone.locator("main form button[type=submit]").first.click()
    ticket.refresh_from_db()
    assert ticket.resolutions.get().confirmed_at is not None

    phone.get_by_role("radio", name=re.compile("5")).check(force=True)
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.locator("main")).to_be_visible()
    assert Rating.objects.get(ticket=ticket).score == 5

    write(
        mailbox,
        "It stopped again, sorry.",
        "Subject: Re: Cannot play",
        "Message-ID: <2@mail.example>",
        f"In-Reply-To: {answer['Message-ID']}",
    )
    ticket.refresh_from_db()
    assert Ticket.objects.count() == 1
    assert (ticket.status, ticket.reopen_count) == ("open", 1)
