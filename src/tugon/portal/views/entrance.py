"""Signing in by a letter, and the link that opens one request."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.customers.models import ContactPoint, Customer
from tugon.intake import links
from tugon.intake.forms import client_hash
from tugon.lib.errors import DomainError
from tugon.pages.reader import LANGUAGE_COOKIE, known_language
from tugon.tickets.models import Ticket

from .. import identity, operations
from ..forms import CodeForm, SignInForm
from ..operations.entering import Asked, find_link, masked
from .answers import about_request, answer, private

ANSWERS = {"solution": ("answer",), "rating": ("score",)}
"""Where a link in a letter may lead beyond the request, and what it may choose there beforehand."""


@require_http_methods(["GET", "HEAD", "POST"])
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for an address. The answer is the same whoever it belongs to."""
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        if identity.visitor(request).customer:
            return redirect("portal:requests")
        return answer(request, "sign_in.html", {"form": form})
    if not form.is_valid():
        return answer(request, "sign_in.html", {"form": form}, status=422)
    return _ask(request, form.cleaned_data["email"], shown=form.cleaned_data["email"], form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def sent(request: HttpRequest) -> HttpResponse:
    """The letter is on its way; its code may be typed here, in the browser that asked."""
    asked = request.session.get(identity.ASKED)
    if not asked:
        return redirect("portal:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _signed_in(request, operations.redeem_code(asked["id"], form.cleaned_data["code"]))
        except DomainError as error:
            form.add_error("code", error.message)
    status = 422 if request.method == "POST" else 200
    return answer(request, "sign_in_sent.html", {"form": form, "address": asked["shown"]}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's link: looking changes nothing, because mail scanners look; the button signs in."""
    if request.method == "POST":
        return _signed_in(request, operations.redeem_link(token))
    row = find_link(token)
    if row is None:
        return answer(request, "link_spent.html", {"form": SignInForm()}, status=410)
    return answer(request, "sign_in_link.html", {"address": row.address})


@require_POST
@private
def sign_out(request: HttpRequest) -> HttpResponse:
    identity.sign_out(request)
    messages.success(request, _("You are signed out."))
    return redirect("portal:home")


@require_safe
@private
def request_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of acknowledgements and replies: opens that one request in this browser, and nothing else."""
    opened = links.verify(token)
    if opened is None:
        raise Http404
    ticket = Ticket.objects.filter(pk=opened.ticket_id, customer_id=opened.customer_id, is_spam=False).first()
    if ticket is None:
        ticket = identity.visitor(request).tickets().filter(pk=opened.ticket_id).first()
        if ticket is None:
            return answer(request, "link_moved.html", {"form": SignInForm()}, status=410)
    elif not identity.visitor(request).owns(ticket):
        identity.grant(request, ticket, by_link=True)
    return HttpResponseRedirect(_place(request, ticket))


@require_POST
@private
@about_request
def see_all(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """From one request to all of them, by a letter: a request's link is forwarded with the answer it stands in."""
    if identity.visitor(request).owns(ticket):
        return redirect("portal:requests")
    point = ContactPoint.objects.filter(customer=ticket.customer, kind="email").first()
    if point is None:
        raise Http404
    return _ask(request, point.value, shown=masked(point.value))


def _ask(request: HttpRequest, address: str, *, shown: str, form: SignInForm | None = None) -> HttpResponse:
    client = client_hash(get_adapter().get_client_ip(request) or "")
    try:
        asked: Asked = operations.ask_to_sign_in(address, client=client, language=get_language() or "")
    except DomainError as error:
        form = form or SignInForm()
        messages.error(request, error.message)
        return answer(request, "sign_in.html", {"form": form}, status=error.status)
    request.session[identity.ASKED] = {"id": asked.sign_in_id, "shown": shown}
    return redirect("portal:sign-in-sent")


def _signed_in(request: HttpRequest, customer: Customer) -> HttpResponse:
    identity.sign_in(request, customer)
    messages.success(request, _("You are signed in."))
    response = HttpResponseRedirect(request.session.pop(identity.NEXT, None) or reverse("portal:requests"))
    language = known_language(customer.language) if customer.language else ""
    if language and not request.COOKIES.get(LANGUAGE_COOKIE):
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure()
        )
    return response


def _place(request: HttpRequest, ticket: Ticket) -> str:
    """The page the link leads to: the request, or the question its letter asked with the answer chosen."""
    wanted = request.GET.get("to", "")
    if wanted not in ANSWERS:
        return reverse("portal:request", args=[ticket.pk])
    chosen = {name: request.GET[name][:10] for name in ANSWERS[wanted] if name in request.GET}
    return reverse(f"portal:{wanted}", args=[ticket.pk]) + (f"?{urlencode(chosen)}" if chosen else "")
