"""A web form's request: checked, kept on the ledger first, then opened as a ticket by the same path as mail.

The portal shows the form with `token(form)` in a hidden field and calls `submit`. What looks like a machine's is kept
aside, not refused: the person reads the same thanks, an administrator can release it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.company import settings as company
from tugon.customers import fields as custom_fields
from tugon.customers.models import Customer, CustomField
from tugon.files.models import Upload
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.lib.errors import Unavailable
from tugon.tickets.models import Ticket
from tugon.tickets.models.ticket import Side

from .errors import ChannelClosed, SubmissionIncomplete
from .models import Form, Received
from .operations.processing import process
from .operations.storing import keep
from .steps.submitted import Signs, has_worked

HONEYPOT = "website"
"""Name of the field that people do not see."""

TIMES_STORED = 10
"""So many times the requests that one network may send are kept aside; beyond, they are refused in words."""

LONGEST = 50_000
"""Letters of a description."""


class TooManyRequests(Unavailable):
    code = "too-many-requests"
    words = gettext_lazy(
        "Very many requests came from your network within an hour, so this one was not taken. Your words are "
        "still here: try again in a while, or write to us by e-mail."
    )


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a request. `ticket` is None when it was kept aside or could not be read yet; nothing is lost.

    The ticket stands as it was opened; what reactions made of it (a promise, a team) is in the database.
    """

    received: Received
    ticket: Ticket | None

    @property
    def is_kept_aside(self) -> bool:
        return self.ticket is None


def token(form: Form) -> str:
    """For a hidden field: when the form was shown, signed."""
    shown = int(now().timestamp())
    return f"{shown}.{secrets.sign('form', form.pk, shown)}"


def client_hash(address: str) -> str:
    """A network address as it is kept: a keyed hash that changes every day and cannot be turned back."""
    return secrets.sign("form-client", now().date().isoformat(), address, length=32) if address else ""


def submit(
    form: Form,
    data: Mapping[str, Any],
    *,
    submission_id: str,
    uploads: Sequence[Upload] = (),
    customer: Customer | None = None,
    language: str = "",
    client: str = "",
    token: str = "",
    proof: str = "",
    context: Mapping[str, Any] | None = None,
) -> Submission:
    """Keep a request and open its ticket. The same submission_id again returns what the first one made.

    data: name, email, username, subject, description, side, fields (custom ones by key), and the honeypot.
    submission_id: made by the page once per filling, so that a double click makes one ticket. customer: who is signed
    in; otherwise data["email"] is a claim, and nobody's history is joined. client: `client_hash` of the network
    address. token, proof: from the page. context: what the page knew (article, device).
    Raises ChannelClosed, SubmissionIncomplete, FieldInvalid, FieldUnknown, TooManyRequests; nothing is stored then.
    """
    if not form.channel.is_enabled:
        raise ChannelClosed
    cleaned = clean(form, data, customer=customer)
    lately = _lately(client)
    most = company.get("forms_per_hour")
    if lately >= most * TIMES_STORED:
        raise TooManyRequests
    signs = Signs(
        honeypot=bool(str(data.get(HONEYPOT) or "").strip()),
        seconds=_seconds(form, token),
        lately=lately,
        most=most,
        has_worked=has_worked(token, proof) if form.needs_proof_of_work else None,
    )
    payload = {
        "form": form.pk,
        "customer": customer.pk if customer else None,
        "language": language,
        "data": cleaned,
        "context": dict(context or {}),
        "files": [{"file": upload.file_id, "name": upload.name} for upload in uploads],
        "signs": {name: getattr(signs, name) for name in Signs.__slots__},
    }
    row = Received(
        channel_id=form.channel_id,
        via="form",
        fingerprint=_fingerprint(form, submission_id, cleaned),
        sender=cleaned["email"],
        subject=cleaned["subject"][:300],
        client=client[:64],
    )
    content = json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
    received = process(keep(row, content, wakes=False))
    return Submission(received, received.ticket)


def was_sent(form: Form, submission_id: str) -> bool:
    """Whether the page with this id has been sent before: a double click. One query, none without an id."""
    if not submission_id.strip():
        return False
    known = Received.objects.filter(fingerprint=_fingerprint(form, submission_id, {}))
    return known.filter(channel=form.channel_id).exists()


def clean(form: Form, data: Mapping[str, Any], *, customer: Customer | None) -> dict[str, Any]:
    """The answers as they are kept. Raises SubmissionIncomplete naming every field that is missing or wrong."""
    said = {name: _text(data.get(name)) for name in ("name", "email", "username", "subject", "description")}
    wrong: dict[str, str] = {}
    if not said["description"]:
        wrong["description"] = _("Describe the problem in a sentence or more.")
    elif len(said["description"]) > LONGEST:
        wrong["description"] = _("This is too long. Send the longest parts as a file.")
    if customer is None:
        said["email"] = said["email"].lower()
        try:
            validate_email(said["email"])
        except ValidationError:
            wrong["email"] = _("Write the e-mail address where we can answer you.")
    side = str(data.get("side") or "")
    fields = _fields(form, data.get("fields") or {}, wrong)
    if wrong:
        raise SubmissionIncomplete(fields=" ".join(wrong.values()), problems=wrong)
    said["subject"], said["name"], said["username"] = (
        said["subject"][:500],
        said["name"][:160],
        said["username"][:120],
    )
    return {**said, "side": side if side in Side.values and form.asks_side else "", "fields": fields}


def _fields(form: Form, values: Mapping[str, Any], wrong: dict[str, str]) -> dict[str, Any]:
    if not form.asks:
        return {}
    asked = {key: values.get(key) for key in form.asks if key in values}
    fields = custom_fields.clean("ticket", asked)
    for field in CustomField.objects.filter(
        on="ticket", key__in=form.asks, is_required=True, archived_at=None
    ):
        if fields.get(field.key) in (None, "", []):
            wrong[field.key] = _("Answer “{field}”.").format(field=field.name_in("en"))
    return {key: value for key, value in fields.items() if value is not None}


def _lately(client: str) -> int:
    if not client:
        return 0
    since = now() - timedelta(hours=1)
    return Received.objects.filter(client=client[:64], received_at__gte=since).count()


def _seconds(form: Form, token: str) -> float | None:
    shown, _dot, mac = token.partition(".")
    if not (shown.isascii() and shown.isdigit() and len(shown) < 12):
        return None
    if not secrets.signed("form", form.pk, int(shown), mac=mac):
        return None
    return max(0.0, now().timestamp() - int(shown))


def _fingerprint(form: Form, submission_id: str, cleaned: Mapping[str, Any]) -> str:
    """By the page's id; a page without one (no JavaScript, old cache) is told apart by its words and the hour."""
    identity = submission_id.strip()[:100] or json.dumps(
        [cleaned, now().strftime("%Y-%m-%d %H")], sort_keys=True
    )
    return hashlib.sha256(f"form\x1f{form.pk}\x1f{identity}".encode()).hexdigest()


def _text(value: Any) -> str:
    return str(value or "").replace("\x00", "").replace("\r\n", "\n").strip()
