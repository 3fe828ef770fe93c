"""The side navigation: every page of the administration, once."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tugon.pages.render import page


@dataclass(frozen=True, slots=True)
class Entry:
    words: Promise
    route: str
    icon: str
    permission: str
    register: str = ""

    @property
    def address(self) -> str:
        return reverse(f"administration:{self.route}", args=[self.register] if self.register else None)


SECTIONS: list[tuple[Promise, list[Entry]]] = [
    (
        _("Company"),
        [
            Entry(_("Company"), "company", "building-2", "admin.settings"),
            Entry(_("Limits and habits"), "limits", "sliders-horizontal", "admin.settings"),
            Entry(_("Search by meaning"), "meaning", "search", "admin.settings"),
            Entry(_("Assistant"), "assistant", "bot", "admin.settings"),
        ],
    ),
    (
        _("People"),
        [
            Entry(_("People"), "people", "users", "admin.people"),
            Entry(_("Teams"), "rows", "users-round", "admin.people", "teams"),
            Entry(_("Roles"), "roles", "shield", "admin.people"),
        ],
    ),
    (
        _("Channels"),
        [
            Entry(_("Mailboxes"), "mailboxes", "mail", "admin.channels"),
            Entry(_("Forms"), "rows", "app-window", "admin.channels", "forms"),
            Entry(_("On your pages"), "embed", "panels-top-left", "admin.settings"),
            Entry(_("Sender rules"), "rows", "filter", "admin.intake", "senders"),
        ],
    ),
    (
        _("Tickets and customers"),
        [
            Entry(_("States"), "rows", "circle-dot", "admin.settings", "states"),
            Entry(_("Fields"), "rows", "rows-3", "admin.settings", "fields"),
            Entry(_("Tags"), "rows", "tag", "admin.settings", "tags"),
            Entry(_("Shared views"), "rows", "list-filter", "view.share", "views"),
            Entry(_("Audiences"), "rows", "contact", "admin.settings", "audiences"),
            Entry(_("Plans"), "rows", "wallet", "admin.settings", "plans"),
            Entry(_("Organisations"), "rows", "landmark", "customer.edit", "organisations"),
        ],
    ),
    (
        _("Triage and promises"),
        [
            Entry(_("Rules"), "rules", "zap", "rule.edit"),
            Entry(_("Priorities"), "priority", "gauge", "understanding.edit"),
            Entry(_("Routing"), "routing", "route", "routing.edit"),
            Entry(_("Promises"), "policies", "alarm-clock", "promise.edit"),
            Entry(_("Calendars"), "calendars", "calendar", "promise.edit"),
            Entry(_("Understanding"), "understanding", "lightbulb", "understanding.edit"),
            Entry(_("Topics"), "rows", "shapes", "understanding.edit", "topics"),
            Entry(_("Product areas"), "rows", "shapes", "understanding.edit", "areas"),
            Entry(_("Reply coach"), "coach", "message-square", "coach.edit"),
            Entry(_("Escalation levels"), "levels", "chevrons-up", "promise.edit"),
            Entry(_("On call"), "rotas", "phone", "promise.edit"),
            Entry(_("Departments outside"), "rows", "building-2", "promise.edit", "departments"),
        ],
    ),
    (
        _("Knowledge"),
        [
            Entry(_("Facts"), "facts", "badge-check", "fact.edit"),
            Entry(_("To read again"), "fact-reviews", "list-checks", "fact.edit"),
            Entry(_("Billing directory"), "processors", "receipt", "billing.edit"),
            Entry(_("Routes"), "rows", "signpost", "admin.helpcenter", "routes"),
            Entry(_("Advice"), "rows", "compass", "admin.helpcenter", "advice"),
        ],
    ),
    (
        _("Watch over it"),
        [
            Entry(_("Ledger"), "ledger", "book-open-check", "admin.intake"),
            Entry(_("Deliveries"), "deliveries", "send", "admin.intake"),
            Entry(_("Automatic mail"), "automatic-mail", "bot", "admin.intake"),
            Entry(_("What failed"), "failures", "triangle-alert", "admin.audit"),
            Entry(_("Audit log"), "audit", "scroll-text", "admin.audit"),
            Entry(_("System"), "health", "activity", "admin.audit"),
        ],
    ),
]


def show(
    request: HttpRequest, template: str, *, status: int = 200, block: str | None = None, **context: object
) -> HttpResponse:
    """A page of the administration with the navigation that its reader may use."""
    sections = [
        (words, [entry for entry in entries if request.user.may(entry.permission)])  # type: ignore[union-attr]
        for words, entries in SECTIONS
    ]
    shown = {"sections": [section for section in sections if section[1]], **context}
    return page(request, f"administration/{template}.html", shown, status=status, block=block)
