"""What comes back from readers: votes, views, tickets; and what the health table makes of them."""

from datetime import timedelta

import pytest

from tugon.customers import merging
from tugon.events.actors import SYSTEM
from tugon.helpcenter import counting, operations
from tugon.helpcenter.errors import CommentTooLong, NotPublished
from tugon.helpcenter.models import ArticleTicket, DayCount, Vote
from tugon.lib.clock import now, standing_at

pytestmark = pytest.mark.django_db


def test_one_vote_each_and_a_second_one_replaces_the_first(published, ana, facts):
    translation = published()
    operations.vote(translation, helpful=True, voter="customer:1", by=ana.actor)
    operations.vote(translation, helpful=True, voter="customer:1", by=ana.actor)
    operations.vote(translation, helpful=False, voter="customer:1", by=ana.actor)
    vote = Vote.objects.get()
    assert (vote.helpful, vote.customer, vote.version) == (False, ana, translation.published)
    assert facts(translation.article).count("ArticleVoted") == 2


def test_words_become_work_for_the_owner_until_somebody_resolves_them(published, ben, lea, facts):
    translation = published(by=lea)
    operations.vote(translation, helpful=False, voter="a", by=SYSTEM)
    vote = operations.vote(translation, helpful=False, voter="a", comment="Step 2 is gone.", by=SYSTEM)
    assert list(Vote.objects.open_work().for_owner(lea)) == [vote]
    assert not Vote.objects.open_work().for_owner(ben).exists()
    operations.resolve_vote(vote, resolution="Rewrote step 2", by=ben.actor)
    operations.resolve_vote(vote, by=lea.actor)
    vote.refresh_from_db()
    assert (vote.resolved_by, vote.resolution) == (ben, "Rewrote step 2")
    assert not Vote.objects.open_work().exists()
    operations.vote(translation, helpful=False, voter="a", comment="Now step 3.", by=SYSTEM)
    assert Vote.objects.open_work().count() == 1
    assert facts(translation.article).count("VoteResolved") == 1


def test_a_vote_changed_later_keeps_the_words(published):
    translation = published()
    operations.vote(translation, helpful=False, voter="a", comment="Unclear.", by=SYSTEM)
    assert operations.vote(translation, helpful=True, voter="a", by=SYSTEM).comment == "Unclear."
    operations.withdraw_vote(translation, voter="a", by=SYSTEM)
    assert not Vote.objects.exists()


def test_nobody_votes_on_a_draft_or_with_a_novel(draft, published):
    with pytest.raises(NotPublished):
        operations.vote(draft(), helpful=True, voter="a", by=SYSTEM)
    with pytest.raises(CommentTooLong):
        operations.vote(published("Other"), helpful=True, voter="a", comment="x" * 2001, by=SYSTEM)
    assert not Vote.objects.exists()


@pytest.fixture
def fresh_counts():
    counting._views.clear()
    counting._found.clear()
    yield
    counting._views.clear()
    counting._found.clear()
    with counting._lock:
        counting._stop_timer()


def test_views_are_one_row_a_day_written_in_one_statement(published, fresh_counts, django_assert_num_queries):
    one, two = published("One"), published("Two")
    with django_assert_num_queries(0):
        for _ in range(30):
            counting.saw(one.pk)
        counting.saw(two.pk, from_search=True)
        counting.saw(10**9)  # deleted meanwhile
    with django_assert_num_queries(1):
        assert counting.flush() == 2
    counting.saw(one.pk)
    counting.flush()
    counting.flush()
    assert list(DayCount.objects.order_by("translation_id").values_list("views", "from_search")) == [
        (31, 0),
        (1, 1),
    ]


def test_counts_of_years_ago_are_forgotten(published):
    translation = published()
    DayCount.objects.create(translation=translation, day=now().date() - timedelta(days=900), views=3)
    DayCount.objects.create(translation=translation, day=now().date(), views=4)
    assert counting.forget_old() == 1


def test_a_ticket_and_an_article_know_each_other_once(published, ticket, lea, facts):
    article = published().article
    operations.link_ticket(article, ticket_id=ticket.pk, role="made_from", by=lea.actor)
    operations.link_ticket(article, ticket_id=ticket.pk, role="made_from", by=lea.actor)
    assert ArticleTicket.objects.get().ticket_id == ticket.pk
    assert facts(article).count("ArticleLinked") == 1


def test_a_fact_that_took_effect_asks_for_its_articles_to_be_read_again(published, lea):
    from tugon.facts.models import Fact
    from tugon.helpcenter.handlers import mark_fact_changed
    from tugon.helpcenter.models import Article, Version
    from tugon.helpcenter.using import naming, published_texts

    translation = published("Refunds")
    published("Other")
    Version.objects.filter(translation=translation).update(fact_keys=["refund.window"])
    mark_fact_changed(type("FactTookEffect", (), {"key": "refund.window"}), None)
    assert list(Article.objects.exclude(facts_changed_at=None)) == [translation.article]
    assert [place.title for place in naming("refund.window")] == ["Refunds"]
    assert [(place.title, language) for place, language, _text in published_texts()] == [
        ("Refunds", "en"),
        ("Other", "en"),
    ]
    assert operations.mark_reviewed(translation.article, by=lea.actor).facts_changed_at is None
    assert Fact.objects.count() == 0


def test_times_told_are_kept(published):
    with standing_at(now() - timedelta(days=40)):
        translation = published()
    assert (now() - translation.published_at).days == 40


def test_votes_follow_when_two_customers_are_one_person_and_back(published, person, ana, lea):
    other = person("Ana S.", "ana@other.example")
    vote = operations.vote(published(), helpful=True, voter="customer:2", by=other.actor)
    merged = merging.merge(other, into=ana, by=lea.actor)
    vote.refresh_from_db()
    assert vote.customer == ana
    merging.undo(merged, by=lea.actor)
    vote.refresh_from_db()
    assert vote.customer == other
