"""The pages where templates are written and measured."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tugon.console.replies import measuring
from tugon.lib.clock import now
from tugon.templates import operations
from tugon.templates.models import Folder, Template, Translation, Use
from tugon.tickets import operations as tickets
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def test_every_page_opens_for_who_writes(details, ben, enter):
    client = enter(ben)
    for name in ("templates", "template-new", "template-reviews", "template-letters", "template-effect"):
        assert client.get(at(name)).status_code == 200, name
    assert client.get(at("template-edit", details.pk, "en")).status_code == 200
    assert client.get(at("template-edit", details.pk, "fil")).status_code == 200
    assert client.get(at("template-versions", details.pk, "en")).status_code == 200


def test_who_may_not_write_is_told_so(details, carl, ben, enter):
    assert enter(carl).get(at("templates")).status_code == 403
    assert enter(ben).get(at("template-folders")).status_code == 403


def test_the_list_costs_the_same_however_many_templates(starters, lea, enter, django_assert_max_num_queries):
    client = enter(lea)
    client.get(at("templates"))
    with django_assert_max_num_queries(16):
        client.get(at("templates"))


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("?q=/refund", True),
        ("?q=refund+works", True),
        ("?q=zzzz", False),
        ("?state=archived", False),
        ("?state=published&language=fil", True),
        ("?whose=mine", False),
        ("?folder=999999", False),
    ],
)
def test_the_list_finds_by_words_and_state(starters, lea, enter, asked, is_there):
    assert ("How a refund works" in enter(lea).get(at("templates") + asked).content.decode()) is is_there


def test_a_folder_shows_what_is_within_it(starters, lea, enter):
    billing = Folder.objects.get(key="billing")
    assert "How a refund works" in enter(lea).get(at("templates") + f"?folder={billing.pk}").content.decode()


def test_a_template_is_begun_written_and_published(starters, lea, enter):
    client = enter(lea)
    given = {
        "title": "Greetings",
        "folder": Folder.objects.get(key="closing").pk,
        "language": "en",
        "shortcut": "hi",
    }
    client.post(at("template-new"), given | {"visibility": "everyone"})
    row = Translation.objects.get(template__shortcut="hi")
    words = {
        "title": "Greetings",
        "subject": "",
        "body": "<p>{{ greeting }}</p>",
        "revision": row.draft_number,
    }
    answer = client.put(
        at("template-draft", row.template_id, "en"),
        "title=Greetings&body=%3Cp%3E%7B%7B%20greeting%20%7D%7D%3C%2Fp%3E&revision=" + str(row.draft_number),
        content_type="application/x-www-form-urlencoded",
    ).json()
    client.post(
        at("template-verb", row.template_id, "en", "publish"), words | {"revision": answer["revision"]}
    )
    row.refresh_from_db()
    assert row.published.body == "<p>{{ greeting }}</p>"


def test_what_cannot_be_published_says_why_and_keeps_the_words(details, lea, enter):
    row = Translation.objects.get(template=details, language="en")
    words = {"title": "T", "subject": "", "body": "<p>{{ customer.nam }}</p>", "revision": row.draft_number}
    answer = enter(lea).post(at("template-verb", details.pk, "en", "publish"), words)
    assert answer.status_code == 422
    assert "perhaps customer.name is meant" in answer.content.decode()
    row.refresh_from_db()
    assert row.draft_body == "<p>{{ customer.nam }}</p>"
    assert "customer.nam" not in row.published.body


def test_the_preview_shows_a_ticket_and_gaps(ticket, details, lea, enter):
    words = {"title": "T", "body": "<p>{{ greeting }} {{ customer.username }}</p>", "about": ticket.pk}
    shown = enter(lea).post(at("template-preview", details.pk, "en"), words).content.decode()
    assert "Hello Ana" in shown
    assert "Without a value here" in shown
    unknown = enter(lea).post(at("template-preview", details.pk, "en"), words | {"about": "99999999"})
    assert "no such ticket" in unknown.content.decode()


def test_a_review_goes_there_and_back(starters, ben, lea, enter):
    row = Translation.objects.get(template__key="refund-explained", language="en")
    operations.write_draft(row, body="<p>New</p>", by=ben.actor)
    client = enter(ben)
    client.post(at("template-verb", row.template_id, "en", "ask-review"), {})
    other = enter(lea)
    assert "How a refund works" in other.get(at("template-reviews")).content.decode()
    other.post(at("template-verb", row.template_id, "en", "decline"), {"review_note": "Say how long."})
    assert "Say how long." in client.get(at("template-edit", row.template_id, "en")).content.decode()


def test_properties_are_saved(details, support, lea, enter):
    given = {
        "folder": details.folder_id,
        "shortcut": "more",
        "keywords": "where, When",
        "visibility": "teams",
        "teams": [support.pk],
        "owner": lea.pk,
    }
    enter(lea).post(at("template-properties", details.pk, "en"), given)
    details.refresh_from_db()
    assert (details.shortcut, details.keywords, details.owner) == ("more", ["where", "when"], lea)


def test_folders_are_made_and_removed(starters, lea, enter):
    client = enter(lea)
    client.post(at("template-folders"), {"name_en": "Press", "needs_review": "on"})
    folder = Folder.objects.get(key="press")
    assert folder.needs_review
    client.post(at("template-folder", folder.pk), {"remove": "1"})
    assert not Folder.objects.filter(key="press").exists()


def test_a_company_begins_its_own_words_of_a_letter(starters, lea, enter):
    enter(lea).post(at("template-letter", "promise.at_risk"))
    template = Template.objects.get(key="promise.at_risk")
    assert {row.language for row in template.translations.all()} == {"en", "fil"}
    assert all(row.has_draft for row in template.translations.all())


def test_what_a_template_achieves_stands_beside_like_tickets(ticket, details, ben, lea, write_in, enter):
    put = operations.insert(details, by=ben.actor, ticket=ticket)
    tickets.reply(ticket, NewMessage(body=put.filled.text), by=ben.actor)
    tickets.solve(ticket, by=ben.actor)
    other = write_in("Another")
    tickets.reply(other, NewMessage(body="By hand."), by=ben.actor)
    tickets.solve(other, by=ben.actor)
    tickets.add_incoming(other, NewMessage(body="No"), by=other.customer.actor, customer=other.customer)
    found = measuring.effects(lea, since=now() - timedelta(days=1))
    assert [(one.uses, one.edits, one.own.reopen_rate, one.is_enough) for one in found] == [
        (1, 0.0, 0.0, False)
    ]
    assert found[0].alike.reopen_rate == 1.0
    page = enter(lea).get(at("template-effect")).content.decode()
    assert "too few to say" in page
    assert Use.objects.count() == 1
