"""Work that readers, clocks and facts make; arrangement; the help center beside a ticket."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, ArticleTicket, Category, Notice, Section, Translation, Vote
from tugon.lib.clock import now
from tugon.search.models import Gap, Synonym
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def queue(client, key, asked=""):
    return client.get(at("knowledge-work-queue", key) + asked).content.decode()


def test_a_comment_waits_until_somebody_says_what_came_of_it(refund, lea, enter):
    vote = Vote.objects.create(
        translation=refund, helpful=False, comment="Step 2 is gone", voter="x", voted_at=now()
    )
    client = enter(lea)
    assert "Step 2 is gone" in queue(client, "comments")
    client.post(at("knowledge-comment", vote.pk), {"resolution": "Step 2 is back"})
    vote.refresh_from_db()
    assert (vote.resolution, vote.resolved_by) == ("Step 2 is back", lea)
    assert "Step 2 is gone" not in queue(client, "comments")


def test_a_due_article_is_read_again_with_one_click(refund, lea, enter):
    operations.change(refund.article, review_every_days=30, by=lea.actor)
    Article.objects.update(review_due_on=now().date() - timedelta(days=2))
    client = enter(lea)
    assert "Ask for a refund" in queue(client, "due")
    client.post(at("article-reviewed", refund.article_id), {"next": "work"})
    assert Article.objects.get().review_due_on == now().date() + timedelta(days=30)


def test_a_review_waits_for_who_is_asked_and_not_for_who_asks(refund, ben, lea, ada, enter):
    operations.write_draft(refund, body="<p>New.</p>", by=ben.actor)
    operations.ask_review(refund, reviewer=lea, by=ben.actor)
    assert "Ask for a refund" in queue(enter(lea), "reviews", "?whose=mine")
    assert "Ask for a refund" not in queue(enter(ada), "reviews", "?whose=mine")
    assert "Ask for a refund" in queue(enter(ada), "reviews")


def test_a_broken_link_is_work_with_its_reason(refund, write, lea, enter):
    write("Other", body=f'<p><a href="article:{refund.article.key}">Refunds</a></p>')
    operations.archive(refund.article, by=lea.actor)
    page = queue(enter(lea), "links")
    assert "the article is archived" in page
    assert "Other" in page


def test_a_link_that_leads_nowhere_is_told_in_the_draft_before_readers_meet_it(refund, write, lea, enter):
    other = write("Other")
    operations.archive(refund.article, by=lea.actor)
    body = f'<p><a href="article:{refund.article.key}">Refunds</a></p>'
    operations.write_draft(other, body=body, by=lea.actor)
    page = enter(lea).get(at("article-edit", other.article_id, "en")).content.decode()
    assert "the article is archived" in page
    operations.write_draft(other, body="<p>No link.</p>", by=lea.actor)
    page = enter(lea).get(at("article-edit", other.article_id, "en")).content.decode()
    assert "the article is archived" not in page


def test_articles_of_a_section_are_put_in_order(refunds, write, lea, enter):
    first, second = write("One").article, write("Two").article
    client = enter(lea)
    assert "Order of the articles" in client.get(at("knowledge-section", refunds.pk)).content.decode()
    moved = {"list": f"articles:{refunds.pk}", "ids": [first.pk, second.pk], "down": first.pk}
    answer = client.post(at("knowledge-order"), moved)
    assert answer.headers["Location"] == at("knowledge-section", refunds.pk)
    assert list(refunds.articles.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_a_changed_fact_brings_its_texts_to_be_read_again(refund, lea, ada, enter):
    from tugon.facts import operations as facts
    from tugon.facts.kinds import Kind
    from tugon.facts.models import FactReview

    fact = facts.create(key="refund.window", kind=Kind.DURATION, unit="day", by=ada.actor)
    value = facts.give_value(fact, typed="14 days", by=ada.actor)
    review = FactReview.objects.create(
        value=value, why="uses", place_kind="article", place_title="Ask for a refund", place_url="/x",
        due_on=now().date(), created_at=now(),
    )  # fmt: skip
    client = enter(lea)
    assert "Ask for a refund" in queue(client, "facts")
    client.post(at("knowledge-fact-read", review.pk))
    review.refresh_from_db()
    assert review.done_at is not None


def test_a_value_that_begins_later_is_not_called_the_present_one(refund, lea, ada, enter):
    from tugon.facts import operations as facts
    from tugon.facts.kinds import Kind
    from tugon.facts.models import FactReview

    fact = facts.create(key="refund.window", kind=Kind.DURATION, unit="day", by=ada.actor)
    facts.give_value(fact, typed="14 days", by=ada.actor)
    soon = now().date() + timedelta(days=9)
    value = facts.give_value(fact, typed="30 days", valid_from=soon, by=ada.actor)
    FactReview.objects.create(
        value=value, why="uses", place_kind="article", place_title="Ask for a refund", place_url="/x",
        due_on=soon, created_at=now(),
    )  # fmt: skip
    page = queue(enter(lea), "facts")
    assert "Comes next:" in page
    assert "is now" not in page
    again = enter(ada).get(reverse("administration:fact-reviews")).content.decode()
    assert "Comes next: 30 days" in again
    assert "now: 30 days" not in again


def test_texts_that_the_agent_cannot_open_are_not_their_work(refund, ben, lea, ada, enter):
    from tugon.facts import operations as facts
    from tugon.facts.kinds import Kind
    from tugon.facts.models import FactReview

    fact = facts.create(key="refund.window", kind=Kind.DURATION, unit="day", by=ada.actor)
    value = facts.give_value(fact, typed="14 days", by=ada.actor)
    FactReview.objects.create(
        value=value, why="uses", place_kind="processor", place_title="SinPay", place_url="/administration/billing/1",
        due_on=now().date(), created_at=now(),
    )  # fmt: skip
    assert "SinPay" not in queue(enter(ben), "facts")
    assert "SinPay" in queue(enter(lea), "facts")


@pytest.fixture
def gap(db):
    return Gap.objects.create(
        normal="gcash refund", text="gcash refund", language="en", searches=7, visitors=5, without_result=7,
        wordings=["gcash refund", "refund sa gcash"], first_at=now(), last_at=now(),
    )  # fmt: skip


def test_a_search_without_an_answer_becomes_an_article_with_one_click(gap, refunds, lea, enter):
    client = enter(lea)
    assert "refund sa gcash" in queue(client, "searches")
    answer = client.post(at("knowledge-search-decide", gap.pk, "write"))
    assert answer["Location"] == at("article-new") + "?title=gcash+refund"
    gap.refresh_from_db()
    assert (gap.state, gap.owner) == ("work", lea)


def test_a_search_is_dismissed_and_taken_back(gap, lea, enter):
    client = enter(lea)
    client.post(at("knowledge-search-decide", gap.pk, "dismissal"))
    assert "“gcash refund”" not in queue(client, "searches")
    client.post(at("knowledge-search-decide", gap.pk, "reopening"))
    assert "“gcash refund”" in queue(client, "searches")


def test_an_agent_sees_searches_but_does_not_decide(gap, ben, enter):
    client = enter(ben)
    page = queue(client, "searches")
    assert "Write an article" in page
    assert "Dismiss<" not in page
    assert client.post(at("knowledge-search-decide", gap.pk, "dismissal")).status_code == 403


def test_the_number_of_people_helped_stands_beside_its_definition(lea, enter):
    page = queue(enter(lea), "searches")
    assert "Helped without a request" in page
    assert "within 72 hours" in page


def test_synonyms_begin_with_the_words_of_a_search(gap, lea, enter):
    client = enter(lea)
    assert "gcash refund" in client.get(at("knowledge-synonym-new") + "?words=gcash+refund").content.decode()
    refused = client.post(at("knowledge-synonym-new"), {"words": "gcash"})
    assert "at least two different words" in refused.content.decode()
    client.post(at("knowledge-synonym-new"), {"words": "gcash\ne-wallet"})
    assert Synonym.objects.get().words == ["gcash", "e-wallet"]
    client.post(at("knowledge-synonym-remove", Synonym.objects.get().pk))
    assert not Synonym.objects.exists()


def test_chapters_are_made_ordered_and_removed(payments, refunds, cards, lea, enter):
    client = enter(lea)
    client.post(
        at("knowledge-category-new"), {"titles_en": "Account", "icon": "user-round", "is_visible": "on"}
    )
    account = Category.objects.get(slug="account")
    client.post(
        at("knowledge-order"), {"list": "categories", "ids": [payments.pk, account.pk], "up": account.pk}
    )
    assert list(Category.objects.values_list("slug", flat=True)) == ["account", "payments"]
    client.post(at("knowledge-order"), {"list": f"sections:{payments.pk}", "ids": [cards.pk, refunds.pk]})
    assert list(Section.objects.values_list("slug", flat=True)) == ["cards", "refunds"]
    values = {"titles_en": "Cards", "category": account.pk, "needs_review": "on"}
    client.post(at("knowledge-section", cards.pk), values)
    cards.refresh_from_db()
    assert (cards.category, cards.needs_review, cards.slug) == (account, True, "cards")
    client.post(at("knowledge-chapter-remove", "category", account.pk))
    assert Category.objects.filter(pk=account.pk).exists()
    page = client.get(at("knowledge-chapters")).content.decode()
    assert "still holds" in page


def test_only_who_may_arrange_sees_the_arrangement(payments, ben, enter):
    client = enter(ben)
    assert client.get(at("knowledge-chapters")).status_code == 403
    assert at("knowledge-notices") not in client.get(at("articles")).content.decode()


def test_a_notice_is_shown_from_a_moment_in_the_agents_zone_and_ended(lea, enter):
    lea.time_zone = "Asia/Manila"
    lea.save()
    client = enter(lea)
    sent = {"titles_en": "Payments are slow", "level": "warning", "starts_at": "2026-01-01T08:00"}
    client.post(at("knowledge-notice-new"), sent)
    row = Notice.objects.get()
    assert row.starts_at.isoformat() == "2026-01-01T00:00:00+00:00"
    assert 'value="2026-01-01T08:00"' in client.get(at("knowledge-notice", row.pk)).content.decode()
    client.post(at("knowledge-notice-end", row.pk))
    row.refresh_from_db()
    assert row.ends_at is not None


def test_the_ticket_shows_articles_that_may_answer_and_the_like_that_was_solved(
    write, write_in, ben, enter, lea
):
    write("Video does not play", body="<p>Update the app, then the video plays again.</p>")
    earlier = write_in("Video will not play on my tablet")
    tickets.solve(earlier, by=ben.actor)
    ticket = write_in("Video will not play", "No video plays on my phone.")
    page = enter(ben).get(at("ticket-knowledge", ticket.pk)).content.decode()
    assert "Video does not play" in page
    assert "Video will not play on my tablet" in page
    assert "Write an article from this" not in page


def test_the_panel_costs_few_statements(write, write_in, ben, enter, django_assert_max_num_queries):
    for number in range(6):
        write(f"Video {number} does not play")
    ticket = write_in("Video will not play")
    client = enter(ben)
    client.get(at("ticket-knowledge", ticket.pk))
    with django_assert_max_num_queries(24):
        client.get(at("ticket-knowledge", ticket.pk))


def test_an_article_begins_from_a_solved_ticket_without_the_customers_own(ticket, refunds, ben, ana, enter):
    words = "Hello Ana Santos, update the app.\nThen call +63 917 555 0199."
    tickets.reply(ticket, NewMessage(body=words), by=ben.actor)
    tickets.solve(ticket, cause="Ana used an old app", done=words, by=ben.actor)
    client = enter(ben)
    page = client.get(at("ticket-article", ticket.pk)).content.decode()
    assert "0199" not in page.split("The draft begins with this")[1]
    client.post(
        at("ticket-article", ticket.pk),
        {"title": "Video will not play", "section": refunds.pk, "kind": "article", "language": "en"},
    )
    row = Translation.objects.get()
    assert "Ana" not in row.draft_body
    assert "Santos" not in row.draft_body
    link = ArticleTicket.objects.get()
    assert (link.article, link.ticket_id, link.role) == (row.article, ticket.pk, "made_from")
    assert "Written from this ticket" in client.get(at("ticket-knowledge", ticket.pk)).content.decode()


def test_an_acknowledgement_is_not_taken_for_the_solution(ticket, refunds, ben, enter):
    tickets.reply(ticket, NewMessage(body="Update the app."), by=ben.actor)
    kind, customer = Message.Kind.OUTGOING, ticket.customer
    Message.objects.create(
        ticket=ticket, kind=kind, customer=customer, automatic="acknowledgement", created_at=now(),
        body="We have received your request.",
    )  # fmt: skip
    tickets.solve(ticket, by=ben.actor)
    page = enter(ben).get(at("ticket-article", ticket.pk)).content.decode()
    assert "Update the app." in page
    assert "We have received your request." not in page


def test_a_reply_that_names_an_article_cites_it(refund, ticket, ben):
    body = f'<p>See <a href="http://127.0.0.1:8000/en/help/articles/{refund.slug}/">this</a></p>'
    tickets.reply(ticket, NewMessage(body="See this", body_html=body), by=ben.actor)
    link = ArticleTicket.objects.get()
    assert (link.article_id, link.ticket_id, link.role) == (refund.article_id, ticket.pk, "cited")


def test_a_queue_costs_the_same_however_much_waits(write, lea, enter, django_assert_max_num_queries):
    for number in range(8):
        row = write(f"Article {number}")
        Vote.objects.create(translation=row, helpful=False, comment="Hm", voter="x", voted_at=now())
    client = enter(lea)
    queue(client, "comments")
    with django_assert_max_num_queries(16):
        queue(client, "comments")
