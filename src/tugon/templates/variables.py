"""The variables a template may name, what each means, and its value for one case. A value is made only when it is asked
for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import dates
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.accounts.models import Agent
from tugon.company import settings as company
from tugon.customers.models import Customer, CustomField
from tugon.intake.links import request_url
from tugon.lib.clock import now
from tugon.lib.moments import promise_in_words
from tugon.tickets.models import Resolution, Ticket

from .language import Choice, Link, Value
from .naming import first_name


@dataclass(kw_only=True)
class Case:
    """For whom and about what a template is filled. ticket: None where it is not opened yet."""

    language: str
    customer: Customer | None = None
    ticket: Ticket | None = None
    agent: Agent | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def solution(self) -> Resolution | None:
        return self.ticket.resolutions.first() if self.ticket and self.ticket.pk else None

    @property
    def zone(self) -> str:
        """The customer's zone; the company's where it is not known."""
        return (self.customer.time_zone if self.customer else "") or company.get("zone")


@dataclass(frozen=True, slots=True)
class Variable:
    """label: what it is, as it stands in a gap: "customer's name". value: for a case; None where there is none."""

    name: str
    label: str | Promise
    example: str
    value: Callable[[Case], Value]


def _customer(name: str) -> Callable[[Case], Value]:
    return lambda case: getattr(case.customer, name, None) or None


def _ticket(name: str) -> Callable[[Case], Value]:
    return lambda case: getattr(case.ticket, name, None) or None


def _solution(name: str) -> Callable[[Case], Value]:
    return lambda case: getattr(case.solution, name, "") or None


def _first_name(case: Case) -> Value:
    return (first_name(case.customer.name) or None) if case.customer else None


def _polite_name(case: Case) -> Value:
    """The first name, or a polite form for who gave none."""
    return _first_name(case) or _("customer")


def _greeting(case: Case) -> Value:
    name = _first_name(case)
    return _("Hello {name},").format(name=name) if name else _("Hello,")


def _email(case: Case) -> Value:
    if case.customer is None or case.customer.pk is None:
        return None
    points = case.customer.contact_points.filter(kind="email").order_by("-is_primary", "pk")
    return next((point.value for point in points[:1]), None)


def _plan(case: Case) -> Value:
    plan = case.customer.plan if case.customer else None
    return Choice(plan.key, plan.name) if plan else None


def _audience(case: Case) -> Value:
    row = case.ticket.audience if case.ticket else None
    row = row or (case.customer.audience if case.customer else None)
    return Choice(row.key, row.name_in(case.language)) if row else None


def _organisation(case: Case) -> Value:
    row = case.customer.organisation if case.customer else None
    return row.name if row else None


def _team(case: Case) -> Value:
    return case.ticket.team.name if case.ticket and case.ticket.team else None


def _channel(case: Case) -> Value:
    channel = case.ticket.channel if case.ticket else None
    return Choice(channel.kind, channel.name) if channel else None


def _priority(case: Case) -> Value:
    if case.ticket is None:
        return None
    label = str(case.ticket.get_priority_display())
    return Choice({1: "low", 2: "normal", 3: "high", 4: "urgent"}.get(case.ticket.priority, ""), label)


def _chosen(name: str) -> Callable[[Case], Value]:
    def value(case: Case) -> Value:
        key = getattr(case.ticket, name, "")
        return Choice(str(key), str(getattr(case.ticket, f"get_{name}_display")())) if key else None

    return value


def _language(case: Case) -> Value:
    return Choice(case.language, str(dict(settings.LANGUAGES).get(case.language, case.language)))


def _link(case: Case) -> Value:
    return Link(request_url(case.ticket)) if case.ticket and case.ticket.pk else None


def _opened(case: Case) -> Value:
    return day_in_words(case.ticket.created_at, case) if case.ticket else None


def _due(case: Case) -> Value:
    return moment_in_words(case.ticket.due_at, case) if case.ticket and case.ticket.due_at else None


def _agent_name(case: Case) -> Value:
    return (case.agent.public_name or case.agent.name) if case.agent else None


def _help(case: Case) -> Value:
    return Link(f"{settings.BASE_URL}/{case.language}/help/")


def day_in_words(moment: datetime | date, case: Case) -> str:
    """ "22 November 2026", in the customer's zone and language."""
    local = moment.astimezone(zone_of(case.zone)) if isinstance(moment, datetime) else moment
    return dates.format_date(local, "long", locale=case.language.replace("-", "_"))


def moment_in_words(moment: datetime, case: Case) -> str:
    """ "by Tuesday, 3:00 PM", in the customer's zone and language."""
    return promise_in_words(moment, language=case.language, zone=case.zone, in_letter=True)


