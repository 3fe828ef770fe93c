"""Is it solved, may it be closed, how was it. Links in letters only choose the answer; a button stores it."""

import secrets as random

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tugon.company import settings as company
from tugon.feedback.models import Rating
from tugon.feedback.operations import rate
from tugon.lib.errors import DomainError
from tugon.tickets.models import Status, Ticket

from .. import operations, uploads
from ..forms import ClosingForm, RatingForm, SolutionForm
from .answers import about_request, answer, private


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_request
def solution(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Is it solved? `?answer=yes` chooses beforehand."""
    if request.method != "POST":
        form = SolutionForm(initial={"answer": request.GET.get("answer", "")})
        return _solution_page(request, ticket, form)
    form = SolutionForm(request.POST)
    given = uploads.taken_from(request, tell=form)
    if not form.is_valid():
        return _solution_page(request, ticket, form, given=given, status=422)
    is_solved = form.cleaned_data["answer"] == "yes"
    try:
        operations.answer_solution(
            ticket,
            is_solved=is_solved,
            words=form.cleaned_data["words"],
            uploads=given.uploads,
            once=request.POST.get("once", ""),
            by=ticket.customer.actor,
        )
    except DomainError as error:
        form.add_error(None, error.message)
        ticket.refresh_from_db()
        return _solution_page(request, ticket, form, given=given, status=error.status)
    if is_solved:
        messages.success(request, _("Good. Thank you for telling us."))
        return redirect("portal:rating", number=ticket.pk)
    messages.success(request, _("We are on it again."))
    return redirect("portal:request", number=ticket.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_request
def closing(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The customer needs nothing more."""
    form = ClosingForm(request.POST or None, initial={"why": "solved"})
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return answer(request, "closing.html", {"ticket": ticket, "form": form}, status=status)
    is_solved = form.cleaned_data["why"] == "solved"
    operations.close_request(ticket, is_solved=is_solved, by=ticket.customer.actor)
    messages.success(request, _("Thank you. The request is finished."))
    return redirect("portal:rating" if is_solved else "portal:request", number=ticket.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_request
def rating(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One to five stars and a comment. `?score=4` chooses beforehand; a later rating replaces the earlier one."""
    if ticket.status not in (Status.SOLVED, Status.CLOSED):
        return redirect("portal:solution", number=ticket.pk)
    form = RatingForm(request.POST or None, initial=_known(request, ticket))
    if request.method == "POST" and form.is_valid():
        try:
            rate(
                ticket,
                score=form.cleaned_data["score"],
                comment=form.cleaned_data["comment"],
                by=ticket.customer.actor,
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you. Your rating was saved."))
            return redirect("portal:request", number=ticket.pk)
    status = 422 if request.method == "POST" else 200
    return answer(request, "rating.html", {"ticket": ticket, "form": form}, status=status)


def _solution_page(
    request: HttpRequest,
    ticket: Ticket,
    form: SolutionForm,
    *,
    given: uploads.Given | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "ticket": ticket,
        "form": form,
        "once": request.POST.get("once") or random.token_urlsafe(12),
        "files": given or uploads.Given(),
        "max_bytes": company.get("upload_megabytes") * 1_000_000,
        "resolution": ticket.resolutions.first(),
        "is_closed": ticket.status == Status.CLOSED,
    }
    return answer(request, "solution.html", context, status=status)


def _known(request: HttpRequest, ticket: Ticket) -> dict[str, str | int]:
    row = Rating.objects.filter(ticket=ticket, round=ticket.reopen_count).first()
    score = request.GET.get("score", "")
    chosen = score if score in ("1", "2", "3", "4", "5") else (row.score if row else "")
    return {"score": chosen, "comment": row.comment if row else ""}
