"""A template while somebody writes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tugon.files.models import Upload
from tugon.files.operations import store
from tugon.templates import operations
from tugon.templates.models import Template, Translation, Use
from tugon.tickets.models import Draft

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def test_the_list_answers_with_what_fits(ticket, details, ben, enter):
    found = enter(ben).get(at("template-choices") + f"?ticket={ticket.pk}&q=details").json()
    assert found[0]["label"] == "We need more details: time and place"
    assert found[0]["shortcut"] == "/details"
    assert found[0]["insert"] == at("template-insertion", details.pk) + f"?ticket={ticket.pk}"


def test_the_list_speaks_the_tickets_language(ticket, details, ben, enter):
    type(ticket).objects.filter(pk=ticket.pk).update(language="fil")
    found = enter(ben).get(at("template-choices") + f"?ticket={ticket.pk}&q=details").json()
    assert found[0]["label"] == "Kailangan pa namin: oras at eksaktong lugar"


def test_the_list_costs_the_same_however_many_templates(
    ticket, starters, ben, enter, django_assert_max_num_queries
):
    client = enter(ben)
    client.get(at("template-choices") + f"?ticket={ticket.pk}")
    with django_assert_max_num_queries(9):
        client.get(at("template-choices") + f"?ticket={ticket.pk}")


def test_putting_one_in_fills_it_and_sends_its_files_ahead(ticket, details, ben, enter):
    operations.add_file(details, file=store(b"hello", name="a.txt"), name="a.txt", by=ben.actor)
    answer = enter(ben).post(at("template-insertion", details.pk) + f"?ticket={ticket.pk}").json()
    assert "When exactly" in answer["html"]
    assert answer["note"] == "Put in. Read it once before you send it."
    assert Upload.objects.get(token=answer["files"][0]["token"]).owner == f"agent:{ben.pk}"
    assert Use.objects.get().ticket == ticket


def test_who_sees_neither_ticket_nor_template_gets_nothing(ticket, details, ben, lea, carl, enter):
    assert enter(carl).post(at("template-insertion", details.pk) + f"?ticket={ticket.pk}").status_code in (
        403,
        404,
    )
    Template.objects.update(visibility="own", owner=lea)
    assert enter(ben).post(at("template-insertion", details.pk) + f"?ticket={ticket.pk}").status_code == 404
    assert not Use.objects.exists()


def test_words_in_another_language_are_told(ticket, details, ben, enter):
    type(ticket).objects.filter(pk=ticket.pk).update(language="fil")
    Translation.objects.filter(language="fil").delete()
    answer = enter(ben).post(at("template-insertion", details.pk) + f"?ticket={ticket.pk}").json()
    assert "English" in answer["note"]


def test_without_script_it_is_added_to_the_draft(ticket, details, ben, enter):
    Draft.objects.create(
        ticket=ticket, agent=ben, kind="reply", html="<p>Mine</p>", updated_at=ticket.created_at
    )
    client = enter(ben)
    assert "When exactly" in client.get(at("ticket-templates", ticket.pk) + "?q=details").content.decode()
    client.post(at("ticket-templates", ticket.pk), {"template": details.pk})
    html = Draft.objects.get().html
    assert html.startswith("<p>Mine</p>")
    assert "When exactly" in html


def test_a_request_not_begun_yet_can_be_filled_too(details, ana, ben, enter):
    answer = enter(ben).post(at("template-insertion", details.pk), {"customer": ana.pk}).json()
    assert "Hello Ana" in answer["text"]
    assert Use.objects.get().ticket is None


def test_files_of_a_template_are_added_and_removed_by_its_page(details, lea, enter):
    client = enter(lea)
    given = SimpleUploadedFile("form.txt", b"hello")
    client.post(at("template-files", details.pk, "en"), {"files": given, "only": "on"})
    file = details.files.get()
    assert (file.name, file.language) == ("form.txt", "en")
    client.post(at("template-file-remove", details.pk, "en", file.pk))
    assert not details.files.exists()
