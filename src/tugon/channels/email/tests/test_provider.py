"""Our letters through a provider: nothing of them is lost on the way, and each recipient's answer is understood."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
from anymail.exceptions import AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus

from tugon.channels.email import provider
from tugon.channels.email.compose import compose
from tugon.channels.email.errors import MailboxTrouble
from tugon.channels.email.letters import File, Person
from tugon.channels.email.provider import ProviderSender, taken_apart
from tugon.channels.models import Mailbox
from tugon.lib import secrets

from .test_compose import LETTER, PIXEL

WHOLE = replace(
    LETTER,
    cc=(Person("carl@customer.test", "Carl Peña"),),
    reply_to=Person("support+t.1.abc@tugon.test", "Ligaya"),
    in_reply_to="<b@x>",
    references=("<a@x>", "<b@x>"),
    html='<p>See <img src="cid:one@tugon"></p>',
    files=(
        File("p.png", "image/png", PIXEL, content_id="one@tugon"),
        File("ü.pdf", "application/pdf", b"%PDF"),
    ),
)


def test_a_letter_taken_apart_says_the_same() -> None:
    message = taken_apart(compose(WHOLE), ["ana@customer.test", "carl@customer.test", "boss@tugon.test"])
    assert message.to == ["Ana Cruz <ana@customer.test>"]
    assert message.cc == ["Carl Peña <carl@customer.test>"]
    assert message.bcc == ["boss@tugon.test"]
    assert message.subject == WHOLE.subject
    assert "please try it again" in message.body
    assert message.extra_headers["Message-ID"] == WHOLE.message_id
    assert message.extra_headers["In-Reply-To"] == "<b@x>"
    assert message.extra_headers["References"].split() == ["<a@x>", "<b@x>"]
    assert message.reply_to == ["Ligaya <support+t.1.abc@tugon.test>"]
    written = message.message().as_bytes()
    assert b"Content-ID: <one@tugon>" in written
    assert len(message.attachments) == 2


def test_only_who_is_still_waiting_gets_it_again() -> None:
    message = taken_apart(compose(WHOLE), ["carl@customer.test"])
    assert (message.to, message.cc, message.bcc) == ([], ["Carl Peña <carl@customer.test>"], [])


def refusal(status: int | None) -> AnymailRequestsAPIError:
    """An HTTP answer of the provider; None stands for no answer at all."""
    if status is None:
        return AnymailRequestsAPIError("No answer")
    response = requests.Response()
    response.status_code, response.reason, response._content = status, "No", b"{}"
    return AnymailRequestsAPIError("Refused", response=response)


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ProviderSender]:
    def make(answer: Callable[[Any], None]) -> ProviderSender:
        monkeypatch.setitem(provider.BACKENDS, "postmark", "anymail.backends.postmark.EmailBackend")
        mailbox = Mailbox(
            address="support@tugon.test", provider="postmark", sealed_provider_key=secrets.seal("key")
        )
        made = ProviderSender(mailbox)
        monkeypatch.setattr(made._connection, "send_messages", lambda messages: answer(messages[0]))
        return made

    return make


def test_the_providers_answer_is_kept_for_each_recipient(sender: Callable[..., ProviderSender]) -> None:
    def answer(message: Any) -> None:
        message.anymail_status.set_recipient_status(
            {
                "ana@customer.test": AnymailRecipientStatus(message_id="one@provider", status="queued"),
                "carl@customer.test": AnymailRecipientStatus(message_id=None, status="rejected"),
            }
        )

    recipients = ["ana@customer.test", "carl@customer.test"]
    found = sender(answer).send(compose(WHOLE), sender="x@tugon.test", recipients=recipients)
    assert (found["ana@customer.test"].state, found["ana@customer.test"].remote_id) == (
        "sent",
        "one@provider",
    )
    assert found["carl@customer.test"].state == "failed"


@pytest.mark.parametrize(
    ("status", "state"), [(422, "failed"), (429, "deferred"), (500, "deferred"), (None, "deferred")]
)
def test_a_refusal_is_final_and_trouble_is_not(
    sender: Callable[..., ProviderSender], status: int | None, state: str
) -> None:
    def answer(_message: Any) -> None:
        raise refusal(status)

    found = sender(answer).send(compose(LETTER), sender="x@tugon.test", recipients=["ana@customer.test"])
    assert found["ana@customer.test"].state == state


def test_a_wrong_key_is_trouble_of_the_mailbox(sender: Callable[..., ProviderSender]) -> None:
    def answer(_message: Any) -> None:
        raise refusal(401)

    with pytest.raises(MailboxTrouble):
        sender(answer).send(compose(LETTER), sender="x@tugon.test", recipients=["ana@customer.test"])


@pytest.mark.parametrize("name", sorted(provider.BACKENDS))
def test_every_provider_can_be_set_up_or_says_what_is_missing(name: str) -> None:
    mailbox = Mailbox(address="support@tugon.test", provider=name, sealed_provider_key=secrets.seal("key"))
    try:
        ProviderSender(mailbox)
    except MailboxTrouble as trouble:
        assert trouble.message  # noqa: PT017 - either is right
