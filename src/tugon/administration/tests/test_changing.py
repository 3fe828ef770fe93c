"""What administrators change on their screens."""

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from PIL import Image

from tugon.accounts.models import Agent, Role, Team
from tugon.accounts.operations import invite
from tugon.channels.models import Mailbox
from tugon.company import brand
from tugon.company import settings as company
from tugon.company.models import Logo
from tugon.customers.models import Audience, CustomField, Organisation
from tugon.events.models import Event
from tugon.intake.models import Form, SenderRule
from tugon.tickets.models import State, Tag, View

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, ada):
    client.force_login(ada)
    return client


COMPANY = {
    "name": "Acme Video", "accent": "#0055aa", "host_url": "https://acme.example/", "privacy_url": "",
    "languages": ["en", "fil"], "language": "fil", "zone": "Asia/Manila", "region": "ph",
}  # fmt: skip


def test_the_company_is_named_once_for_all_pages(admin):
    assert admin.post("/administration/company", COMPANY).status_code == 302
    assert company.get("name") == "Acme Video"
    assert company.get("region") == "PH"
    assert company.get("host_url") == "https://acme.example"
    assert "Acme Video" in admin.get("/administration/company").content.decode()
    assert Event.objects.filter(name="CompanySettingChanged", data__key="name").exists()


def test_the_name_of_the_company_is_one_line_of_a_letter(admin):
    admin.post("/administration/company", {**COMPANY, "name": "Acme\r\nBcc: all@mail.example"})
    assert company.get("name") == "Acme Bcc: all@mail.example"


def test_a_setting_that_cannot_be_used_is_told_beside_its_field_and_nothing_changes(admin):
    answer = admin.post("/administration/company", {**COMPANY, "accent": "red"})
    assert answer.status_code == 422
    assert "Write a colour" in answer.content.decode()
    assert company.get("name") == "Support"


def test_limits_are_numbers(admin):
    names = [
        "undo_seconds",
        "auto_close_days",
        "closed_too_long_days",
        "automatic_per_ticket",
        "automatic_per_day",
    ]
    given = dict.fromkeys(names, "3") | {
        "automatic_per_hour": "50", "forms_per_hour": "20", "raw_retention_days": "0",
        "upload_megabytes": "10", "upload_types": "png, PDF",
        "default_mailbox": "",
    }  # fmt: skip
    assert admin.post("/administration/limits", given).status_code == 302
    assert company.get("undo_seconds") == 3
    assert company.get("upload_types") == ["pdf", "png"]
    assert admin.post("/administration/limits", {**given, "undo_seconds": "soon"}).status_code == 422


def test_websites_that_nobody_named_yet_are_an_empty_field(admin):
    assert "[]" not in admin.get("/administration/embed").content.decode()
    assert admin.post("/administration/embed", {"embed_origins": ""}).status_code == 302
    assert company.get("embed_origins") == []


def test_a_logo_is_taken_shown_and_removed(admin):
    written = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(written, "PNG")
    written.seek(0)
    written.name = "logo.png"
    admin.post("/administration/company/logo", {"logo": written})
    assert "/company/logo-" in admin.get("/administration/company").content.decode()
    admin.post("/administration/company/logo", {"remove": "1"})
    assert "/company/logo-" not in admin.get("/administration/company").content.decode()


def test_the_website_of_the_company_is_one_step_from_every_page_of_the_portal(admin, client):
    admin.post("/administration/company", {**COMPANY, "host_url": "https://www.acme.example/shop"})
    brand.forget()
    page = client.get("/").content.decode()
    assert 'href="https://www.acme.example/shop">Back to acme.example</a>' in page


def test_a_small_file_that_unfolds_to_an_enormous_picture_is_no_logo(admin):
    stream = io.BytesIO()
    Image.new("1", (9000, 9000)).save(stream, "PNG")
    stream.seek(0)
    stream.name = "logo.png"
    answer = admin.post("/administration/company/logo", {"logo": stream}, follow=True)
    assert "not a picture that can be used" in answer.content.decode()
    assert not Logo.objects.exists()


