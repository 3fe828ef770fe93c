"""Current notices: what everybody concerned should see at the top of the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.customers.models import Audience
from tugon.helpcenter import operations
from tugon.helpcenter.models import Level, Notice
from tugon.lib.clock import now
from tugon.lib.errors import DomainError

from ..access import agent_of, language_of
from .access import arrangers_only
from .chapters import WordsForm
from .paging import keyset
from .showing import show


class MomentField(forms.DateTimeField):
    """A moment in the agent's zone, as `datetime-local` writes it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        widget.input_type = "datetime-local"
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return (
            timezone.localtime(value).replace(tzinfo=None)
            if isinstance(value, datetime) and timezone.is_aware(value)
            else value
        )


class NoticeForm(WordsForm):
    translated = (("titles", _("In one line"), 200), ("bodies", _("More words"), 2000))
    level = forms.ChoiceField(label=_("Kind"), choices=Level.choices, initial=Level.NEWS)
    audiences = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: for everybody."),
    )
    link = forms.CharField(
        label=_("Where to read more"),
        max_length=2000,
        required=False,
        help_text=_("An address, or the path of an article."),
    )
    starts_at = MomentField(
        label=_("From"), required=False, help_text=_("Empty: at once. In your time zone.")
    )
    ends_at = MomentField(label=_("Until"), required=False, help_text=_("Empty: until somebody ends it."))

    def __init__(self, data: Any = None, *, row: Any = None, shown_in: str) -> None:
        super().__init__(data, row=row)
        found = [(str(one.pk), one.name_in(shown_in)) for one in Audience.objects.all()]
        self.fields["audiences"].choices = found  # type: ignore[attr-defined]

    def begin(self, row: Notice) -> dict[str, Any]:
        audiences = [str(pk) for pk in row.audiences.values_list("pk", flat=True)]
        shown = {name: getattr(row, name) for name in ("level", "link", "starts_at", "ends_at")}
        return shown | {"audiences": audiences}

    def values(self, row: Notice | None) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "titles": self.words("titles", row.titles if row else None),
            "bodies": self.words("bodies", row.bodies if row else None),
            "level": given["level"],
            "link": given["link"],
            "audiences": list(Audience.objects.filter(pk__in=given["audiences"])),
            "starts_at": given["starts_at"] or (row.starts_at if row else now()),
            "ends_at": given["ends_at"],
        }


@require_GET
@arrangers_only
def notices(request: HttpRequest) -> HttpResponse:
    page = keyset(
        Notice.objects.prefetch_related("audiences"),
        request.GET,
        column="starts_at",
        read=lambda row: row.starts_at.isoformat(),
    )
    return show(request, "notices", at="notices", page=page, moment=now())


@require_http_methods(["GET", "POST"])
@arrangers_only
def notice(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Notice, pk=pk) if pk else None
    form = NoticeForm(request.POST or None, row=row, shown_in=language_of(request))
    if request.method == "POST" and form.is_valid():
        by = agent_of(request).actor
        try:
            if row is None:
                operations.create_notice(by=by, **form.values(None))
            else:
                operations.change_notice(row, by=by, **form.values(row))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("console:knowledge-notices")
    return show(request, "notice", at="notices", form=form, row=row, status=422 if form.is_bound else 200)


@require_POST
@arrangers_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    operations.end_notice(get_object_or_404(Notice, pk=pk), by=agent_of(request).actor)
    messages.success(request, _now("It is no longer shown."))
    return redirect("console:knowledge-notices")
