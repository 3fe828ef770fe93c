"""The help center of the demo, loaded."""

import re
from datetime import timedelta

import pytest
from django.db.models import Count, F, Sum

from tugon.accounts.models import Agent
from tugon.demo.facts import FACTS
from tugon.events.models import Event
from tugon.helpcenter import addresses, markup
from tugon.helpcenter.models import (
    Article,
    ArticleFile,
    ArticleTicket,
    BrokenLink,
    Category,
    DayCount,
    Notice,
    Review,
    Section,
    Translation,
    Version,
    Vote,
)
from tugon.lib.clock import now
from tugon.search.knowledge.models import Gap, KnowledgeEntry, Search, Synonym
from tugon.tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_demo")]


def published(**which):
    return Translation.objects.published().filter(**which)


def test_the_help_center_has_what_was_promised():
    assert Category.objects.count() >= 6
    assert Section.objects.count() >= 12
    for language in ("en", "fil"):
        assert published(language=language).count() >= 40
    with_articles = Category.objects.filter(sections__articles__isnull=False).distinct()
    assert with_articles.count() == Category.objects.count()


def test_every_text_says_something_in_its_language_or_another_is_there():
    for article in Article.objects.exclude(translations__published=None).prefetch_related(
        "translations__published"
    ):
        rows = {row.language: row for row in article.translations.all()}
        assert rows, article.key
        for row in rows.values():
            assert len(markup.text(row.published.body).split()) > 100, row
    only_english = published(language="en").exclude(article__in=published(language="fil").values("article"))
    assert {row.article.key for row in only_english} == {"live-settings", "single-sign-on"}


def test_every_link_and_picture_of_a_text_is_there():
    keys = set(Article.objects.values_list("key", flat=True))
    files = set(ArticleFile.objects.values_list("pk", flat=True))
    for version in Version.objects.all():
        for link in markup.links(version.body):
            named = addresses.article_link(link.href)
            assert named is None or named.key in keys, link
        assert set(markup.files(version.body)) <= files
        assert "picture:" not in version.body
    assert ArticleFile.objects.values("file").distinct().count() == 6


def test_the_only_broken_link_leads_to_what_a_plan_opens():
    assert set(BrokenLink.objects.values_list("href", "why")) == {("article:api-limits", "unreadable")}


def test_every_fact_a_text_names_is_one_of_the_demo():
    known = {fact.key for fact in FACTS}
    used = {key for keys in Version.objects.values_list("fact_keys", flat=True) for key in keys}
    assert len(used) >= 15
    assert used <= known


def test_three_translations_are_behind_their_originals():
    behind = published().with_freshness().filter(out_of_date=True)
    assert {row.article.key for row in behind} == {"session-expired", "payout-dates", "upload-requirements"}


def test_texts_have_a_year_of_history():
    rows = Translation.objects.annotate(number=Count("versions"))
    assert rows.filter(number__gte=3).count() >= 15
    assert Version.objects.filter(created_at__lt=now() - timedelta(days=180)).exists()
    assert not Version.objects.filter(published_at__gt=now()).exists()
    for row in rows.prefetch_related("versions"):
        bodies = [version.body for version in row.versions.all()]
        assert len(set(bodies)) == len(bodies), row
    published_events = Event.objects.filter(name="ArticlePublished", subject_kind="article").count()
    assert published_events == Version.objects.exclude(published_at=None).count()


def test_some_articles_wait_to_be_read_again_and_most_do_not():
    due = Article.objects.due_for_review(now().date()).count()
    assert 3 <= due <= 15
    assert not Article.objects.filter(owner=None).exists()
    assert not Agent.objects.filter(owned_articles__isnull=False, is_active=False).exists()


def test_one_text_waits_for_a_second_person_one_for_its_day_and_one_is_a_draft():
    assert Translation.objects.get(review=Review.ASKED).article.key == "your-data"
    assert Translation.objects.get(scheduled__isnull=False).article.key == "two-step-sign-in"
    draft = Translation.objects.get(published=None)
    assert draft.has_draft
    assert Ticket.objects.filter(pk__in=draft.article.tickets.values("ticket_id")).count() == 1


def test_a_month_of_readers_came_voted_and_said_something():
    totals = DayCount.objects.aggregate(views=Sum("views"), searched=Sum("from_search"))
    assert totals["views"] > totals["searched"] > 1000
    assert DayCount.objects.values("day").distinct().count() == 30
    assert not DayCount.objects.filter(from_search__gt=F("views")).exists()
    assert Vote.objects.count() > 300
    said = Vote.objects.exclude(comment="")
    assert said.filter(resolved_at=None).count() >= 8
    assert said.exclude(resolved_at=None).count() >= 8
    assert not Vote.objects.filter(voted_at__gt=now()).exists()


def test_articles_and_tickets_are_linked():
    links = ArticleTicket.objects.all()
    assert links.count() >= 40
    assert set(links.values_list("role", flat=True)) == {"made_from", "cited", "asked_after"}
    assert Ticket.objects.filter(pk__in=links.values("ticket_id")).count() == (
        links.values("ticket_id").distinct().count()
    )


def test_a_month_of_searches_is_in_the_log_and_what_nobody_found_is_grouped():
    assert Search.objects.count() > 600
    assert not Search.objects.filter(asked_at__gt=now()).exists()
    assert (
        Search.objects.exclude(clicked_id=None).exclude(clicked_id__in=Article.objects.values("pk")).count()
        == 0
    )
    often = Gap.objects.filter(visitors__gte=3)
    assert often.count() >= 22
    assert often.filter(without_result=0).exists()
    assert set(Gap.objects.values_list("state", flat=True)) == {"open", "work", "dismissed"}
    assert Synonym.objects.count() >= 6


def test_every_published_text_is_in_the_index():
    there = KnowledgeEntry.objects.filter(kind="article").values("translation")
    assert not published().exclude(pk__in=there).exists()


def test_two_notices_stand_in_both_languages():
    assert Notice.objects.count() == 2
    for notice in Notice.objects.all():
        assert set(notice.titles) == set(notice.bodies) == {"en", "fil"}


def test_no_reader_meets_a_fact_as_code():
    for body in Version.objects.values_list("body", flat=True):
        for token in re.findall(r"\{\{.*?\}\}", body):
            assert re.fullmatch(r"\{\{ [a-z_.]+ \}\}", token)