def test_a_lost_second_factor_is_taken_away_by_who_may_give_all_its_owner_has(
    admin, client, hire, roles, ben
):
    for agent in (ben, hire("Max", "Administrator")):
        Authenticator.objects.create(user=agent, type="totp", data={})
    assert "second-factor-removal" in admin.get(f"/administration/people/{ben.pk}").content.decode()
    admin.post(f"/administration/people/{ben.pk}/second-factor-removal")
    assert not Authenticator.objects.filter(user=ben).exists()
    fact = Event.objects.get(name="SecondFactorChanged")
    assert (fact.subject_id, fact.data["kind"], fact.data["change"]) == (ben.pk, "totp", "removed")
    clerk = hire("Eve")
    clerk.roles.set([Role.objects.create(name="Clerk", permissions=["admin.people"])])
    client.force_login(clerk)
    mighty = Agent.objects.get(email="max@company.example")
    client.post(f"/administration/people/{mighty.pk}/second-factor-removal")
    assert Authenticator.objects.filter(user=mighty).exists()


def test_an_invitation_to_more_than_one_may_give_is_not_handed_over(client, ada, hire, roles):
    dan = invite(
        email="dan@company.example", name="Dan Dela Cruz", roles=[roles["Administrator"]], by=ada.actor
    )
    clerk = Role.objects.create(name="Clerk", permissions=["admin.people"])
    eve = hire("Eve")
    eve.roles.set([clerk])
    client.force_login(eve)
    page = client.get(f"/administration/people/{dan.pk}")
    assert page.status_code == 200
    assert "/account/invitation/" not in page.content.decode()


def test_somebody_is_invited_and_stands_in_the_list(admin, roles, support):
    role = roles["Agent"]
    answer = admin.post(
        "/administration/people/invitation",
        {"email": "dan@company.example", "name": "Dan", "roles": [role.pk], "teams": [support.pk]},
    )
    assert answer.status_code == 302
    dan = Agent.objects.get(email="dan@company.example")
    assert support.has(dan)
    assert "invited" in admin.get("/administration/people").content.decode()
    again = admin.post(
        "/administration/people/invitation",
        {"email": "Dan@company.example", "name": "Dan", "roles": [role.pk]},
    )
    assert "has an account already" in again.content.decode()
    assert "/account/invitation/" in admin.get(f"/administration/people/{dan.pk}").content.decode()
    admin.post(f"/administration/people/{dan.pk}/invitation")
    assert Event.objects.filter(name="AgentInvited").count() == 2


def test_roles_and_teams_of_a_person_are_changed(admin, ben, roles, support, billing):
    admin.post(
        f"/administration/people/{ben.pk}",
        {"roles": [roles["Lead"].pk], "teams": [billing.pk], "leads": [billing.pk]},
    )
    assert list(ben.roles.all()) == [roles["Lead"]]
    assert billing.memberships.get(agent=ben).leads
    assert not support.has(ben)


def test_a_person_is_deactivated_and_comes_back(admin, ada, ben):
    admin.post(f"/administration/people/{ben.pk}/deactivation")
    assert not Agent.objects.get(pk=ben.pk).is_active
    assert ben.name in admin.get("/administration/people?show=inactive").content.decode()
    admin.post(f"/administration/people/{ben.pk}/activation")
    assert Agent.objects.get(pk=ben.pk).is_active
    admin.post(f"/administration/people/{ada.pk}/deactivation")
    assert Agent.objects.get(pk=ada.pk).is_active


def test_a_role_is_made_from_the_matrix_and_removed(admin):
    given = {"name": "Night", "permissions": ["ticket.view", "ticket.note"], "requires_second_factor": "on"}
    assert admin.post("/administration/roles/new", given).status_code == 302
    role = Role.objects.get(name="Night")
    assert role.requires_second_factor
    page = admin.get(f"/administration/roles/{role.pk}").content.decode()
    assert re.search(r'<input[^>]* checked[^>]*name="requires_second_factor"', page)
    admin.post(f"/administration/roles/{role.pk}", {**given, "permissions": ["ticket.view"]})
    assert Role.objects.get(pk=role.pk).permissions == ["ticket.view"]
    admin.post(f"/administration/roles/{role.pk}/removal")
    assert not Role.objects.filter(pk=role.pk).exists()


