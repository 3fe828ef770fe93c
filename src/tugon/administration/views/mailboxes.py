from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.channels.configuring import SECRETS, set_up_mailbox
from tugon.channels.email.consent import Asking, begin, finish
from tugon.channels.email.testing import check
from tugon.channels.models import Mailbox
from tugon.lib.errors import DomainError

from ..access import needs
from ..mailbox_form import MailboxForm
from ..navigation import show

PERMISSION = "admin.channels"
ASKING = "mailbox_consent"
"""In the session, while the person is at the mail provider."""


@needs(PERMISSION)
def mailboxes(request: HttpRequest) -> HttpResponse:
    """All mailboxes with how they fare. One query."""
    rows = Mailbox.objects.select_related("channel__team").order_by("address")
    rows = rows.annotate(
        received=Count("channel__received"), last_received_at=Max("channel__received__received_at")
    )
    return show(request, "mailboxes", mailboxes=rows)


@needs(PERMISSION)
@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "POST"])
def mailbox(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Mailbox.objects.select_related("channel"), pk=pk) if pk else None
    form = MailboxForm(request.POST or None, mailbox=row)
    if request.method == "POST" and form.is_valid():
        try:
            row = set_up_mailbox(row, channel=form.channel(), values=form.values(), by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Test it in both directions now."))
            return redirect("administration:mailbox", pk=row.pk)
    status = 422 if form.is_bound else 200
    return show(
        request,
        "mailbox",
        mailbox=row,
        form=form,
        result=None,
        hook=_hook(row) if row else "",
        comes_back_to=_comes_back_to(),
        status=status,
    )


@needs(PERMISSION)
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in, send a letter to itself, and read it: now."""
    row = get_object_or_404(Mailbox.objects.select_related("channel"), pk=pk)
    result = check(row)
    form = MailboxForm(None, mailbox=row)
    return show(request, "mailbox", mailbox=row, form=form, result=result, block="test_result")


@needs(PERMISSION)
@require_safe
def ask_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """To the provider, where the person says yes."""
    row = get_object_or_404(Mailbox, pk=pk)
    try:
        place, asking = begin(row, comes_back_to=_comes_back_to())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("administration:mailbox", pk=pk)
    request.session[ASKING] = asking.kept()
    return redirect(place)


@needs(PERMISSION)
@require_safe
def consented(request: HttpRequest) -> HttpResponse:
    """Back from the provider, with a code or with why not."""
    kept = request.session.pop(ASKING, None)
    if kept is None:
        messages.error(
            request, _("Nobody asked for this permission here, or it was used already. Connect again.")
        )
        return redirect("administration:mailboxes")
    asking = Asking(**kept)
    said = request.GET.get("error_description") or request.GET.get("error", "")
    try:
        finish(
            asking,
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            error=said,
            comes_back_to=_comes_back_to(),
            by=request.user.actor,  # type: ignore[union-attr]
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Connected. Test it in both directions now."))
    return redirect("administration:mailbox", pk=asking.mailbox_id)


def _comes_back_to() -> str:
    """What has to be registered at the provider."""
    return f"{settings.BASE_URL}{reverse('administration:mailbox-consented')}"


def _hook(mailbox: Mailbox) -> str:
    """Where a provider posts, without the secret; empty where none is kept, because nothing is taken there."""
    if not mailbox.sealed_webhook_secret:
        return ""
    return f"{settings.BASE_URL}{reverse('intake:letters', args=[mailbox.channel_id, 'SECRET'])}"
