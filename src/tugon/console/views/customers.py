from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.customers import merging, operations
from tugon.customers.models import ContactPoint, Customer, CustomerMerge, CustomField, Organisation
from tugon.lib.errors import Invalid, NotAllowed
from tugon.pages.render import page
from tugon.search.finding import find_people
from tugon.tickets.models import Ticket

from ..access import agent_of, agents_only
from ..context import field_lines
from ..forms import CustomerForm
from ..queues import column

PAGE = 50


@require_GET
@agents_only
def index(request: HttpRequest) -> HttpResponse:
    """Customers, newest first, or those that fit `q`. `below`: the cursor."""
    _require(request, "customer.view")
    typed, below = request.GET.get("q", "").strip(), request.GET.get("below", "")
    if typed:
        rows = find_people(typed, agent=agent_of(request), limit=PAGE)
        following = None
    else:
        customers = Customer.objects.present().for_panel().order_by("-pk")
        rows = list((customers.filter(pk__lt=int(below)) if below.isdecimal() else customers)[: PAGE + 1])
        following = rows[PAGE - 1].pk if len(rows) > PAGE else None
    organisations = Organisation.objects.order_by("name")[:200] if not typed and not below else []
    context = {
        "screen": "page",
        "typed": typed,
        "rows": rows[:PAGE],
        "below": following,
        "organisations": list(organisations),
        **column(request),
    }
    return page(request, "console/customers.html", context, block="customers_inside")


@require_GET
@agents_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: what is known, ways to reach them, their tickets."""
    customer = _find(request, pk)
    tickets = (
        Ticket.objects.visible_to(agent_of(request))
        .filter(customer=customer)
        .for_list()
        .order_by("-updated_at")
    )
    context = {
        "screen": "page",
        "customer": customer,
        "fields": list(CustomField.objects.filter(on="customer", archived_at=None)),
        "field_lines": field_lines("customer", customer.fields),
        "tickets": list(tickets[:PAGE]),
        "merges": list(
            CustomerMerge.objects.filter(target=customer, undone_at=None).select_related("source")
        ),
        "duplicates": merging.possible_duplicates(customer),
        "form": CustomerForm(initial=_initial(customer)),
        **column(request),
    }
    return page(request, "console/customer.html", context)


@require_http_methods(["POST"])
@agents_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    customer = _find(request, pk)
    form = CustomerForm(request.POST)
    if not form.is_valid():
        raise Invalid(reason=" ".join(str(error) for errors in form.errors.values() for error in errors))
    operations.change(customer, by=agent_of(request).actor, fields=fields_sent(request), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("console:customer", pk)


@require_POST
@agents_only
def contact_points(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a `value` of a `kind`; or `remove` one, or make one `primary`."""
    customer, by = _find(request, pk), agent_of(request).actor
    chosen = request.POST.get("remove") or request.POST.get("primary")
    if chosen:
        point = get_object_or_404(ContactPoint, pk=chosen if chosen.isdecimal() else 0, customer=customer)
        if request.POST.get("remove"):
            operations.remove_contact_point(point, by=by)
        else:
            operations.make_primary(point, by=by)
    else:
        operations.add_contact_point(
            customer, kind=request.POST.get("kind", "email"), value=request.POST.get("value", ""), by=by
        )
    return redirect("console:customer", pk)


@require_POST
@agents_only
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this customer and `into` (a number, name or address) one person; can be undone on the other's page."""
    _require(request, "customer.merge")
    target = _meant(request, request.POST.get("into", "").strip(), besides=pk)
    merging.merge(_find(request, pk), into=target, by=agent_of(request).actor)
    messages.success(request, _("They are one person now. It can be undone below."))
    return redirect("console:customer", target.pk)


@require_POST
@agents_only
def unmerge(request: HttpRequest, pk: int, merge_id: int) -> HttpResponse:
    _require(request, "customer.merge")
    merging.undo(get_object_or_404(CustomerMerge, pk=merge_id, target_id=pk), by=agent_of(request).actor)
    return redirect("console:customer", pk)


@require_POST
@agents_only
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep aside what this person sends, or let it in again."""
    act = operations.unblock if request.POST.get("not") else operations.block
    act(_find(request, pk), by=agent_of(request).actor)
    return redirect("console:customer", pk)


@require_GET
@agents_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: what is known, its people, their tickets."""
    _require(request, "customer.view")
    row = get_object_or_404(Organisation, pk=pk)
    tickets = Ticket.objects.visible_to(agent_of(request)).filter(
        customer__organisation=row, merged_into=None
    )
    context = {
        "screen": "page",
        "organisation": row,
        "people": list(
            Customer.objects.present().filter(organisation=row).for_panel().order_by("name", "pk")[:PAGE]
        ),
        "tickets": list(tickets.for_list().order_by("-updated_at")[:PAGE]),
        "fields": list(CustomField.objects.filter(on="organisation", archived_at=None)),
        "field_lines": field_lines("organisation", row.fields),
        **column(request),
    }
    return page(request, "console/organisation.html", context)


@require_POST
@agents_only
def organisation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, notes and custom fields; `add_domain` and `remove_domain` say whose mail addresses belong to it."""
    row, by, data = get_object_or_404(Organisation, pk=pk), agent_of(request).actor, request.POST
    if data.get("add_domain", "").strip():
        operations.add_domain(row, domain=data["add_domain"], by=by)
    elif data.get("remove_domain"):
        operations.remove_domain(row, domain=data["remove_domain"], by=by)
    else:
        given = {name: data[name] for name in ("name", "notes") if name in data}
        operations.change_organisation(row, by=by, fields=fields_sent(request), **given)
    messages.success(request, _("Saved."))
    return redirect("console:organisation", pk)


@require_POST
@agents_only
def organisation_create(request: HttpRequest) -> HttpResponse:
    row = operations.create_organisation(name=request.POST.get("name", ""), by=agent_of(request).actor)
    return redirect("console:organisation", row.pk)


def fields_sent(request: HttpRequest) -> dict[str, object]:
    """Custom fields of a form (`fields.<key>`); several values make a list."""
    values: dict[str, object] = {}
    for name in request.POST:
        if name.startswith("fields."):
            items = [item for item in request.POST.getlist(name) if item]
            values[name.removeprefix("fields.")] = items if len(items) > 1 else "".join(items)
    return values


def _find(request: HttpRequest, pk: int) -> Customer:
    _require(request, "customer.view")
    customer = Customer.objects.for_panel().filter(pk=pk, erased_at=None).first()
    if customer is None:
        raise Http404
    return customer


def _meant(request: HttpRequest, given: str, *, besides: int) -> Customer:
    """The one customer whose number, name or contact point was typed. Raises Invalid where none or several fit."""
    if given.isdecimal() and len(given) < 10:
        return _find(request, int(given))
    people = [row for row in find_people(given, agent=agent_of(request)) if row.pk != besides]
    if len(people) != 1:
        raise Invalid(
            reason=_("“{given}” does not name exactly one person. Type the whole address.").format(
                given=given
            )
        )
    return people[0]


def _require(request: HttpRequest, permission: str) -> None:
    if not agent_of(request).may(permission):
        raise NotAllowed


def _initial(customer: Customer) -> dict[str, object]:
    return {name: getattr(customer, name) for name in CustomerForm.base_fields}
