"""The sandbox shows letters of the demo, and no key to a colleague's account."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tugon.accounts import operations
from tugon.accounts.models import Agent, Role
from tugon.channels.models import Mailbox
from tugon.delivery.backend import PURPOSE, SystemMailBackend
from tugon.delivery.models import Outgoing
from tugon.demo.house import House
from tugon.events.actors import SYSTEM


@pytest.fixture
def reset(sining: House) -> Outgoing:
    letter = EmailMessage(
        "A new password",
        "/account/password/reset/…",
        to=["maya@x.example"],
        headers={PURPOSE: "password-reset"},
    )
    SystemMailBackend().send_messages([letter])
    return Outgoing.objects.get(subject="A new password")


@pytest.fixture
def clerk(sining: House) -> Agent:
    return operations.create_agent(
        email="clerk@x.example",
        name="Clara Cruz",
        roles=[Role.objects.get(name="Agent")],
        password="mango-tree-in-bloom",
        by=SYSTEM,
    )


def test_a_link_to_a_new_password_is_read_by_nobody_who_does_not_manage_people(
    client: Client, clerk: Agent, reset: Outgoing
) -> None:
    client.force_login(clerk)
    assert "A new password" not in client.get("/demo/mail/").content.decode()
    for place in ("", "body", "raw", "files/0"):
        assert client.get(f"/demo/mail/{reset.pk}/{place}").status_code == 404
    clerk.roles.add(Role.objects.get(name="Administrator"))
    assert "A new password" in client.get("/demo/mail/").content.decode()
    assert client.get(f"/demo/mail/{reset.pk}/body").status_code == 200


def test_what_left_by_a_real_mailbox_is_no_business_of_the_sandbox(
    client: Client, clerk: Agent, reset: Outgoing
) -> None:
    clerk.roles.add(Role.objects.get(name="Administrator"))
    client.force_login(clerk)
    Mailbox.objects.update(outgoing=Mailbox.Outgoing.SMTP)
    Outgoing.objects.filter(pk=reset.pk).update(mailbox=Mailbox.objects.first())
    for place in ("", "body", "raw"):
        assert client.get(f"/demo/mail/{reset.pk}/{place}").status_code == 404