def test_a_team_is_made_changed_archived_and_restored(admin, ben):
    admin.post("/administration/teams/new", {"name": "Night", "description": "", "members": [ben.pk]})
    team = Team.objects.get(name="Night")
    assert team.has(ben)
    admin.post(f"/administration/teams/{team.pk}", {"name": "Nights", "description": "After ten"})
    team.refresh_from_db()
    assert (team.name, team.has(ben)) == ("Nights", False)
    admin.post(f"/administration/teams/{team.pk}/archive")
    assert Team.objects.get(pk=team.pk).archived_at
    admin.post(f"/administration/teams/{team.pk}/archive", {"restore": "1"})
    assert Team.objects.get(pk=team.pk).archived_at is None


def test_an_audience_speaks_several_languages(admin):
    given = {
        "key": "members",
        "names_en": "Members",
        "names_fil": "Mga miyembro",
        "icon": "user",
        "position": "1",
    }
    assert admin.post("/administration/audiences/new", given).status_code == 302
    row = Audience.objects.get(key="members")
    assert row.names == {"en": "Members", "fil": "Mga miyembro"}
    twice = admin.post("/administration/audiences/new", given)
    assert twice.status_code == 422
    assert "There is one with this name or key already" in twice.content.decode()
    changed = Event.objects.get(name="ConfigurationChanged")
    assert changed.data["kind"] == "customers.audience"


def test_a_field_with_choices_keeps_its_key(admin):
    given = {
        "on": "ticket", "key": "device", "kind": "choice", "names_en": "Device", "position": "0",
        "choices": "android: Android phone\nios: iPhone",
    }  # fmt: skip
    assert admin.post("/administration/fields/new", given).status_code == 302
    row = CustomField.objects.get(key="device")
    assert [one["key"] for one in row.choices] == ["android", "ios"]
    admin.post(f"/administration/fields/{row.pk}", {**given, "key": "other", "names_en": "Your device"})
    row.refresh_from_db()
    assert (row.key, row.names["en"]) == ("device", "Your device")
    empty = admin.post("/administration/fields/new", {**given, "key": "second", "choices": ""})
    assert "Write at least one choice" in empty.content.decode()


def test_one_state_of_each_meaning_is_the_default(admin):
    State.objects.all().delete()
    base = {"status": "hold", "position": "0", "is_default": "on"}
    admin.post("/administration/states/new", {**base, "names_en": "Waiting for bank"})
    admin.post("/administration/states/new", {**base, "names_en": "Waiting for studio"})
    assert [row.name_in("en") for row in State.objects.filter(is_default=True)] == ["Waiting for studio"]
    row = State.objects.get(is_default=True)
    admin.post(f"/administration/states/{row.pk}/archive")
    assert State.objects.get(pk=row.pk).archived_at is None


def test_what_a_state_means_stays_because_tickets_stand_in_it(admin):
    state = State.objects.create(names={"en": "Waiting for bank"}, status="hold")
    changed = {"status": "solved", "position": "3", "names_en": "At the bank"}
    assert admin.post(f"/administration/states/{state.pk}", changed).status_code == 302
    state.refresh_from_db()
    assert (state.status, state.position, state.names["en"]) == ("hold", 3, "At the bank")
    admin.post(f"/administration/states/{state.pk}/archive")
    admin.post(f"/administration/states/{state.pk}/archive", {"restore": "1"})
    facts = Event.objects.filter(subject_kind="state").order_by("id").values_list("name", flat=True)
    assert list(facts) == ["StateChanged", "StateArchived", "StateChanged"]


