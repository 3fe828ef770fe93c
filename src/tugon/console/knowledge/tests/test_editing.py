"""The editor: drafts, publishing, review, languages, versions, preview."""

import json
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tugon.helpcenter import operations
from tugon.helpcenter.models import ArticleFile, Redirect, Translation, Version

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def row_of(translation):
    return Translation.objects.select_related("published", "article__section").get(pk=translation.pk)


def sent(translation, **values):
    found = {"title": translation.shown_title, "summary": "", "body": "Words.", "format": "markdown"}
    return found | {"revision": str(translation.draft_number)} | values


def put(client, translation, **values):
    url = at("article-draft", translation.article_id, translation.language)
    return client.put(
        url, urlencode(sent(translation, **values)), content_type="application/x-www-form-urlencoded"
    )


def act(client, translation, verb, **values):
    return client.post(at("article-verb", translation.article_id, translation.language, verb), values)


def test_the_editor_shows_the_words_as_markdown_and_html(refund, ben, enter):
    page = enter(ben).get(at("article-edit", refund.article_id, "en")).content.decode()
    assert "## How long" in page
    assert "&lt;h2&gt;How long&lt;/h2&gt;" in page


def test_what_is_typed_is_a_draft_and_readers_see_what_they_saw(refund, ben, enter):
    answer = put(enter(ben), refund, body="You have **30 days**.")
    row = row_of(refund)
    assert json.loads(answer.content) == {"revision": str(row.draft_number)}
    assert row.draft_body == "<p>You have <strong>30 days</strong>.</p>"
    assert "two weeks" in row.published.body


def test_html_of_the_editor_is_cleaned(refund, ben, enter):
    put(enter(ben), refund, format="html", html='<p onclick="x()">Hi<script>alert(1)</script></p>')
    assert row_of(refund).draft_body == "<p>Hi</p>"


def test_a_colleagues_newer_draft_is_never_overwritten_unseen(refund, ben, lea, enter):
    operations.write_draft(refund, body="<p>Lea was faster.</p>", by=lea.actor)
    answer = put(enter(ben), refund, body="Ben.")
    assert answer.status_code == 409
    assert row_of(refund).draft_body == "<p>Lea was faster.</p>"


def test_who_saves_over_it_keeps_theirs_among_the_versions(refund, ben, lea, enter):
    operations.write_draft(refund, body="<p>Lea was faster.</p>", by=lea.actor)
    answer = put(enter(ben), refund, body="Ben.", revision="any")
    assert answer.status_code == 200
    assert row_of(refund).draft_body == "<p>Ben.</p>"
    assert Version.objects.filter(body="<p>Lea was faster.</p>").exists()


def test_the_button_that_saves_over_it_does_so_although_the_form_tells_its_revision_too(
    refund, ben, lea, enter
):
    mine = sent(refund, body="Ben.")
    operations.write_draft(refund, body="<p>Lea was faster.</p>", by=lea.actor)
    client = enter(ben)
    page = act(client, refund, "save", **mine)
    assert page.status_code == 409
    assert "Save mine over it" in page.content.decode()
    act(client, refund, "save", **mine | {"revision": ["any", mine["revision"]]})
    assert row_of(refund).draft_body == "<p>Ben.</p>"


def test_publishing_keeps_what_the_form_holds_and_shows_it(refund, lea, enter):
    values = sent(refund, body="You have 30 days.", note="Longer")
    act(enter(lea), refund, "publish", **values)
    row = row_of(refund)
    assert row.published.body == "<p>You have 30 days.</p>"
    assert row.published.note == "Longer"
    assert not row.has_draft


def test_an_agent_may_write_but_not_publish(refund, ben, enter):
    answer = act(enter(ben), refund, "publish", **sent(refund, body="Mine."))
    assert answer.status_code == 403
    assert "two weeks" in row_of(refund).published.body


def test_a_refused_address_is_still_in_its_field(refund, lea, enter):
    answer = enter(lea).post(at("article-slug", refund.article_id, "en"), {"slug": "Refund me!"})
    assert answer.status_code == 422
    assert 'value="Refund me!"' in answer.content.decode()


def test_a_file_that_only_calls_itself_a_picture_is_refused_in_words(refund, lea, enter):
    file = SimpleUploadedFile("button.png", b"not a picture", content_type="image/png")
    answer = enter(lea).post(at("article-files", refund.article_id), {"file": file})
    assert answer.status_code == 422
    assert "button.png is neither a picture nor a video" in json.loads(answer.content)["error"]


def test_who_may_not_archive_is_not_offered_it(refund, ben, lea, enter):
    archive, place = at("article-archive", refund.article_id), at("article-edit", refund.article_id, "en")
    assert archive not in enter(ben).get(place).content.decode()
    assert archive in enter(lea).get(place).content.decode()


