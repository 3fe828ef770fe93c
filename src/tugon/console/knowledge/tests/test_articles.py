"""The list of articles and what is done to many."""

import pytest
from django.urls import reverse

from tugon.events.models import Event
from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, Translation

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def test_the_list_shows_articles_with_their_languages_and_places(refund, ben, enter):
    page = enter(ben).get(at("articles")).content.decode()
    assert "Ask for a refund" in page
    assert "Payments › Refunds" in page
    assert at("article-edit", refund.article_id, "en") in page


def test_who_may_not_write_is_told_so(refund, carl, enter):
    assert enter(carl).get(at("articles")).status_code == 403


def test_the_list_costs_the_same_however_many_articles(write, ben, enter, django_assert_max_num_queries):
    for number in range(12):
        write(f"Article {number}", publish=number % 2 == 0)
    client = enter(ben)
    client.get(at("articles"))
    with django_assert_max_num_queries(16):
        client.get(at("articles"))


def test_pages_of_the_list_follow_each_other_and_lead_back(write, ben, enter, monkeypatch):
    monkeypatch.setattr(
        "tugon.console.knowledge.paging.keyset.__kwdefaults__",
        {
            **__import__("tugon.console.knowledge.paging", fromlist=["keyset"]).keyset.__kwdefaults__,
            "size": 2,
        },
    )
    for number in range(5):
        write(f"Article {number}", publish=False)
    client = enter(ben)
    first = client.get(at("articles")).content.decode()
    assert "Article 4" in first
    assert "Article 2" not in first
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(at("articles") + older).content.decode()
    assert "Article 2" in second
    assert "Article 4" not in second
    newer = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Article 4" in client.get(at("articles") + newer).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=refund", {"Ask for a refund"}),
        ("q=nothing+like+it", set()),
        ("state=draft", {"A draft"}),
        ("state=never", {"A draft"}),
        ("state=published", {"Ask for a refund"}),
        ("state=archived", {"Old rules"}),
        ("owner=me", set()),
        ("matter=missing", {"Ask for a refund", "A draft"}),
        ("matter=due", set()),
        ("language=fil", set()),
        ("place=section:999999", set()),
    ],
)
def test_filters_narrow_the_list(write, refund, ben, lea, enter, asked, found):
    write("A draft", publish=False)
    operations.archive(write("Old rules").article, by=lea.actor)
    page = enter(ben).get(f"{at('articles')}?{asked}").content.decode()
    assert {title for title in ("Ask for a refund", "A draft", "Old rules") if title in page} == found


def test_a_new_article_opens_in_the_editor_as_a_draft(refunds, ben, enter):
    sent = {"title": "Change your card", "section": refunds.pk, "kind": "article", "language": "en"}
    answer = enter(ben).post(at("article-new"), sent)
    article = Article.objects.get()
    assert answer["Location"] == at("article-edit", article.pk, "en")
    assert article.owner == ben
    assert not article.translations.get().is_published


def test_a_search_without_an_answer_begins_an_article_with_its_words(refunds, ben, enter):
    page = enter(ben).get(at("article-new") + "?title=refund+gcash").content.decode()
    assert 'value="refund gcash"' in page


def test_a_change_of_many_is_shown_before_it_is_done(refund, cards, lea, enter):
    sent = {"articles": [refund.article_id], "do_section": cards.pk, "asked": "1"}
    page = enter(lea).post(at("articles-bulk-preview"), sent).content.decode()
    assert "Refunds → Cards" in page
    assert Article.objects.get().section != cards


def test_the_list_says_so_where_none_was_chosen(refund, lea, enter):
    answer = enter(lea).post(at("articles-bulk-preview"), follow=True)
    assert answer.redirect_chain == [(at("articles"), 302)]
    assert "choose at least one article" in answer.content.decode()


def test_commands_find_articles_by_title_once_in_the_readers_language(refund, write, ben, lea, enter):
    row = operations.add_translation(refund.article, language="fil", by=lea.actor)
    operations.write_draft(row, title="Paano ang refund", body="<p>Ganito.</p>", by=lea.actor)
    page = enter(ben).get("/console/commands", {"q": "refund"}).content.decode()
    assert page.count(at("article", refund.article_id)) == 1
    assert "Ask for a refund" in page


def test_a_change_of_many_is_done_and_taken_back(refund, cards, refunds, lea, enter):
    client = enter(lea)
    client.post(
        at("articles-bulk"), {"articles": [refund.article_id], "do_section": cards.pk, "do_archive": "yes"}
    )
    changed = Article.objects.get()
    assert changed.section == cards
    assert changed.is_archived
    client.post(at("articles-bulk-undo"))
    back = Article.objects.get()
    assert back.section == refunds
    assert not back.is_archived


def test_what_may_not_be_changed_is_left_alone_and_named(refund, cards, ben, enter):
    answer = enter(ben).post(at("articles-bulk"), {"articles": [refund.article_id], "do_section": cards.pk})
    assert "Left alone" in answer.content.decode()
    assert Article.objects.get().section != cards
    assert not Event.objects.filter(name="ArticleMoved").exists()


def test_the_health_table_sorts_by_any_column(refund, write, ben, enter):
    from tugon.lib.clock import now

    other = write("Change your card")
    Translation.objects.get(pk=other.pk).votes.create(
        helpful=False, voter="x", voted_at=now(), comment="Wrong"
    )
    client = enter(ben)
    for sort in ("unhelpful", "share", "views", "searched", "tickets", "broken", "age"):
        for way in ("up", "down"):
            assert client.get(f"{at('knowledge-health')}?sort={sort}&way={way}").status_code == 200
    page = client.get(at("knowledge-health")).content.decode()
    assert page.index("Change your card") < page.index("Ask for a refund")
    assert "1 comment" in page


def test_the_parity_report_says_what_a_language_lacks(refund, ben, enter):
    page = enter(ben).get(at("knowledge-parity")).content.decode()
    assert "Missing in Filipino" in page
    assert "Ask for a refund" in page


def test_the_parity_report_begins_with_what_fell_behind_where_nothing_is_missing(refund, lea, enter):
    row = operations.add_translation(refund.article, language="fil", by=lea.actor)
    operations.write_draft(row, title="Humingi ng refund", body="<p>Dalawang linggo.</p>", by=lea.actor)
    operations.publish(row, by=lea.actor)
    client = enter(lea)
    assert "Every language says everything" in client.get(at("knowledge-parity")).content.decode()
    operations.write_draft(refund, body="<p>30 days.</p>", by=lea.actor)
    operations.publish(refund, by=lea.actor)
    page = client.get(at("knowledge-parity")).content.decode()
    assert "Out of date in Filipino" in page


def test_an_article_shows_its_figures_tickets_and_who_links_to_it(refund, ticket, write, lea, enter):
    operations.link_ticket(refund.article, ticket_id=ticket.pk, role="cited", by=lea.actor)
    write("Other", body=f'<p><a href="article:{refund.article.key}">See refunds</a></p>')
    page = enter(lea).get(at("article-about", refund.article_id)).content.decode()
    assert ticket.subject in page
    assert "Other" in page