def test_an_organisation_has_domains(admin):
    admin.post(
        "/administration/organisations/new", {"name": "Studio", "domains": "@Studio.example, b.example"}
    )
    studio = Organisation.objects.get(name="Studio")
    assert studio.domains == ["b.example", "studio.example"]
    admin.post(
        f"/administration/organisations/{studio.pk}", {"name": "Studio 2", "domains": "b.example, c.example"}
    )
    studio.refresh_from_db()
    assert (studio.name, sorted(studio.domains)) == ("Studio 2", ["b.example", "c.example"])
    admin.post(f"/administration/organisations/{studio.pk}/removal")
    assert not Organisation.objects.filter(pk=studio.pk).exists()
    assert Event.objects.filter(name="OrganisationRemoved").exists()
    bad = admin.post("/administration/organisations/new", {"name": "Bad", "domains": "not a domain"})
    assert bad.status_code == 422


def test_nobody_is_gathered_by_a_public_domain_or_one_of_others(admin):
    Organisation.objects.create(name="Studio", domains=["studio.example"])
    for domain in ("gmail.com", "studio.example"):
        answer = admin.post("/administration/organisations/new", {"name": "Bad", "domains": domain})
        assert answer.status_code == 422
    assert not Organisation.objects.filter(name="Bad").exists()


def test_nobody_reaches_anothers_own_view_through_the_shared_ones(client, lea, ben):
    own = View.objects.create(name="My secret list", agent=ben, conditions={}, position=1)
    client.force_login(lea)
    place = f"/administration/views/{own.pk}"
    assert client.get(place).status_code == 404
    assert client.post(place, {"name": "Mine", "position": "0"}).status_code == 404
    assert client.post(f"{place}/removal").status_code == 404
    assert View.objects.get(pk=own.pk).name == "My secret list"


def test_a_tag_and_a_sender_rule(admin):
    admin.post("/administration/tags/new", {"name": "Pay Out", "color": "info"})
    tag = Tag.objects.get(name="pay-out")
    admin.post(f"/administration/tags/{tag.pk}/removal")
    assert not Tag.objects.exists()
    admin.post("/administration/senders/new", {"pattern": "@Spam.example", "verdict": "ignore", "note": ""})
    assert SenderRule.objects.get().pattern == "@spam.example"
    assert (
        admin.post("/administration/senders/new", {"pattern": "spam", "verdict": "ignore"}).status_code == 422
    )


def test_a_form_and_its_channel_are_made_together(admin, members, support):
    given = {
        "name": "Members' form", "slug": "members", "audience": members.pk, "team": support.pk, "kind": "question",
        "titles_en": "Write to us", "tags": "from form, web", "is_enabled": "on", "acknowledges": "on",
        "asks_side": "on", "position": "0",
    }  # fmt: skip
    assert admin.post("/administration/forms/new", given).status_code == 302
    form = Form.objects.select_related("channel").get(slug="members")
    assert form.channel.team == support
    assert form.tags == ["from-form", "web"]
    admin.post(f"/administration/forms/{form.pk}", {**given, "is_enabled": ""})
    form.channel.refresh_from_db()
    assert not form.channel.is_enabled


MAILBOX = {
    "address": "care@company.example", "name": "Care", "imap_host": "imap.company.example", "imap_port": "993",
    "imap_security": "tls", "imap_user": "care", "imap_password": "secret-in", "after_fetch": "seen",
    "outgoing": "smtp", "smtp_host": "smtp.company.example", "smtp_port": "587", "smtp_security": "starttls",
    "smtp_password": "secret-out", "sign_in": "password", "is_enabled": "on", "aliases": "a@company.example",
    "signature_en": "Yours,\n{agent}",
}  # fmt: skip


