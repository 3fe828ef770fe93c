"""Every register, by its key in the address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.lib.errors import DomainError, NotAllowed

from ..access import needs
from ..navigation import show
from ..registers import REGISTERS, Register


@needs()
def rows(request: HttpRequest, key: str) -> HttpResponse:
    register = _register(request, key)
    return show(request, "rows", register=register, rows=list(register.rows()))


@needs()
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, key: str, pk: int | None = None) -> HttpResponse:
    register = _register(request, key)
    if pk is None and not register.makes:
        raise Http404
    begin = register.begin or (lambda _like: register.model())
    found = register.find(pk) if pk else begin(request.GET.get("like", ""))
    form = register.form(request.POST or None, row=found)
    if request.method == "POST" and form.is_valid():
        try:
            register.write(found, form, request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:rows", key)
    return show(request, "row", register=register, row=found, form=form, status=422 if form.is_bound else 200)


@needs()
@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    register = _register(request, key)
    if not register.removes:
        raise Http404
    try:
        register.remove(register.find(pk), request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("administration:rows", key)


@needs()
@require_POST
def archive(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    register = _register(request, key)
    if not register.archives or register.archive is None:
        raise Http404
    found = register.find(pk)
    try:
        register.archive(found, "restore" not in request.POST, request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("administration:rows", key)


def _register(request: HttpRequest, key: str) -> Register:
    register = REGISTERS.get(key)
    if register is None:
        raise Http404
    if not request.user.may(register.permission):  # type: ignore[union-attr]
        raise NotAllowed
    return register
