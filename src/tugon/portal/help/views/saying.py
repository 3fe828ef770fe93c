"""What readers tell about an article: whether it helped, and that it was read.

The pages are kept by caches, so they hold no token against forged forms. Instead the browser says where the form comes
from (Sec-Fetch-Site, Origin or Referer), which no other site can change.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tugon.events.actors import Actor, ActorKind
from tugon.helpcenter import addresses, counting
from tugon.helpcenter.models import Translation
from tugon.helpcenter.operations import vote
from tugon.intake.forms import client_hash
from tugon.lib.errors import NotAllowed
from tugon.lib.secrets import sign
from tugon.pages.render import page, wants_fragment
from tugon.search.knowledge import log, visitors
from tugon.search.knowledge.models import Search

from ...identity import visitor
from ...suggesting.views import who
from ..people import reader_of

ANONYMOUS = Actor(ActorKind.CUSTOMER)


def from_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Takes only what a page of ours sends. Raises NotAllowed."""

    @csrf_exempt
    @require_POST
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_from_here(request):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return checked


def is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


@from_here
def votes(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Was this helpful? One vote a person; for who is not signed in, one a day and network address and browser."""
    row = _reading(request, language, slug)
    said = request.POST.get("helpful", "")
    if said not in ("yes", "no"):
        return HttpResponseRedirect(f"{addresses.article(language, slug)}#helpful")
    comment = request.POST.get("comment")
    words = None if comment is None else comment.replace("\0", "")[:2000]
    voter, actor = _voter(request)
    vote(row, helpful=said == "yes", voter=voter, by=actor, comment=words)
    voted = "said" if words and words.strip() else said
    own = addresses.article(language, slug)
    if wants_fragment(request):
        return page(request, "portal/help/vote.html", {"voted": voted, "own_url": own})
    return HttpResponseRedirect(f"{own}?voted={voted}#helpful")


@from_here
def views(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """An article stood before a reader for some seconds. `from=search`: it was opened from a search."""
    row = _reading(request, language, slug)
    from_search = request.POST.get("from") == "search"
    counting.saw(row.pk, from_search=from_search)
    if from_search:
        me = visitors.visitor_of(who(request))
        log.opened_by(me, place=Search.Place.HELP, kind="article", object_id=row.article_id)
    return HttpResponse(status=204)


def _reading(request: HttpRequest, language: str, slug: str) -> Translation:
    """The translation at its own address, if this reader may read it. One query. Raises Http404."""
    readings = Translation.objects.published().readable_by(reader_of(request))
    row = readings.filter(language=language, slug=slug).first()
    if row is None:
        raise Http404
    return row


def _voter(request: HttpRequest) -> tuple[str, Actor]:
    user, customer = request.user, visitor(request).customer
    if user.is_authenticated:
        return f"agent:{user.pk}", user.actor
    if customer is not None:
        return f"customer:{customer.pk}", customer.actor
    address = client_hash(get_adapter().get_client_ip(request) or "")
    return sign("article-vote", address, request.headers.get("User-Agent", "")[:300], length=40), ANONYMOUS
