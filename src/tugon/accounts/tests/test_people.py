import pytest
from django.contrib.sessions.backends.db import SessionStore

from tugon.accounts import operations
from tugon.accounts.errors import (
    GrantsTooMuch,
    LastAdministrator,
    PasswordRefused,
    PasswordWrong,
    ProfileInvalid,
    RoleInUse,
    RoleNameTaken,
    TeamNameTaken,
)
from tugon.accounts.models import Agent, AgentSession, Role, Team
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(agent):
    store = SessionStore()
    store.create()
    operations.note_seen(
        agent, key=store.session_key, address="192.0.2.7", user_agent="Mozilla/5.0 Firefox/130 Linux"
    )
    return store.session_key


def test_deactivating_ends_every_session_and_right_and_says_so(ada, ben):
    key = signed_in(ben)
    operations.deactivate(ben, by=ada.actor)
    ben = Agent.objects.get(pk=ben.pk)
    assert not ben.is_active
    assert not ben.permissions
    assert not SessionStore().exists(key)
    assert not AgentSession.objects.exists()
    assert Event.objects.get(name="AgentDeactivated").subject_id == ben.pk


def test_deactivating_twice_says_it_once(ada, ben):
    operations.deactivate(ben, by=ada.actor)
    operations.deactivate(ben, by=ada.actor)
    assert Event.objects.filter(name="AgentDeactivated").count() == 1


def test_the_last_administrator_cannot_be_deactivated(ada, ben):
    with pytest.raises(LastAdministrator):
        operations.deactivate(ada, by=ada.actor)
    assert Agent.objects.get(pk=ada.pk).is_active
    assert not Event.objects.exists()


def test_the_last_administrator_keeps_the_role(ada, roles):
    with pytest.raises(LastAdministrator):
        operations.change_roles(ada, roles=[roles["Agent"]], by=ada.actor)
    assert Agent.objects.get(pk=ada.pk).may("admin.people")


def test_an_invited_administrator_does_not_count_until_joined(ada, roles):
    operations.invite(email="eve@example.org", name="Eve", roles=[roles["Administrator"]], by=ada.actor)
    with pytest.raises(LastAdministrator):
        operations.deactivate(ada, by=ada.actor)


def test_the_last_role_that_manages_people_keeps_that_permission(ada, roles):
    role = roles["Administrator"]
    rest = [name for name in role.permissions if name != "admin.people"]
    with pytest.raises(LastAdministrator):
        operations.change_role(role, name=role.name, permissions=rest, by=ada.actor)
    assert "admin.people" in Role.objects.get(pk=role.pk).permissions


def test_a_second_administrator_frees_the_first(ada, ben, roles):
    operations.change_roles(ben, roles=[roles["Administrator"]], by=ada.actor)
    operations.deactivate(ada, by=Agent.objects.get(pk=ben.pk).actor)
    assert not Agent.objects.get(pk=ada.pk).is_active


def test_reactivating_gives_everything_back(ada, ben):
    operations.deactivate(ben, by=ada.actor)
    operations.reactivate(ben, by=ada.actor)
    assert Agent.objects.get(pk=ben.pk).may("ticket.reply")


def test_an_agent_changes_nobody(ben, ada, roles):
    for act in (
        lambda: operations.deactivate(ada, by=ben.actor),
        lambda: operations.change_roles(ben, roles=[roles["Administrator"]], by=ben.actor),
        lambda: operations.change_profile(ada, name="X", by=ben.actor),
        lambda: operations.create_role(name="Boss", permissions=["admin.people"], by=ben.actor),
        lambda: operations.create_team(name="Mine", by=ben.actor),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Event.objects.exists()


def test_teams_and_who_leads_them(ada, ben, support):
    billing = Team.objects.create(name="Billing")
    operations.change_teams(ben, teams=[support, billing], leads=[billing], by=ada.actor)
    assert billing.memberships.get(agent=ben).leads
    assert not support.memberships.get(agent=ben).leads
    operations.change_teams(ben, teams=[support], by=ada.actor)
    assert not billing.has(ben)
    operations.change_teams(ben, teams=[support], by=ada.actor)
    assert Event.objects.filter(name="AgentTeamsChanged").count() == 2


def test_a_profile_is_ones_own(ben):
    operations.change_profile(ben, name=" Benjamin ", time_zone="Asia/Manila", by=ben.actor)
    ben = Agent.objects.get(pk=ben.pk)
    assert (ben.name, ben.time_zone) == ("Benjamin", "Asia/Manila")
    assert Event.objects.get(name="AgentChanged").data["fields"] == ["name", "time_zone"]


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "xx"},
        {"time_zone": "Mars/Base"},
        {"preferences": {"quiet": {"from": "25:00", "to": "7"}}},
    ],
)
def test_a_profile_that_cannot_be_used_is_refused(ben, changes):
    with pytest.raises(ProfileInvalid):
        operations.change_profile(ben, **changes, by=ben.actor)


