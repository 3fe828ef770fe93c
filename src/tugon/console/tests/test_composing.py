"""Pictures pasted into the composer travel inside the message."""

from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.urls import reverse

from tugon.accounts.models import Agent
from tugon.console.composing import written
from tugon.files.operations import upload
from tugon.tickets.models import Ticket
from tugon.tickets.operations import reply, withdraw

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def request_with(html: str, agent: Agent):
    request = RequestFactory().post("/", {"html": html})
    request.user = agent
    request.session = SessionStore()
    return request


def test_a_pasted_picture_becomes_an_inline_file_of_the_message(ticket: Ticket, ben: Agent) -> None:
    row = upload(PIXEL, name="screen.png", owner=f"agent:{ben.pk}")
    address = reverse("files:uploaded", args=[row.token])
    message = written(request_with(f'<p>See <img src="{address}" alt="Screen"></p>', ben))
    assert f'src="cid:{row.token}@tugon"' in message.body_html
    (file,) = message.files
    assert (file.name, file.content_id, file.is_inline) == ("screen.png", f"{row.token}@tugon", True)


def test_a_picture_is_still_there_when_the_reply_is_taken_back(ticket: Ticket, ben: Agent) -> None:
    row = upload(PIXEL, name="screen.png", owner=f"agent:{ben.pk}")
    address = reverse("files:uploaded", args=[row.token])
    message = written(request_with(f'<p>See <img src="{address}"></p>', ben))
    draft = withdraw(reply(ticket, message, by=ben.actor), by=ben.actor)
    assert draft is not None
    assert "cid:" not in draft.html
    assert "/uploads/" in draft.html


def test_a_picture_of_somebody_else_is_not_taken(ticket: Ticket, ben: Agent) -> None:
    row = upload(PIXEL, name="screen.png", owner="agent:999999")
    message = written(request_with(f'<p>x <img src="/files/uploads/{row.token}"></p>', ben))
    assert message.files == []
