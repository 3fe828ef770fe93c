"""From draft to use: reviews, versions, roll-back, what is refused and what is kept."""

import pytest

from tugon.accounts.models import Agent, Team
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed
from tugon.notifications.models import Notification
from tugon.templates import operations
from tugon.templates.errors import (
    DraftMoved,
    FolderInItself,
    FolderNotEmpty,
    KeyTaken,
    NotApproved,
    OwnReview,
    ShortcutInvalid,
    ShortcutTaken,
    TemplateInvalid,
    TextTooLong,
)
from tugon.templates.models import Folder, Template, Translation, Version
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def begun(folder: Folder, by: Agent, body: str = "<p>Hello</p>", **more: str) -> Translation:
    return operations.create_template(
        folder=folder, language="en", title="Refund", body=body, by=by.actor, **more
    )


def test_a_draft_is_published_as_a_version_that_never_changes(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    first = operations.publish(row, by=lea.actor)
    operations.write_draft(row, body="<p>Bye</p>", by=lea.actor)
    second = operations.publish(row, by=lea.actor)
    assert (first.number, second.number) == (1, 2)
    assert Version.objects.get(pk=first.pk).body == "<p>Hello</p>"
    assert Event.objects.filter(name="TemplatePublished").count() == 2
    assert operations.publish(row, by=lea.actor) == second


def test_rolling_back_makes_a_new_version_of_the_old_words(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    first = operations.publish(row, by=lea.actor)
    operations.write_draft(row, body="<p>Bye</p>", by=lea.actor)
    operations.publish(row, by=lea.actor)
    third = operations.roll_back(row, to=first, by=lea.actor)
    row.refresh_from_db()
    assert (third.number, third.body, row.published) == (3, "<p>Hello</p>", third)


def test_words_that_cannot_be_filled_stay_a_draft_and_say_where(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    saved = operations.write_draft(
        row, body="<p>One</p><p>Hi {{ customer.nme }} [[if plan]]</p>", by=lea.actor
    )
    assert [problem.paragraph for problem in saved.problems] == [2]
    with pytest.raises(TemplateInvalid) as refused:
        operations.publish(row, by=lea.actor)
    assert "Paragraph 2" in refused.value.message
    row.refresh_from_db()
    assert (row.has_draft, row.published) == (True, None)


def test_an_agent_writes_and_a_second_person_approves(reviewed: Folder, ben: Agent, lea: Agent, ada: Agent):
    row = begun(reviewed, ben)
    with pytest.raises(NotAllowed):
        operations.publish(row, by=ben.actor)
    with pytest.raises(NotApproved):
        operations.publish(row, by=lea.actor)
    operations.ask_review(row, by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.approve(row, by=ben.actor)
    operations.approve(row, by=lea.actor)
    version = operations.publish(row, by=ada.actor)
    assert version.reviewed_by == lea


def test_nobody_approves_their_own_draft(reviewed: Folder, lea: Agent):
    row = begun(reviewed, lea)
    operations.ask_review(row, by=lea.actor)
    with pytest.raises(OwnReview):
        operations.approve(row, by=lea.actor)


def test_a_change_after_the_approval_needs_another_one(reviewed: Folder, ben: Agent, lea: Agent):
    row = begun(reviewed, ben)
    operations.ask_review(row, by=ben.actor)
    operations.approve(row, by=lea.actor)
    operations.write_draft(row, body="<p>Other</p>", by=ben.actor)
    with pytest.raises(NotApproved):
        operations.publish(row, by=lea.actor)


def test_a_colleagues_draft_is_not_written_over_unseen(folder: Folder, ben: Agent, lea: Agent):
    row = begun(folder, ben)
    row.refresh_from_db()
    operations.write_draft(row, body="<p>Lea</p>", number=row.draft_number, by=lea.actor)
    with pytest.raises(DraftMoved):
        operations.write_draft(row, body="<p>Ben</p>", number=row.draft_number, by=ben.actor)
    operations.write_draft(row, body="<p>Ben</p>", number=row.draft_number, over=True, by=ben.actor)
    assert row.versions.get().body == "<p>Lea</p>"


def test_a_translation_is_out_of_date_when_its_original_is_newer(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    operations.publish(row, by=lea.actor)
    other = operations.add_translation(row.template, language="fil", by=lea.actor)
    operations.write_draft(other, title="Refund", body="<p>Kumusta</p>", by=lea.actor)
    operations.publish(other, by=lea.actor)
    assert not Translation.objects.out_of_date().exists()
    operations.write_draft(row, body="<p>New</p>", by=lea.actor)
    operations.publish(row, by=lea.actor)
    assert Translation.objects.out_of_date().get() == other
    operations.write_draft(other, body="<p>Bago</p>", by=lea.actor)
    operations.publish(other, by=lea.actor)
    assert not Translation.objects.out_of_date().exists()


def test_a_small_change_leaves_translations_up_to_date(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    operations.publish(row, by=lea.actor)
    other = operations.add_translation(row.template, language="fil", by=lea.actor)
    operations.write_draft(other, title="Refund", body="<p>Kumusta</p>", by=lea.actor)
    operations.publish(other, by=lea.actor)
    operations.write_draft(row, body="<p>Hello!</p>", by=lea.actor)
    operations.publish(row, minor=True, by=lea.actor)
    assert not Translation.objects.out_of_date().exists()


def test_an_agent_publishes_what_only_the_agent_sees(folder: Folder, ben: Agent, lea: Agent):
    row = begun(folder, ben, visibility="own")
    assert operations.publish(row, by=ben.actor).number == 1
    assert not Template.objects.visible_to(lea).exists()
    with pytest.raises(NotAllowed):
        operations.write_draft(row, body="<p>x</p>", by=lea.actor)
    with pytest.raises(NotAllowed):
        operations.change(row.template, visibility="everyone", by=ben.actor)


def test_a_template_for_a_team_is_seen_by_the_team(
    folder: Folder, ben: Agent, lea: Agent, support: Team, billing: Team
):
    row = begun(folder, lea)
    operations.change(row.template, visibility="teams", teams=[billing], by=lea.actor)
    assert not Template.objects.visible_to(ben).exists()
    operations.change(row.template, teams=[support], by=lea.actor)
    assert Template.objects.visible_to(ben).exists()


def test_a_shortcut_belongs_to_one_template(folder: Folder, lea: Agent):
    begun(folder, lea, shortcut="/Refund")
    assert Template.objects.get().shortcut == "refund"
    with pytest.raises(ShortcutTaken):
        begun(folder, lea, shortcut="refund")
    with pytest.raises(ShortcutInvalid):
        begun(folder, lea, shortcut="two words")
    with pytest.raises(KeyTaken):
        begun(folder, lea, key="refund")


def test_an_archived_template_is_offered_no_longer_and_comes_back(folder: Folder, lea: Agent):
    row = begun(folder, lea, shortcut="refund")
    operations.publish(row, by=lea.actor)
    operations.archive(row.template, by=lea.actor)
    assert not Translation.objects.usable().exists()
    begun(folder, lea, shortcut="refund")
    assert operations.restore(row.template, by=lea.actor).shortcut == ""
    assert Translation.objects.usable().exists()


def test_a_text_that_is_too_long_is_refused_and_the_draft_stays(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    with pytest.raises(TextTooLong):
        operations.write_draft(row, body="<p>" + "x" * 50_000 + "</p>", by=lea.actor)
    row.refresh_from_db()
    assert row.draft_body == "<p>Hello</p>"


def test_a_discarded_draft_stays_among_the_versions(folder: Folder, lea: Agent):
    row = begun(folder, lea)
    operations.discard_draft(row, by=lea.actor)
    row.refresh_from_db()
    assert not row.has_draft
    assert operations.draft_from(row.versions.get(), by=lea.actor).draft_body == "<p>Hello</p>"


def test_what_acts_in_html_is_taken_out(folder: Folder, lea: Agent):
    row = begun(folder, lea, body='<p onclick="x()">Hi<script>alert(1)</script></p>')
    row.refresh_from_db()
    assert row.draft_body == "<p>Hi</p>"


def test_folders_hold_each_other_but_not_themselves(folder: Folder, reviewed: Folder, lea: Agent, ben: Agent):
    inner = operations.create_folder(names={"en": "Inner"}, parent=folder, by=lea.actor)
    with pytest.raises(FolderInItself):
        operations.change_folder(folder, parent=inner, by=lea.actor)
    with pytest.raises(FolderNotEmpty):
        operations.remove_folder(folder, by=lea.actor)
    operations.remove_folder(inner, by=lea.actor)
    assert not Folder.objects.filter(pk=inner.pk).exists()
    with pytest.raises(NotAllowed):
        operations.create_folder(names={"en": "Mine"}, by=ben.actor)


def test_a_companys_own_letter_replaces_tugons_words_in_its_language(
    folder: Folder, lea: Agent, ticket: Ticket
):
    from tugon.templates import automatic

    row = begun(folder, lea, body="<p>{{ greeting }}</p><p>Late: {{ new_moment }}</p>", key="promise.at_risk")
    operations.publish(row, by=lea.actor)
    given = {"new_moment": "tomorrow"}
    assert "Late: tomorrow" in automatic.letter("promise.at_risk", ticket=ticket, extra=given).body
    without = automatic.letter("promise.at_risk", ticket=ticket).body
    assert "Late" not in without
    assert "tell you now" in without


def test_who_may_publish_is_told_of_a_review_and_the_writer_of_its_answer(
    reviewed: Folder, ben: Agent, lea: Agent
):
    row = begun(reviewed, ben)
    operations.ask_review(row, by=ben.actor)
    operations.decline(row, reason="Shorter, please.", by=lea.actor)
    told = set(Notification.objects.values_list("agent_id", "kind"))
    assert {(lea.pk, "template_review"), (ben.pk, "template_answer")} <= told
