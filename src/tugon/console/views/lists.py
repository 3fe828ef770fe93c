from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from tugon.pages.render import fragment, page
from tugon.tickets import lists
from tugon.tickets.models import View

from ..access import agent_of, agents_only, language_of
from ..choices import order_options
from ..columns import more_words
from ..forms import NewTicketForm
from ..queues import column, last_view, remember_view, views_of
from ..starting_tickets import begin

TEMPLATE = "console/list.html"


@require_GET
@agents_only
def home(request: HttpRequest) -> HttpResponse:
    """Where one left off; else the first queue."""
    views = views_of(request)
    wanted = last_view(request)
    chosen = next((view for view in views if view.pk == wanted), None) or next(iter(views), None)
    if chosen is None:
        return page(request, "console/empty.html", {"screen": "list", **column(request)})
    return redirect("console:view", chosen.pk)


@require_GET
@agents_only
def view(request: HttpRequest, view_id: int) -> HttpResponse:
    """A page of a view. `after`: cursor. `order`: another than the view's own."""
    chosen = find_view(request, view_id)
    remember_view(request, chosen.pk)
    return page(request, TEMPLATE, list_context(request, chosen), block="list")


@require_GET
@agents_only
def beside(request: HttpRequest, view_id: int) -> HttpResponse:
    """The rows of a view for the pane beside a ticket; `current`: the ticket that is open."""
    chosen = find_view(request, view_id)
    current = request.GET.get("current", "")
    found = lists.page(chosen, agent=agent_of(request))
    context = {
        "view": chosen,
        "view_name": chosen.name_in(language_of(request)),
        "rows": found.rows,
        "more": more_words(found, language_of(request)),
        "page": found,
        "current": int(current) if current.isdecimal() else 0,
    }
    return page(request, "console/beside.html", context)


@require_GET
@agents_only
def queues(request: HttpRequest) -> HttpResponse:
    """The left column alone, for live counts."""
    context = column(request, last_view(request))
    return HttpResponse(fragment(request, "console/frame.html", "queues_inside", context))


@require_http_methods(["GET", "POST"])
@agents_only
def new_ticket(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said in person or by telephone, or write to a customer first."""
    form = NewTicketForm(request.POST or None, agent=agent_of(request))
    if request.method == "POST" and form.is_valid():
        return redirect("console:ticket", begin(form.cleaned_data, by=agent_of(request).actor).pk)
    context = {"form": form, "screen": "page", **column(request)}
    return page(request, "console/new_ticket.html", context, status=422 if form.is_bound else 200)


def find_view(request: HttpRequest, view_id: int) -> View:
    """One of the agent's views. Raises Http404."""
    found = next((row for row in views_of(request) if row.pk == view_id), None)
    if found is None:
        raise Http404
    return found


def list_context(request: HttpRequest, chosen: View) -> dict[str, object]:
    """The rows of a view and what stands around them. Three queries besides the agent's permissions."""
    order = request.GET.get("order") or chosen.order
    found = lists.page(
        chosen,
        agent=agent_of(request),
        order=order if order in lists.ORDERS else None,
        after=request.GET.get("after"),
    )
    return {
        "screen": "list",
        "view": chosen,
        "view_name": chosen.name_in(language_of(request)),
        "rows": found.rows,
        "more": more_words(found, language_of(request)),
        "page": found,
        "order": order,
        "orders": order_options(),
        "may_change_view": chosen.agent_id == agent_of(request).pk or agent_of(request).may("view.share"),
        "list_url": request.get_full_path(),
        **column(request, chosen.pk),
    }
