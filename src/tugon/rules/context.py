"""What rules may ask about beside the ticket: the message that came, who wrote it, the hour, the person's other
requests.

`offer_fields()` registers them; their values are read in `standing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tugon.lib.remember import remembered
from tugon.tickets.conditions import register_context
from tugon.tickets.conditions.fields import Field, Type

from .models import WordList

WRITERS: Mapping[str | int, str | Promise] = {
    "customer": _("the customer"),
    "participant": _("somebody else on the ticket"),
    "agent": _("an agent"),
    "machine": _("a machine (out of office, notices)"),
}
CHANGES: Mapping[str | int, str | Promise] = {
    "subject": _("Subject"),
    "kind": _("Type"),
    "priority": _("Priority"),
    "severity": _("Severity"),
    "side": _("Where the problem lies"),
    "language": _("Language"),
    "tags": _("Tags"),
    "fields": _("A field of your own"),
}
_FIELDS = (
    Field("message_text", Type.WORDS, _("Words of the message")),
    Field("message_lists", Type.SET, _("Matter, by word lists")),
    Field("sender", Type.WORDS, _("Address of the sender")),
    Field("recipient", Type.WORDS, _("Address it was sent to")),
    Field("who_wrote", Type.CHOICE, _("Who wrote"), choices=WRITERS),
    Field("is_first_message", Type.FLAG, _("It is the first message")),
    Field("message_has_files", Type.FLAG, _("The message brings files")),
    Field("only_thanks", Type.FLAG, _("The message only says thanks")),
    Field("word_count", Type.NUMBER, _("Number of words of the message")),
    Field("changed", Type.SET, _("What changed"), choices=CHANGES),
    Field("within_hours", Type.FLAG, _("Within opening hours")),
    Field("requests_in_7_days", Type.NUMBER, _("Tickets of this person in 7 days")),
    Field("requests_in_30_days", Type.NUMBER, _("Tickets of this person in 30 days")),
    Field("open_hours_since_answer", Type.NUMBER, _("Opening hours since our last answer")),
    Field("open_hours_since_customer", Type.NUMBER, _("Opening hours since the customer's last message")),
    Field("open_hours_since_opened", Type.NUMBER, _("Opening hours since it arrived")),
    Field("rating", Type.NUMBER, pgettext_lazy("of an answer", "Stars of the rating")),
)

BEFORE_A_TICKET = frozenset(
    {
        *("message_text", "message_lists", "sender", "recipient", "who_wrote", "message_has_files"),
        *("word_count", "within_hours", "requests_in_7_days", "requests_in_30_days", "is_first_message"),
        *("subject", "channel", "language", "customer", "organisation", "audience", "plan"),
    }
)
"""What a mail filter may ask about: nothing else is known before a ticket exists."""


def offer_fields() -> None:
    """Register what rules may ask about. Called at start."""
    for field in _FIELDS:
        register_context(field, choices=_lists if field.name == "message_lists" else None)


def _lists(language: str) -> Sequence[tuple[Any, str]]:
    return [(row.key, row.name_in(language)) for row in WordList.objects.all()]


@remembered
def word_lists() -> dict[str, tuple[str, ...]]:
    """Key → words of every language: who writes Filipino uses English words, too. One query."""
    rows = WordList.objects.values_list("key", "words")
    return {
        key: tuple(dict.fromkeys(word for many in words.values() for word in many)) for key, words in rows
    }
