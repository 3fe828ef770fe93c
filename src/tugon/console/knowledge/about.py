"""What stands around the words: address, place, readers, owner, archive; and what an article has to do with tickets."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.files import operations as uploads
from tugon.files.errors import EmptyFile
from tugon.helpcenter import addresses, linking, operations
from tugon.helpcenter.errors import FileNotUsable
from tugon.helpcenter.models import ArticleTicket, Translation
from tugon.lib.errors import DomainError
from tugon.tickets.models import Ticket

from ..access import agent_of, language_of
from . import listing
from .access import PUBLISH, WRITE, find_article, find_translation, needs, writers_only
from .editor import editor
from .forms import PropertiesForm
from .health import measured
from .showing import show


@require_GET
@writers_only
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """The article's figures in each language, the tickets that belong to it, and who links to it."""
    article = find_article(pk)
    rows = measured(Translation.objects.filter(article=article)).for_list()
    links = list(article.tickets.all()[:200])
    visible = Ticket.objects.visible_to(agent_of(request)).filter(pk__in=[link.ticket_id for link in links])
    tickets = {row.pk: row for row in visible.only("pk", "subject", "status", "updated_at")}
    found = [(link, tickets[link.ticket_id]) for link in links if link.ticket_id in tickets]
    return show(
        request,
        "about",
        at="articles",
        article=article,
        title=listing.titles([article], language_of(request))[article.pk],
        rows=list(rows),
        tickets=found,
        roles=dict(ArticleTicket.Role.choices),
        citing=linking.citing(article),
    )


@require_POST
@needs(WRITE)
def properties(request: HttpRequest, pk: int) -> HttpResponse:
    """Section, kind, readers, owner, review interval and terms, all or nothing."""
    article, by = find_article(pk), agent_of(request).actor
    language = request.POST.get("language", "") or article.source_language
    form = PropertiesForm(request.POST, article=article, shown_in=language_of(request))
    refused = ""
    if form.is_valid():
        try:
            with transaction.atomic():
                operations.move(article, to=form.chosen_section, by=by)
                operations.change(article, by=by, **form.values())
        except DomainError as refusal:
            refused = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("console:article-edit", pk, language)
    refused = refused or " ".join(str(words) for found in form.errors.values() for words in found)
    row = find_translation(pk, language)
    return editor(request, row, properties=form, refused=refused, status=422)


@require_POST
@needs(WRITE)
def slug(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Give it another address; the old one leads on."""
    row = find_translation(pk, language)
    old, wanted = row.slug, request.POST.get("slug", "")
    try:
        new = operations.rename_slug(row, slug=wanted, by=agent_of(request).actor).slug
    except DomainError as refusal:
        return editor(request, row, slug=wanted, refused=refusal.message, status=refusal.status)
    if new != old and row.first_published_at:
        said = _("The address is {new} now. Who opens {old} is led there.")
        messages.success(request, said.format(new=new, old=old))
    else:
        messages.success(request, _("Saved."))
    return redirect("console:article-edit", pk, language)


@require_POST
@needs(PUBLISH)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    article = find_article(pk)
    citing = linking.citing(article)
    operations.archive(article, by=agent_of(request).actor)
    messages.success(request, _("Archived. Nobody finds it any more; everything about it is kept."))
    if citing:
        titles = ", ".join(f"“{row.title}”" for row in citing[:5])
        messages.warning(
            request,
            _("These still link to it and are among the broken links: {titles}").format(titles=titles),
        )
    return redirect("console:article", pk)


@require_POST
@needs(PUBLISH)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    operations.restore(find_article(pk), by=agent_of(request).actor)
    messages.success(request, _("Restored as it was."))
    return redirect("console:article", pk)


@require_POST
@needs(PUBLISH)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an archived article for good. `even_if_cited`: although others link to it."""
    operations.delete(
        find_article(pk), even_if_cited=bool(request.POST.get("even_if_cited")), by=agent_of(request).actor
    )
    messages.success(request, _("Deleted for good."))
    return redirect("console:articles")


@require_POST
@needs(WRITE)
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody read it and found it right. `next`: "work", or the language whose editor comes back."""
    row = operations.mark_reviewed(find_article(pk), by=agent_of(request).actor)
    day = row.review_due_on
    messages.success(
        request, _("Noted. It is due again on {day}.").format(day=day) if day else _("Noted: it is right.")
    )
    back = request.POST.get("next", "")
    if back == "work":
        return redirect("console:knowledge-work-queue", "due")
    return redirect("console:article-edit", pk, back) if back else redirect("console:article", pk)


@require_POST
@needs(WRITE)
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a picture or video of the article. Answers JSON: url, name, type."""
    article, given = find_article(pk), request.FILES.get("file")
    try:
        if given is None:
            raise EmptyFile(name="file")
        name = given.name or "picture"
        uploads.require_fits(given.size or 0, name=name)
        stored = uploads.store(given.read(), claimed_type=given.content_type or "", name=name)
        if stored.is_image and not stored.width:  # it only calls itself a picture
            raise FileNotUsable(name=name)
        held = operations.attach_file(article, file=stored, name=name, by=agent_of(request).actor)
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    answer = {"url": addresses.file(held.pk, held.name), "name": held.name, "type": stored.media_type}
    return JsonResponse(answer, status=201)