def test_a_refusal_keeps_the_words_on_the_screen(refund, lea, enter):
    answer = act(enter(lea), refund, "publish", **sent(refund, title="", body="Long text"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a title" in page
    assert "Long text" in page


def test_an_unknown_fact_is_named_before_and_refused_at_publishing(refund, lea, enter):
    client = enter(lea)
    put(client, refund, body="Within {{ no.such_fact }}.")
    assert (
        "There is no fact “no.such_fact”"
        in client.get(at("article-edit", refund.article_id, "en")).content.decode()
    )
    answer = act(client, refund, "publish", **sent(row_of(refund), body="Within {{ no.such_fact }}."))
    assert answer.status_code == 422
    assert row_of(refund).published.body != "<p>Within {{ no.such_fact }}.</p>"


def test_a_plain_value_that_contradicts_a_fact_is_flagged(refund, lea, ada, enter):
    from tugon.facts import operations as facts
    from tugon.facts.kinds import Kind

    fact = facts.create(
        key="refund.window", kind=Kind.DURATION, unit="day", context_words={"en": ["refund"]}, by=ada.actor
    )
    facts.give_value(fact, typed="30 days", by=ada.actor)
    put(enter(lea), refund, body="You can ask for a refund within 14 days.")
    page = enter(lea).get(at("article-edit", refund.article_id, "en")).content.decode()
    assert "refund.window" in page
    assert "Put {{ refund.window }} there instead" in page


def test_scheduling_is_in_the_agents_zone(refund, lea, enter):
    lea.time_zone = "Asia/Manila"
    lea.save()
    act(enter(lea), refund, "schedule", **sent(refund, body="Later.", when="2030-01-01T09:00"))
    assert row_of(refund).scheduled_for.isoformat() == "2030-01-01T01:00:00+00:00"


def test_a_section_that_asks_for_a_second_person_gets_one(refund, refunds, ben, lea, enter):
    refunds.needs_review = True
    refunds.save()
    act(enter(ben), refund, "ask-review", **sent(refund, body="New.", reviewer=lea.pk, ask_note="The days"))
    row = row_of(refund)
    assert (row.review, row.review_by) == ("asked", lea)
    client = enter(lea)
    assert act(client, row, "publish", **sent(row, body="New.")).status_code == 409
    act(client, row, "approve", **sent(row, body="New.", review_note="Good"))
    act(client, row, "publish", **sent(row_of(row), body="New."))
    assert row_of(row).published.reviewed_by == lea


def test_sending_back_needs_words(refund, ben, lea, enter):
    act(enter(ben), refund, "ask-review", **sent(refund, body="New."))
    row = row_of(refund)
    assert "Say what should change" in act(enter(lea), row, "decline").content.decode()
    act(enter(lea), row, "decline", review_note="Which days?")
    page = enter(ben).get(at("article-edit", refund.article_id, "en")).content.decode()
    assert "Sent back" in page
    assert "Which days?" in page


def test_unpublishing_and_discarding(refund, lea, enter):
    client = enter(lea)
    put(client, refund, body="Never mind.")
    act(client, refund, "discard")
    assert not row_of(refund).has_draft
    act(client, refund, "unpublish")
    assert not row_of(refund).is_published


@pytest.fixture
def filipino(refund, lea):
    row = operations.add_translation(refund.article, language="fil", by=lea.actor)
    operations.write_draft(row, title="Humingi ng refund", body="<p>Dalawang linggo.</p>", by=lea.actor)
    operations.publish(row, by=lea.actor)
    return row_of(row)


def test_a_translation_stands_beside_its_original(filipino, ben, enter):
    page = enter(ben).get(at("article-edit", filipino.article_id, "fil")).content.decode()
    assert 'class="writing has-source"' in page
    assert "within two weeks" in page
    assert "Dalawang linggo" in page


def test_an_out_of_date_translation_shows_what_changed_in_the_original(refund, filipino, lea, enter):
    operations.write_draft(
        refund, body="<p>You can ask for a refund within 30 days of paying.</p>", by=lea.actor
    )
    operations.publish(refund, by=lea.actor)
    client = enter(lea)
    page = client.get(at("article-edit", filipino.article_id, "fil")).content.decode()
    assert "The original changed since this was translated" in page
    assert "<del>two</del>" in page
    act(client, filipino, "still-right")
    row = Translation.objects.with_freshness().get(pk=filipino.pk)
    assert not row.out_of_date


def test_a_translation_published_after_the_change_is_up_to_date(refund, filipino, lea, enter):
    operations.write_draft(refund, body="<p>30 days.</p>", by=lea.actor)
    operations.publish(refund, by=lea.actor)
    act(enter(lea), filipino, "publish", **sent(row_of(filipino), body="30 araw.", follows="1"))
    assert not Translation.objects.with_freshness().get(pk=filipino.pk).out_of_date


def test_another_language_is_begun_with_one_click(refund, ben, enter):
    answer = enter(ben).post(at("article-translation", refund.article_id), {"language": "fil"})
    assert answer["Location"] == at("article-edit", refund.article_id, "fil")
    assert refund.article.translations.count() == 2


def test_a_new_address_leads_on_from_the_old_one(refund, lea, enter):
    old = refund.slug
    enter(lea).post(at("article-slug", refund.article_id, "en"), {"slug": "refunds"})
    assert row_of(refund).slug == "refunds"
    assert Redirect.objects.get().slug == old


def test_an_address_in_use_is_refused_in_words(refund, write, lea, enter):
    other = write("Other")
    answer = enter(lea).post(at("article-slug", refund.article_id, "en"), {"slug": other.slug})
    assert "is the address of “Other” already" in answer.content.decode()


def test_readers_owner_and_place_are_changed_together_or_not_at_all(refund, cards, members, lea, enter):
    values = {
        "language": "en", "about-section": cards.pk, "about-kind": "guide", "about-visibility": "audiences",
        "about-audiences": [], "about-owner": "", "about-review_every_days": "90", "about-terms": "Refund, GCash",
    }  # fmt: skip
    client, url = enter(lea), at("article-properties", refund.article_id)
    answer = client.post(url, values)
    assert "this way nobody could" in answer.content.decode()
    refund.article.refresh_from_db()
    assert refund.article.section != cards
    client.post(url, values | {"about-audiences": [members.pk]})
    refund.article.refresh_from_db()
    assert refund.article.section == cards
    assert sorted(refund.article.terms) == ["gcash", "refund"]
    assert refund.article.review_due_on is not None


def test_a_picture_belongs_to_the_article(refund, ben, enter):
    file = SimpleUploadedFile("a b.png", PNG, content_type="image/png")
    answer = enter(ben).post(at("article-files", refund.article_id), {"file": file})
    assert answer.status_code == 201
    assert answer.json()["url"] == f"/files/article/{ArticleFile.objects.get().pk}/a%20b.png"


def test_a_file_that_cannot_be_shown_is_refused_in_words(refund, ben, enter):
    file = SimpleUploadedFile("a.txt", b"words", content_type="text/plain")
    answer = enter(ben).post(at("article-files", refund.article_id), {"file": file})
    assert "neither a picture nor a video" in answer.json()["error"]


def test_markdown_turns_into_html_and_back(ben, enter, db):
    client, text = enter(ben), "> [!warning]\n> Careful.\n"
    html = client.post(at("knowledge-convert"), {"to": "html", "text": text}).json()["text"]
    assert html == '<aside data-callout="warning"><p>Careful.</p></aside>'
    assert client.post(at("knowledge-convert"), {"to": "markdown", "text": html}).json()["text"] == text


def test_versions_show_what_changed_and_lead_back(refund, lea, enter):
    operations.write_draft(refund, body="<p>You have 30 days.</p>", by=lea.actor)
    operations.publish(refund, by=lea.actor)
    client = enter(lea)
    page = client.get(at("article-versions", refund.article_id, "en")).content.decode()
    assert "Version 1 → Version 2" in page
    assert "<ins>" in page
    client.post(at("article-rollback", refund.article_id, "en", 1))
    row = row_of(refund)
    assert "two weeks" in row.published.body
    assert row.published.number == 3
    client.post(at("article-write-from", refund.article_id, "en", 2))
    assert row_of(refund).draft_body == "<p>You have 30 days.</p>"


def test_a_preview_says_what_each_reader_sees(refund, members, lea, enter):
    operations.change(refund.article, visibility="audiences", audiences=[members], by=lea.actor)
    client, url = enter(lea), at("article-preview", refund.article_id, "en")
    assert "This reader may not read it" in client.get(url).content.decode()
    page = client.get(f"{url}?as=audience:{members.pk}").content.decode()
    assert "within two weeks" in page


def test_articles_are_found_by_their_first_letters_for_a_link(refund, ben, enter):
    found = enter(ben).get(at("article-choices") + "?q=ask&language=en&as=key").json()
    assert found[0]["label"] == "Ask for a refund"
    assert f'href="article:{refund.article.key}"' in found[0]["html"]


def test_what_only_agents_may_read_is_offered_to_articles_and_not_to_letters(refund, ben, lea, enter):
    operations.change(refund.article, visibility="agents", by=lea.actor)
    client, url = enter(ben), at("article-choices") + "?q=ask&language=en"
    assert client.get(url).json() == []
    assert len(client.get(f"{url}&as=key").json()) == 1


def test_the_editor_costs_the_same_however_long_the_history(
    refund, lea, enter, django_assert_max_num_queries
):
    for number in range(5):
        operations.write_draft(refund, body=f"<p>Version {number}.</p>", by=lea.actor)
        operations.publish(refund, by=lea.actor)
    client = enter(lea)
    client.get(at("article-edit", refund.article_id, "en"))
    with django_assert_max_num_queries(26):
        client.get(at("article-edit", refund.article_id, "en"))
