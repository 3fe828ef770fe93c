"""Writing a request."""

import hashlib
import secrets as random
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.customers.models import ContactPoint
from tugon.database.revision import remembering_decisions
from tugon.intake import forms as intake
from tugon.intake.errors import ChannelClosed, SubmissionIncomplete
from tugon.intake.models import Form
from tugon.intake.steps.submitted import WORK_BITS
from tugon.intake.submissions import CARRIED
from tugon.lib.errors import DomainError
from tugon.search.knowledge import deflection
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import ACTIVE

from .. import context as background
from .. import operations, uploads
from ..choices import form_at, open_forms, ways_in
from ..forms import ContactForm, side_options
from ..help.people import who
from ..identity import grant, visitor
from ..same_case import asking as same_case
from ..words import expected_in_words
from .answers import answer, private

RECEIVED = "received_aside"
PAGE = "page"
"""The address may say on which page of the company's the person was."""


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which form? Only one: that one, with whatever the address said."""
    forms = open_forms()
    query = request.META.get("QUERY_STRING", "")
    if len(forms) == 1:
        return redirect(f"{forms[0].slug}/" + (f"?{query}" if query else ""))
    mailbox = Mailbox.objects.default()
    context = {"ways": ways_in(forms), "query": query, "address": mailbox.address if mailbox else ""}
    return answer(request, "choose.html", {**context, "expected": expected_in_words()})


@require_http_methods(["GET", "HEAD", "POST"])
@private
@remembering_decisions()
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what it sends. A form that comes back has lost nothing, files included."""
    form = form_at(slug)
    customer = visitor(request).customer
    if request.method != "POST":
        if not form.channel.is_enabled:
            messages.info(request, ChannelClosed.words)
            return redirect("portal:contact")
        asked = ContactForm(form, customer=customer, initial=_initial(request))
        return _shown(request, form, asked, files=uploads.Given(uploads.waiting_of(request)))
    asked = ContactForm(form, request.POST, customer=customer)
    given = uploads.taken_from(request, tell=asked)
    if asked.is_valid():
        try:
            return _decided(request, form, asked, given)
        except SubmissionIncomplete as error:
            _tell(asked, error)
        except DomainError as error:
            asked.add_error(None, error.message)
            return _shown(request, form, asked, files=given, status=error.status)
    return _shown(request, form, asked, files=given, status=422)


@require_safe
@private
def received(request: HttpRequest) -> HttpResponse:
    """Thanks for what somebody looks at before it becomes a request."""
    if not request.session.get(RECEIVED):
        return redirect("portal:home")
    return answer(request, "received.html", {"expected": expected_in_words()})


def _decided(request: HttpRequest, form: Form, asked: ContactForm, given: uploads.Given) -> HttpResponse:
    """A new request; or words added to one that is open, where the visitor says that it is about that."""
    ticket = same_case.chosen(request)
    if ticket is None:
        answers = asked.answers()
        is_again = intake.was_sent(form, _once(request, answers))
        alike = None if is_again else same_case.alike(request, answers)
        if alike is not None:
            return _shown(request, form, asked, files=given, alike=alike)
        return _submitted(request, form, asked, given)
    same_case.add_to(ticket, asked, uploads=list(given.uploads), once=request.POST.get("once", ""))
    messages.success(request, _("Your message was added."))
    return HttpResponseRedirect(f"/requests/{ticket.pk}/#newest")


def _submitted(request: HttpRequest, form: Form, asked: ContactForm, given: uploads.Given) -> HttpResponse:
    adapter = get_adapter()
    answers = asked.answers()
    earlier = _earlier(request)
    submission = intake.submit(
        form,
        answers,
        submission_id=_once(request, answers),
        uploads=given.uploads,
        customer=visitor(request).customer,
        language=get_language() or "",
        client=intake.client_hash(adapter.get_client_ip(request) or ""),
        token=request.POST.get("token", ""),
        proof=request.POST.get("proof", ""),
        context=_context(request, earlier),
    )
    operations.forget(given.uploads)
    if submission.ticket is None:
        request.session[RECEIVED] = True
        return redirect("portal:received")
    if earlier is not None:
        operations.link_to_earlier(submission.ticket, earlier)
    deflection.sent(who(request), submission.ticket.pk)
    grant(request, submission.ticket)
    return HttpResponseRedirect(f"/requests/{submission.ticket.number}/sent/")


def _shown(
    request: HttpRequest,
    form: Form,
    asked: ContactForm,
    *,
    files: uploads.Given,
    status: int = 200,
    alike: Ticket | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    about = (request.POST.get(PAGE) or request.GET.get(PAGE, ""))[:500]
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "title": form.title_in(language),
        "intro": form.intro_in(language),
        "sides": side_options(),
        "suggesting_in": language,
        "files": files,
        "expected": expected_in_words(),
        "token": intake.token(form),
        "once": request.POST.get("once") or random.token_urlsafe(12),
        "honeypot": intake.HONEYPOT,
        "work_bits": WORK_BITS if form.needs_proof_of_work else 0,
        "max_bytes": company.get("upload_megabytes") * 1_000_000,
        "about": {PAGE: about, **background.given(request)},
        "carried": background.shown(request, language).values(),
        "earlier": _earlier(request),
        "signed_in_as": _signed_in_as(request),
        "same_case": _same_case(request) if request.method != "POST" else [],
        "alike": alike,
    }
    return answer(request, "form.html", context, status=status)


def _once(request: HttpRequest, answers: dict[str, Any]) -> str:
    """The page's own id with its words: a double click is one request, a text that was changed afterwards another."""
    once = request.POST.get("once", "")[:40]
    words = hashlib.sha256(f"{answers.get('subject')}\x1f{answers.get('description')}".encode()).hexdigest()
    return f"{once}:{words[:32]}" if once else ""


def _context(request: HttpRequest, earlier: Ticket | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        PAGE: request.POST.get(PAGE, "").strip()[:500],
        "device": request.headers.get("User-Agent", "")[:300],
        CARRIED: background.kept(request),
    }
    if earlier is not None:
        known["continues"] = earlier.pk
    return {name: value for name, value in known.items() if value}


def _earlier(request: HttpRequest) -> Ticket | None:
    """The request a new one goes on from (`?about=1042`), if the visitor may open it."""
    number = request.POST.get("about") or request.GET.get("about", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return visitor(request).tickets().filter(pk=int(number)).first()


def _initial(request: HttpRequest) -> dict[str, str]:
    subject = request.GET.get("subject", "")[:200]
    carried = background.shown(request, get_language() or "en")
    subject = subject or next((one.subject for one in carried.values() if one.subject), "")[:200]
    earlier = _earlier(request)
    if not subject and earlier is not None:
        subject = _("Again: {subject}").format(subject=earlier.subject)[:200]
    return {"subject": subject, "side": ""}


def _same_case(request: HttpRequest) -> list[Ticket]:
    """The signed-in customer's unfinished requests: perhaps it is about one of them."""
    customer = visitor(request).customer
    if customer is None:
        return []
    rows = Ticket.objects.of_customer(customer).filter(status__in=ACTIVE).order_by("-updated_at", "-pk")
    return list(rows[:3])


def _signed_in_as(request: HttpRequest) -> str:
    customer = visitor(request).customer
    if customer is None:
        return ""
    point = ContactPoint.objects.filter(customer=customer, kind="email").first()
    return point.value if point else customer.shown_name


def _tell(asked: ContactForm, error: SubmissionIncomplete) -> None:
    for name, words in error.values.get("problems", {}).items():
        field = name if name in asked.fields else f"field_{name}"
        asked.add_error(field if field in asked.fields else None, words)
