"""Letters to agents: invitation, reset, notices. They leave through Django's e-mail backend, whichever it is."""

from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tugon.company import settings as company

from . import links
from .models import Agent


def send(to: str, subject: str, text: str, html: str = "", *, purpose: str) -> None:
    """Send one letter now. purpose: a word for the list of deliveries. Raises what the backend raises."""
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        to=[to],
        headers={"Auto-Submitted": "auto-generated", "X-Tugon-Purpose": purpose},
    )
    if html:
        letter.attach_alternative(html, "text/html")
    letter.send()


def send_invitation(agent: Agent) -> None:
    with translation.override(agent.language):
        _write(
            agent,
            purpose="invitation",
            subject=_("Your account at {company}").format(company=company.get("name")),
            lines=[
                _("Hello {name},").format(name=agent.name),
                _("you were invited to answer customers at {company}.").format(company=company.get("name")),
                _("Choose a password with this link. It holds {days} days:").format(
                    days=links.INVITATION_DAYS
                ),
            ],
            action=(_("Accept the invitation"), links.invitation_address(agent)),
            last=_("If you did not expect this, you need not do anything."),
        )


def send_reset(agent: Agent) -> None:
    with translation.override(agent.language):
        _write(
            agent,
            purpose="password-reset",
            subject=_("A new password for {company}").format(company=company.get("name")),
            lines=[
                _("Hello {name},").format(name=agent.name),
                _("somebody, probably you, asked for a new password for your account."),
                _("Choose it with this link. It holds {minutes} minutes:").format(
                    minutes=links.RESET_MINUTES
                ),
            ],
            action=(_("Choose a new password"), links.reset_address(agent)),
            last=_("If it was not you, ignore this letter: your password stays as it is."),
        )


NOTICES = {
    "password": _lazy("Your password was changed."),
    "totp-added": _lazy("An authenticator app was set up for your account."),
    "totp-removed": _lazy("The authenticator app was removed from your account."),
    "webauthn-added": _lazy("A passkey was added to your account."),
    "webauthn-removed": _lazy("A passkey was removed from your account."),
}


def send_notice(agent: Agent, what: str) -> None:
    """Tell somebody that the safety of the account changed. what: a key of NOTICES; others are passed over."""
    if what not in NOTICES:
        return
    with translation.override(agent.language):
        _write(
            agent,
            purpose="security-notice",
            subject=str(NOTICES[what]).rstrip("."),
            lines=[_("Hello {name},").format(name=agent.name), str(NOTICES[what])],
            action=None,
            last=_("If it was not you, ask for a new password at once and tell an administrator."),
        )


def _write(
    agent: Agent, *, purpose: str, subject: str, lines: list[str], action: tuple[str, str] | None, last: str
) -> None:
    parts = [*lines, *([action[1]] if action else []), last, company.get("name")]
    template = engines["jinja2"].get_template("accounts/mail.html")
    html = template.render({"subject": subject, "lines": lines, "action": action, "last": last})
    send(agent.email, subject, "\n\n".join(parts) + "\n", html, purpose=purpose)
