"""What conditions may ask about: each field's type, and the operators each type has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tugon.channels.models import Channel

from ..models import Kind, Priority, Severity, Status
from ..models.ticket import Side


class Type(StrEnum):
    CHOICE = "choice"
    LEVEL = "level"
    REFERENCE = "reference"
    SET = "set"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"
    WORDS = "words"
    MOMENT = "moment"
    CUSTOM = "custom"


class Operator(StrEnum):
    IN = "in"
    NOT_IN = "not_in"
    ANY_OF = "any_of"
    ALL_OF = "all_of"
    NONE_OF = "none_of"
    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CONTAINS = "contains"
    LACKS = "does_not_contain"
    MATCHES = "matches"
    BEFORE = "before"
    AFTER = "after"
    OLDER = "older_than"
    WITHIN = "within"
    WITHIN_NEXT = "within_next"
    EMPTY = "is_empty"
    NOT_EMPTY = "is_not_empty"


_o = Operator
EMPTINESS = (_o.EMPTY, _o.NOT_EMPTY)
DURATIONS = (_o.OLDER, _o.WITHIN, _o.WITHIN_NEXT)
POINTS = (_o.BEFORE, _o.AFTER)
LISTS = (_o.IN, _o.NOT_IN, _o.ANY_OF, _o.ALL_OF, _o.NONE_OF)

OPERATORS: Mapping[Type, tuple[Operator, ...]] = {
    Type.CHOICE: (_o.IN, _o.NOT_IN),
    Type.LEVEL: (_o.IN, _o.NOT_IN, _o.AT_LEAST, _o.AT_MOST),
    Type.REFERENCE: (_o.IN, _o.NOT_IN, *EMPTINESS),
    Type.SET: (_o.ANY_OF, _o.ALL_OF, _o.NONE_OF, *EMPTINESS),
    Type.NUMBER: (_o.IS, _o.AT_LEAST, _o.AT_MOST),
    Type.FLAG: (_o.IS,),
    Type.TEXT: (_o.CONTAINS, _o.LACKS),
    Type.WORDS: (_o.ANY_OF, _o.NONE_OF, _o.CONTAINS, _o.LACKS, _o.MATCHES),
    Type.MOMENT: (*POINTS, *DURATIONS, *EMPTINESS),
    Type.CUSTOM: tuple(_o),
}

CUSTOM_OPERATORS: Mapping[str, tuple[Operator, ...]] = {
    "text": (_o.CONTAINS, _o.LACKS, _o.IN, _o.NOT_IN, *EMPTINESS),
    "long_text": (_o.CONTAINS, _o.LACKS, *EMPTINESS),
    "url": (_o.CONTAINS, _o.LACKS, *EMPTINESS),
    "number": (_o.IS, _o.AT_LEAST, _o.AT_MOST, *EMPTINESS),
    "boolean": (_o.IS, *EMPTINESS),
    "date": (*POINTS, *DURATIONS, *EMPTINESS),
    "choice": (_o.IN, _o.NOT_IN, *EMPTINESS),
    "choices": (_o.ANY_OF, _o.ALL_OF, _o.NONE_OF, *EMPTINESS),
}
"""Kind of custom field → what may be asked of it."""

PREFIX = "fields."
"""Custom fields are named `fields.<key>`."""


@dataclass(frozen=True, slots=True)
class Field:
    """choices: value → words, for choices and levels. words: what may stand for an id ("me"), with its meaning."""

    name: str
    type: Type
    label: str | Promise
    choices: Mapping[str | int, str | Promise] = field(default_factory=dict)
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    can_be_empty: bool = False

    @property
    def operators(self) -> tuple[Operator, ...]:
        own = OPERATORS[self.type]
        return (*own, *EMPTINESS) if self.can_be_empty and Operator.EMPTY not in own else own


_ME, _MY_TEAMS = pgettext_lazy("assignee", "me"), _("my teams")

_ALL = (
    Field("status", Type.CHOICE, _("Status"), choices=dict(Status.choices)),
    Field("state", Type.REFERENCE, _("State")),
    Field("kind", Type.CHOICE, _("Type"), choices=dict(Kind.choices)),
    Field(
        "priority",
        Type.LEVEL,
        _("Priority"),
        choices=dict(Priority.choices),
        names={one.name.lower(): one.value for one in Priority},
    ),
    Field(
        "severity",
        Type.LEVEL,
        _("Severity"),
        choices=dict(Severity.choices),
        names={one.name.lower(): one.value for one in Severity},
        can_be_empty=True,
    ),
    Field("side", Type.CHOICE, _("Where the problem lies"), choices=dict(Side.choices)),
    Field("team", Type.REFERENCE, _("Team"), words={"my_teams": _MY_TEAMS, "none": _("no team")}),
    Field(
        "assignee",
        Type.REFERENCE,
        _("Assignee"),
        words={"me": _ME, "my_teams": _("somebody in my teams"), "nobody": _("nobody")},
    ),
    Field("followers", Type.SET, _("Followers"), words={"me": _ME}),
    Field("customer", Type.REFERENCE, _("Customer")),
    Field("organisation", Type.REFERENCE, _("Organisation")),
    Field("audience", Type.REFERENCE, _("Audience")),
    Field("plan", Type.REFERENCE, _("Plan")),
    Field("channel", Type.REFERENCE, _("Channel"), words=dict(Channel.Kind.choices)),
    Field("language", Type.CHOICE, _("Language"), can_be_empty=True),
    Field("tags", Type.SET, _("Tags")),
    Field("subject", Type.TEXT, _("Subject")),
    Field("text", Type.TEXT, _("Words of the ticket")),
    Field("created_at", Type.MOMENT, _("Created")),
    Field("updated_at", Type.MOMENT, _("Last change")),
    Field("first_response_at", Type.MOMENT, _("First answer")),
    Field("last_customer_at", Type.MOMENT, _("Last message of the customer")),
    Field("last_agent_at", Type.MOMENT, _("Last answer")),
    Field("solved_at", Type.MOMENT, _("Solved")),
    Field("closed_at", Type.MOMENT, _("Closed")),
    Field("snoozed_until", Type.MOMENT, _("Snoozed until")),
    Field("due_at", Type.MOMENT, _("Next promise")),
    Field("message_count", Type.NUMBER, _("Number of messages")),
    Field("reopen_count", Type.NUMBER, _("Times reopened")),
    Field("has_attachments", Type.FLAG, _("Has attachments")),
    Field("is_spam", Type.FLAG, _("Spam")),
    Field("merged", Type.FLAG, _("Merged into another ticket")),
    Field("unanswered", Type.FLAG, _("The customer wrote last")),
    Field(
        "waiting_for",
        Type.CHOICE,
        _("Waiting for"),
        choices={"us": pgettext_lazy("waiting for", "us"), "customer": _("the customer")},
    ),
)
FIELDS: dict[str, Field] = {one.name: one for one in _ALL}
"""By name. Packages above add theirs by `registering.register_field`."""

OPERATOR_WORDS: Mapping[Operator, str | Promise] = {
    _o.IN: pgettext_lazy("condition", "is"),
    _o.NOT_IN: pgettext_lazy("condition", "is not"),
    _o.ANY_OF: pgettext_lazy("condition", "has one of"),
    _o.ALL_OF: pgettext_lazy("condition", "has all of"),
    _o.NONE_OF: pgettext_lazy("condition", "has none of"),
    _o.IS: pgettext_lazy("condition", "is"),
    _o.AT_LEAST: pgettext_lazy("condition", "is at least"),
    _o.AT_MOST: pgettext_lazy("condition", "is at most"),
    _o.CONTAINS: pgettext_lazy("condition", "contains"),
    _o.LACKS: pgettext_lazy("condition", "does not contain"),
    _o.MATCHES: pgettext_lazy("condition", "fits the pattern"),
    _o.BEFORE: pgettext_lazy("condition", "is before"),
    _o.AFTER: pgettext_lazy("condition", "is since"),
    _o.OLDER: pgettext_lazy("condition", "is longer ago than"),
    _o.WITHIN: pgettext_lazy("condition", "is within the last"),
    _o.WITHIN_NEXT: pgettext_lazy("condition", "is within the next"),
    _o.EMPTY: pgettext_lazy("condition", "is empty"),
    _o.NOT_EMPTY: pgettext_lazy("condition", "is not empty"),
}
