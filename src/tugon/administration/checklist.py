"""What is still to do before people can write in and be answered."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Role, Team
from tugon.channels.models import Mailbox
from tugon.company.models import Setting
from tugon.customers.models import Audience
from tugon.intake.models import Form


@dataclass(frozen=True, slots=True)
class Step:
    words: str
    hint: str
    is_done: bool
    address: str
    permission: str


def steps() -> list[Step]:
    """In the order in which they are best done. Eight small queries."""
    working = Mailbox.objects.exclude(last_ok_at=None).filter(last_error="").exists()
    return [
        Step(
            _("Say who you are"),
            _("Name, colour, languages and time zone of your company."),
            Setting.objects.filter(key="name").exists(),
            reverse("administration:company"),
            "admin.settings",
        ),
        Step(
            _("Connect a mailbox"),
            _("So that mail becomes tickets and answers leave."),
            Mailbox.objects.exists(),
            reverse("administration:mailboxes"),
            "admin.channels",
        ),
        Step(
            _("Test the mailbox in both directions"),
            _("Tugon signs in, sends itself a letter and reads it."),
            working,
            reverse("administration:mailboxes"),
            "admin.channels",
        ),
        Step(
            _("Say who your customers are"),
            _("An audience has its own forms and words: members, creators, studios."),
            Audience.objects.exists(),
            reverse("administration:rows", args=["audiences"]),
            "admin.settings",
        ),
        Step(
            _("Offer a form"),
            _("Customers who do not like mail write there."),
            Form.objects.exists(),
            reverse("administration:rows", args=["forms"]),
            "admin.channels",
        ),
        Step(
            _("Make a team"),
            _("Tickets belong to teams; people take them."),
            Team.objects.filter(archived_at=None).exists(),
            reverse("administration:rows", args=["teams"]),
            "admin.people",
        ),
        Step(
            _("Invite the people who answer"),
            _("They choose their own password."),
            Agent.objects.active().count() > 1,
            reverse("administration:people"),
            "admin.people",
        ),
        Step(
            _("Ask administrators for a second factor"),
            _("A stolen password alone then opens nothing."),
            Role.objects.filter(permissions__contains=["admin.people"], requires_second_factor=True).exists(),
            reverse("administration:roles"),
            "admin.people",
        ),
    ]
