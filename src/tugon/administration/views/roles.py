from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.accounts import operations
from tugon.accounts.models import Role
from tugon.accounts.permissions import PERMISSIONS
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show

PERMISSION = "admin.people"


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    permissions = forms.MultipleChoiceField(
        label=_("May"), choices=list(PERMISSIONS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    requires_second_factor = forms.BooleanField(
        label=_("Asks for a second factor"),
        required=False,
        help_text=_("Who has none is led to setting one up before anything else."),
    )


@needs(PERMISSION)
def roles(request: HttpRequest) -> HttpResponse:
    """The matrix of roles and permissions. One query."""
    rows = list(Role.objects.annotate(people=Count("agents")))
    return show(request, "roles", roles=rows, permissions=PERMISSIONS)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def role(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Role, pk=pk) if pk else None
    shown = {name: getattr(row, name) for name in RoleForm.base_fields} if row else {}
    form = RoleForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        by = request.user.actor  # type: ignore[union-attr]
        try:
            if row is None:
                operations.create_role(**form.cleaned_data, by=by)
            else:
                operations.change_role(row, **form.cleaned_data, by=by)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:roles")
    return show(request, "role", role=row, form=form, status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Role, pk=pk)
    try:
        operations.remove_role(row, by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("administration:roles")