def zone_of(name: str) -> ZoneInfo:
    """The zone of a name, UTC where it is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


_L = gettext_lazy
VARIABLES: dict[str, Variable] = {
    one.name: one
    for one in (
        Variable("greeting", _L("greeting"), "Hello Maria,", _greeting),
        Variable("customer.first_name", _L("customer's first name"), "Maria", _first_name),
        Variable("customer.polite_name", _L("customer's name or a polite form"), "Maria", _polite_name),
        Variable("customer.name", _L("customer's name"), "Maria Santos", _customer("name")),
        Variable("customer.username", _L("customer's user name"), "maria.s", _customer("username")),
        Variable("customer.email", _L("customer's address"), "maria@mail.example", _email),
        Variable("customer.plan", _L("customer's plan"), "Premium", _plan),
        Variable("customer.audience", _L("customer's audience"), "Members", _audience),
        Variable("customer.organisation", _L("customer's organisation"), "Studio Luntian", _organisation),
        Variable("ticket.number", _L("ticket number"), "1042", _ticket("pk")),
        Variable("ticket.subject", _L("subject"), "Charged twice", _ticket("subject")),
        Variable("ticket.link", _L("link to the request"), "https://…/r/…", _link),
        Variable("ticket.opened_on", _L("day of the request"), "22 November 2026", _opened),
        Variable("ticket.status", _L("status"), "open", _chosen("status")),
        Variable("ticket.priority", _L("priority"), "normal", _priority),
        Variable("ticket.side", _L("where the problem lies"), "mine", _chosen("side")),
        Variable("ticket.channel", _L("channel"), "email", _channel),
        Variable("ticket.team", _L("team"), "Billing", _team),
        Variable(
            "ticket.tags", _L("tags"), "refund", lambda case: list(case.ticket.tags) if case.ticket else None
        ),
        Variable("ticket.language", _L("language"), "en", _language),
        Variable(
            "ticket.reopened",
            _L("how often it was reopened"),
            "0",
            lambda case: case.ticket.reopen_count if case.ticket else None,
        ),
        Variable("promise.due", _L("promised moment"), "by Tuesday, 3:00 PM", _due),
        Variable("solution.cause", _L("cause"), "", _solution("cause")),
        Variable("solution.done", _L("what was done"), "", _solution("done")),
        Variable("solution.prevention", _L("how to avoid it"), "", _solution("prevention")),
        Variable("agent.name", _L("agent's name"), "Ben", _agent_name),
        Variable(
            "agent.job_title",
            _L("agent's job title"),
            "Support",
            lambda case: (case.agent.job_title or None) if case.agent else None,
        ),
        Variable("company.name", _L("company's name"), "Tugon", lambda case: company.get("name")),
        Variable("company.help", _L("link to the help center"), "https://…/help/", _help),
        Variable("today", _L("today's date"), "22 November 2026", lambda case: day_in_words(now(), case)),
    )
}
"""By name, in the order in which editors are shown them."""


def custom_fields() -> dict[str, CustomField]:
    """Variable name → custom field: `ticket.fields.city`. One query."""
    rows = CustomField.objects.filter(archived_at=None, on__in=["ticket", "customer", "organisation"])
    return {f"{row.on}.fields.{row.key}": row for row in rows}


def label_of(name: str, extras: Mapping[str, str | Promise] | None = None) -> str:
    """What a variable is called in the language active now."""
    if extras and name in extras:
        return str(extras[name])
    if name in VARIABLES:
        return str(VARIABLES[name].label)
    return name.rpartition(".")[2].replace("_", " ").replace("-", " ")


def values(names: Iterable[str], case: Case) -> dict[str, Value]:
    """The value of each of these names that is a variable, None where it has none here. Facts are left out.

    At most one query for custom fields, one for the address and one for the solution, and only where they are asked.
    """
    found: dict[str, Value] = {}
    asked = list(names)
    own = custom_fields() if any(".fields." in name for name in asked) else {}
    with translation.override(case.language):
        for name in asked:
            if name in case.extra:
                found[name] = given(case.extra[name], case)
            elif name in VARIABLES:
                found[name] = VARIABLES[name].value(case)
            elif name in own:
                found[name] = _of_field(own[name], case)
            elif ".fields." in name:
                found[name] = None
    return found


def given(value: Any, case: Case) -> Value:
    """What a caller gave, as a value: moments in words, pairs of title and address as links."""
    if isinstance(value, datetime):
        return moment_in_words(value, case)
    if isinstance(value, date):
        return day_in_words(value, case)
    if isinstance(value, bool):
        return Choice("yes", _("Yes")) if value else Choice("no", _("No"))
    if isinstance(value, tuple) and len(value) == 2 and str(value[1]).startswith(("http://", "https://")):
        return Link(str(value[1]), str(value[0]))
    if isinstance(value, list | tuple):
        return [_one(one, case) for one in value]
    if value is None or isinstance(value, str | int | float | Choice | Link):
        return value
    return str(value)


def _one(value: Any, case: Case) -> str | Choice | Link:
    found = given(value, case)
    return found if isinstance(found, str | Choice | Link) else str(found)


def _of_field(row: CustomField, case: Case) -> Value:
    holder = {
        "ticket": case.ticket,
        "customer": case.customer,
        "organisation": case.customer.organisation if case.customer else None,
    }[row.on]
    value = (holder.fields if holder else {}).get(row.key)
    if value in (None, "", []):
        return None
    if row.kind == CustomField.Kind.DATE:
        try:
            return day_in_words(date.fromisoformat(str(value)), case)
        except ValueError:
            return str(value)
    if row.kind == CustomField.Kind.URL:
        return Link(str(value)) if str(value).startswith(("http://", "https://")) else str(value)
    if row.choices:
        names = {str(one["key"]): one.get("names", {}) for one in row.choices}
        said = [
            _choice(str(one), names, case.language) for one in (value if isinstance(value, list) else [value])
        ]
        return said[0] if len(said) == 1 else said
    return given(value, case)


def _choice(key: str, names: Mapping[str, Mapping[str, str]], language: str) -> Choice:
    words = names.get(key, {})
    return Choice(key, words.get(language) or words.get("en") or key)