def test_a_mailbox_keeps_its_passwords_sealed_and_never_shows_them(admin):
    assert admin.post("/administration/mailboxes/new", MAILBOX).status_code == 302
    box = Mailbox.objects.get(address="care@company.example")
    assert (box.imap_password, box.smtp_password) == ("secret-in", "secret-out")
    assert "secret" not in box.sealed_imap_password
    page = admin.get(f"/administration/mailboxes/{box.pk}").content.decode()
    assert "secret-in" not in page
    assert "One is kept" in page
    admin.post(f"/administration/mailboxes/{box.pk}", {**MAILBOX, "imap_password": "", "imap_user": "other"})
    box.refresh_from_db()
    assert (box.imap_user, box.imap_password) == ("other", "secret-in")
    facts = str(list(Event.objects.values_list("data", flat=True)))
    assert "secret-in" not in facts


def test_a_provider_is_told_what_it_needs_besides_its_key(admin):
    given = {
        **MAILBOX,
        "outgoing": "provider",
        "provider": "mailgun",
        "provider_key": "k",
        "provider_signing_key": "sign-it",
    }
    answer = admin.post("/administration/mailboxes/new", {**given, "provider_settings": "colour = red"})
    assert (answer.status_code, Mailbox.objects.count()) == (422, 0)
    assert "knows no “colour”" in answer.content.decode()
    assert (
        admin.post(
            "/administration/mailboxes/new", {**given, "provider_settings": "sender_domain"}
        ).status_code
        == 422
    )
    kept = {**given, "provider_settings": "sender_domain = mail.company.example"}
    assert admin.post("/administration/mailboxes/new", kept).status_code == 302
    box = Mailbox.objects.get()
    assert box.provider_settings == {"sender_domain": "mail.company.example"}
    assert "sign-it" not in box.sealed_provider_signing_key
    page = admin.get(f"/administration/mailboxes/{box.pk}").content.decode()
    assert "sender_domain = mail.company.example" in page
    assert "sign-it" not in page


@pytest.mark.parametrize("server", ["imap_host", "smtp_host"])
def test_a_kept_password_is_not_shown_to_another_server(admin, server):
    admin.post("/administration/mailboxes/new", MAILBOX)
    box = Mailbox.objects.get(address="care@company.example")
    kept = {**MAILBOX, "imap_password": "", "smtp_password": "", server: "elsewhere.example"}
    answer = admin.post(f"/administration/mailboxes/{box.pk}", kept)
    assert answer.status_code == 422
    assert "Type the password again" in answer.content.decode()
    box.refresh_from_db()
    assert getattr(box, server) == MAILBOX[server]


def test_the_address_for_a_providers_webhook_is_shown_without_its_secret(admin):
    admin.post("/administration/mailboxes/new", MAILBOX)
    box = Mailbox.objects.get(address="care@company.example")
    place = f"/administration/mailboxes/{box.pk}"
    assert "/hooks/mail/" not in admin.get(place).content.decode()
    assert admin.post(place, {**MAILBOX, "webhook_secret": "short"}).status_code == 422
    assert admin.post(place, {**MAILBOX, "webhook_secret": "mango-tree-in-bloom"}).status_code == 302
    page = admin.get(place).content.decode()
    assert f"/hooks/mail/{box.channel_id}/SECRET/" in page
    assert "mango-tree-in-bloom" not in page


def test_a_mailbox_address_is_there_once(admin):
    admin.post("/administration/mailboxes/new", MAILBOX)
    answer = admin.post("/administration/mailboxes/new", MAILBOX)
    assert answer.status_code == 422
    assert Mailbox.objects.count() == 1


def test_a_mailbox_of_unreachable_servers_says_so_in_words(admin):
    admin.post("/administration/mailboxes/new", {**MAILBOX, "imap_host": "127.0.0.1", "imap_port": "1",
                                                  "smtp_host": "127.0.0.1", "smtp_port": "1"})  # fmt: skip
    box = Mailbox.objects.get()
    answer = admin.post(f"/administration/mailboxes/{box.pk}/test")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('aria-label="trouble"') >= 2
    assert "Traceback" not in page


def test_a_habit_that_is_on_stays_on_when_the_limits_are_saved(admin):
    page = admin.get("/administration/limits").content.decode()
    box = re.search(r'<input type="checkbox"[^>]*id="id_asks_when_solved"[^>]*>', page)
    assert box
    assert "checked" in box[0]
