"""The mail sandbox: what left, and writing in. Only where the demo is loaded, and only for signed-in agents."""

from collections.abc import Callable
from email.utils import parseaddr
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tugon.channels.models import Mailbox
from tugon.delivery.models import Delivery, Outgoing
from tugon.lib.errors import DomainError
from tugon.pages.render import page

from .bouncing import bounce
from .loading import is_loaded
from .shown import page_of, shown
from .writing_in import Letter, answer_to, customers, listener, write_in

View = Callable[..., HttpResponse]
SHOWN = 60
KEYS = ("invitation", "password-reset")
"""Letters that open the account of a colleague."""

LARGEST = 25_000_000  # bytes of all files of one letter
BODY_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


def in_the_demo(view: View) -> View:
    """Without the demo there is no such page; with it, agents only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_loaded():
            raise Http404
        return login_required(view)(request, *args, **kwargs)

    return guarded


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class WriteForm(forms.Form):
    person = forms.CharField(
        label=_("Who writes"),
        help_text=_(
            "Choose somebody of the demo, or type any name and address: Ana Santos <ana@mail.example>"
        ),
    )
    to = forms.CharField(label=_("To"))
    subject = forms.CharField(label=_("Subject"), required=False, max_length=300)
    text = forms.CharField(label=_("Letter"), widget=forms.Textarea(attrs={"rows": 10}), strip=False)
    attached = FilesField(label=_("Files"), required=False)
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_attached(self) -> list[Any]:
        given: list[Any] = self.cleaned_data["attached"]
        if sum(one.size for one in given) > LARGEST:
            raise forms.ValidationError(_now("Together the files are larger than 25 MB. Send fewer at once."))
        return given


def _letters(request: HttpRequest) -> QuerySet[Outgoing]:
    """What left by the sandbox or stays here, newest first; keys to colleagues' accounts only for who manages them.

    Two queries.
    """
    sent = Prefetch("deliveries", Delivery.objects.order_by("pk"))
    here = Q(mailbox=None) | Q(mailbox__outgoing__in=[Mailbox.Outgoing.SANDBOX, Mailbox.Outgoing.NONE])
    hidden = () if request.user.may("admin.people") else KEYS  # type: ignore[union-attr]
    return (
        Outgoing.objects.filter(here)
        .exclude(deliveries__purpose__in=hidden)
        .select_related("message")
        .prefetch_related(sent)
        .defer("raw")
        .order_by("-created_at", "-pk")
    )


@in_the_demo
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters; those that match the search. Three queries."""
    query = request.GET.get("q", "").strip()
    rows = _letters(request)
    if query:
        rows = rows.filter(Q(subject__icontains=query) | Q(deliveries__recipient__icontains=query)).distinct()
    return page(
        request,
        "demo/mail.html",
        {"letters": rows[:SHOWN], "query": query, "listener": listener()},
        block="letters",
    )


@in_the_demo
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_letters(request), pk=pk)
    as_text = "text" in request.GET
    content = shown(bytes(row.raw)) if row.raw else None
    return page(request, "demo/letter.html", {"row": row, "letter": content, "as_text": as_text})


@in_the_demo
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter itself, for a frame that may do nothing but open links in a new window."""
    row = get_object_or_404(_letters(request), pk=pk)
    response = HttpResponse(page_of(shown(bytes(row.raw)), as_text="text" in request.GET))
    response.headers["Content-Security-Policy"] = BODY_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@in_the_demo
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_letters(request), pk=pk)
    response = HttpResponse(bytes(row.raw), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="letter-{row.pk}.eml"'
    return response


@in_the_demo
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One attachment, as a download: a browser never runs what a letter carries."""
    files = shown(bytes(get_object_or_404(_letters(request), pk=pk).raw)).files
    if number >= len(files):
        raise Http404
    response = HttpResponse(files[number].content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{_safe(files[number].name)}"'
    return response


@in_the_demo
def write(request: HttpRequest) -> HttpResponse:
    """A letter of a customer, new or as an answer (`?answer=<letter>`)."""
    if request.method != "POST":
        form = WriteForm(initial=_initial(request))
        return _write_page(request, form)
    form = WriteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _write_page(request, form, status=422)
    try:
        received = write_in(_letter_of(form.cleaned_data))
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return _write_page(request, form, status=422)
    if received.ticket_id:
        messages.success(
            request, _now("The letter arrived and is on ticket #{number}.").format(number=received.ticket_id)
        )
    else:
        messages.warning(
            request,
            _now("The letter arrived: {state}. {reason}").format(
                state=received.get_state_display(), reason=received.reason
            ),
        )
    return redirect("demo:mail")


@in_the_demo
@require_POST
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The recipient's server sends the letter back."""
    row = get_object_or_404(_letters(request).defer(None), pk=pk)
    try:
        received = bounce(row)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        words = _now("The recipient's server says that nobody has this address.")
        if received.ticket_id:
            words += " " + _now("See ticket #{number}.").format(number=received.ticket_id)
        messages.success(request, words)
    return redirect("demo:letter", pk)


def _initial(request: HttpRequest) -> dict[str, str]:
    default = Mailbox.objects.default()
    initial = {"to": default.address if default else "", "person": ""}
    if request.GET.get("answer", "").isdecimal():
        found = answer_to(get_object_or_404(Outgoing, pk=int(request.GET["answer"])))
        initial |= found | {"person": f"{found['name']} <{found['address']}>".strip()}
    return initial


def _letter_of(data: dict[str, Any]) -> Letter:
    name, address = parseaddr(data["person"])
    answered = Outgoing.objects.filter(pk=data["answers"] or 0).first()
    return Letter(
        name=name,
        address=address,
        to=data["to"],
        subject=data["subject"],
        text=data["text"],
        files=[(one.name, one.content_type or "", one.read()) for one in data["attached"]],
        answers=shown(bytes(answered.raw)) if answered and answered.raw else None,
    )


def _write_page(request: HttpRequest, form: WriteForm, *, status: int = 200) -> HttpResponse:
    addresses = list(Mailbox.objects.working().order_by("pk").values_list("address", flat=True))
    found = {"form": form, "people": customers(), "addresses": addresses}
    return page(request, "demo/write.html", found, status=status)


def _safe(name: str) -> str:
    return (
        "".join(
            letter for letter in name if letter.isascii() and letter.isprintable() and letter not in '"\\'
        )
        or "file"
    )
