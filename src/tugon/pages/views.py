"""The company's accent as a style sheet, and the kit: every component on one page, for people and for tests."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from tugon.lib import clock
from tugon.lib.errors import Conflict
from tugon.pages import brand
from tugon.pages.render import page
from tugon.pages.toasts import toast


@require_GET
@cache_control(max_age=31536000, public=True, immutable=True)
def theme(request: HttpRequest) -> HttpResponse:
    """The address carries the accent's version, so browsers keep it until the company changes its colour."""
    return HttpResponse(brand.current().stylesheet, content_type="text/css; charset=utf-8")


class KitForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(help_text=_("Five to seven words are best."), max_length=80)
    email = forms.EmailField(label=_("E-mail"), required=False)
    details = forms.CharField(widget=forms.Textarea, help_text=_("When did it happen, and where exactly?"))
    topic = forms.ChoiceField(
        choices=[("", _("Choose one")), ("billing", _("Billing")), ("video", _("Video"))]
    )
    side = forms.ChoiceField(
        label=_("Where does the problem lie?"),
        widget=forms.RadioSelect,
        choices=[("mine", _("On my side")), ("theirs", _("On the creator's side"))],
    )
    urgent = forms.BooleanField(required=False, label=_("I cannot work until this is solved"))


@require_http_methods(["GET", "POST"])
def kit(request: HttpRequest) -> HttpResponse:
    _for_us(request)
    form = KitForm(request.POST if request.method == "POST" else None)
    wrong = KitForm({"subject": "", "email": "maria@", "details": "", "topic": "", "side": ""})
    status = 422 if form.is_bound and not form.is_valid() else 200
    return page(
        request,
        "pages/kit/kit.html",
        {"form": form, "wrong": wrong, **_moments()},
        block="form",
        status=status,
    )


@require_http_methods(["GET", "POST"])
def kit_echo(request: HttpRequest) -> HttpResponse:
    """Answers as a surface would: a toast, a refusal, or people for the composer."""
    _for_us(request)
    if request.GET.get("refuse"):
        raise Conflict()
    if request.GET.get("people"):
        return JsonResponse([{"id": "1", "label": "Ana Reyes", "hint": "Billing"}], safe=False)
    if request.FILES:
        return HttpResponse(
            '{"id": "1", "url": "/static/pages/mark.svg"}', content_type="application/json", status=201
        )
    return toast(HttpResponse(status=204), _("Saved."), action=_("Undo"), url=request.path)


@require_GET
def kit_console(request: HttpRequest) -> HttpResponse:
    _for_us(request)
    screen = request.GET.get("screen", "ticket")
    return page(request, "pages/kit/console.html", {"screen": screen, **_moments()})


@require_GET
def kit_portal(request: HttpRequest) -> HttpResponse:
    _for_us(request)
    return page(request, "pages/kit/portal.html", {"form": KitForm(), **_moments()})


@require_GET
def kit_plain(request: HttpRequest) -> HttpResponse:
    _for_us(request)
    return page(request, "pages/kit/plain.html", {"form": KitForm()})


def _moments() -> dict[str, Any]:
    now = clock.now()
    return {
        "minutes_ago": now - timedelta(minutes=3),
        "hours_ago": now - timedelta(hours=5),
        "days_ago": now - timedelta(days=2, hours=3),
        "due_later": now + timedelta(hours=5, minutes=20),
        "due_soon": now + timedelta(minutes=24),
        "overdue": now - timedelta(minutes=42),
    }


def _for_us(request: HttpRequest) -> None:
    """The kit is for those who build and for agents; to everybody else it does not exist."""
    user = getattr(request, "user", None)
    if not (settings.DEBUG or getattr(settings, "SHOW_KIT", False) or (user and user.is_authenticated)):
        raise Http404