def test_preferences_are_added_to_those_there(ben):
    operations.change_profile(ben, preferences={"theme": "dark"}, by=ben.actor)
    operations.change_profile(
        ben, preferences={"quiet": {"from": "22:00", "to": "07:00"}, "junk": 1}, by=ben.actor
    )
    assert Agent.objects.get(pk=ben.pk).preferences == {
        "theme": "dark",
        "quiet": {"from": "22:00", "to": "07:00"},
    }


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(ben):
    here, there = signed_in(ben), signed_in(ben)
    with pytest.raises(PasswordWrong):
        operations.change_password(ben, current="wrong", password="a louder river at noon", by=ben.actor)
    operations.change_password(
        ben, current=PASSWORD, password="a louder river at noon", keep_session=here, by=ben.actor
    )
    assert SessionStore().exists(here)
    assert not SessionStore().exists(there)


def test_a_role_is_made_changed_and_removed(ada, ben):
    role = operations.create_role(name="Night shift", permissions=["ticket.view", "nonsense"], by=ada.actor)
    assert role.permissions == ["ticket.view"]
    with pytest.raises(RoleNameTaken):
        operations.create_role(name="night shift", permissions=[], by=ada.actor)
    operations.change_role(role, name="Nights", permissions=["ticket.note"], by=ada.actor)
    changed = Event.objects.get(name="RoleChanged").data
    assert (changed["added"], changed["removed"]) == (["ticket.note"], ["ticket.view"])
    ben.roles.add(role)
    with pytest.raises(RoleInUse):
        operations.remove_role(role, by=ada.actor)
    ben.roles.remove(role)
    operations.remove_role(role, by=ada.actor)
    assert not Role.objects.filter(name="Nights").exists()


def test_a_role_never_gets_what_its_editor_lacks(ada, ben, roles):
    roles["Agent"].permissions.append("admin.people")
    roles["Agent"].save()
    with pytest.raises(GrantsTooMuch):
        operations.create_role(
            name="Boss", permissions=["admin.audit"], by=Agent.objects.get(pk=ben.pk).actor
        )


def test_a_team_is_made_changed_archived_and_restored(ada, ben):
    team = operations.create_team(name="Night", members=[ben], by=ada.actor)
    with pytest.raises(TeamNameTaken):
        operations.create_team(name="NIGHT", by=ada.actor)
    team = operations.change_team(team, name="Nights", description="After ten", members=[ada], by=ada.actor)
    assert team.has(ada)
    assert not team.has(ben)
    operations.archive_team(team, by=ada.actor)
    operations.archive_team(team, by=ada.actor)
    assert Team.objects.get(pk=team.pk).archived_at
    operations.restore_team(team, by=ada.actor)
    assert list(Event.objects.values_list("name", flat=True)) == [
        "TeamCreated",
        "TeamChanged",
        "TeamArchived",
        "TeamRestored",
    ]


def test_a_password_set_at_the_terminal_is_checked_told_and_ends_every_session(client, ben):
    client.post("/account/login/", {"login": ben.email, "password": PASSWORD})
    with pytest.raises(PasswordRefused):
        operations.set_password(ben, password="short", by=SYSTEM)
    assert AgentSession.objects.filter(agent=ben).exists()
    operations.set_password(ben, password="a-fine-new-sentence", by=SYSTEM)
    assert not AgentSession.objects.filter(agent=ben).exists()
    assert Event.objects.filter(name="PasswordChanged", subject_id=ben.pk).exists()
    with pytest.raises(NotAllowed):
        operations.set_password(ben, password="a-fine-new-sentence", by=ben.actor)
