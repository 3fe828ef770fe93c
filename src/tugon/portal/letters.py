"""The letter by which somebody signs in. It leaves through Django's e-mail backend, whichever it is."""

from django.conf import settings
from django.template import engines
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.accounts.mail import send
from tugon.company import settings as company
from tugon.customers.models import ContactPoint
from tugon.intake.acknowledging import language_for
from tugon.pages import brand
from tugon.pages.brand import DEFAULT_ACCENT
from tugon.pages.colour import ink_for, parsed, written

from . import proofs
from .models import SignIn


def send_sign_in(row: SignIn) -> None:
    """Send the link and the code; to an address nobody ever used, that it is so. Raises what the backend raises."""
    points = ContactPoint.objects.of_address(row.address).filter(
        customer__merged_into=None, customer__erased_at=None
    )
    point = points.select_related("customer").order_by("verified_at", "pk").first()
    with translation.override(language_for(row.language, point.customer.language if point else "")):
        if point is None:
            _write(row.address, *_nobody_known())
        else:
            _write(row.address, *_way_in(row))


def _way_in(row: SignIn) -> tuple[str, list[str], tuple[str, str] | None, str]:
    code = proofs.code(row.pk, row.nonce)
    spaced = f"{code[:3]} {code[3:]}"
    link = settings.BASE_URL + reverse("portal:sign-in-link", args=[proofs.token(row.pk, row.nonce)])
    return (
        _("{code} is your sign-in code").format(code=spaced),
        [
            _("Somebody, probably you, wants to see the requests of this address at {company}.").format(
                company=company.get("name")
            ),
            _("Your code is {code}. Type it into the page where you asked for this letter.").format(
                code=spaced
            ),
            _("Or open this link. Code and link hold 30 minutes and work once:"),
        ],
        (_("Sign in"), link),
        _("If it was not you, ignore this letter: without it nobody gets in."),
    )


def _nobody_known() -> tuple[str, list[str], tuple[str, str] | None, str]:
    return (
        _("No requests from this address"),
        [
            _("Somebody, probably you, wanted to see the requests of this address at {company}.").format(
                company=company.get("name")
            ),
            _(
                "We know no requests from this address. Perhaps you wrote from another one? Then ask again with that."
            ),
            _("To write to us for the first time, begin here:"),
        ],
        (_("Contact & support"), settings.BASE_URL + reverse("portal:home")),
        _("If it was not you, ignore this letter."),
    )


def _write(to: str, subject: str, lines: list[str], action: tuple[str, str] | None, last: str) -> None:
    company_name = company.get("name")
    text = "\n\n".join([*lines, *([action[1]] if action else []), last, company_name]) + "\n"
    accent = brand.current().accent or DEFAULT_ACCENT
    html = (
        engines["jinja2"]
        .get_template("portal/mail.html")
        .render(  # type: ignore[attr-defined]
            {
                "language": translation.get_language(),
                "subject": subject,
                "lines": lines,
                "action": action,
                "last": last,
                "company": company_name,
                "accent": accent,
                "ink": written(ink_for(parsed(accent))),
            }
        )
    )
    send(to, f"{subject} · {company_name}", text, html, purpose="sign-in")
