import re

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tugon.accounts import links, operations, tasks
from tugon.accounts.errors import (
    AddressInvalid,
    AddressTaken,
    AlreadySetUp,
    GrantsTooMuch,
    LinkSpent,
    PasswordRefused,
    RolesMissing,
)
from tugon.accounts.models import Agent
from tugon.company import operations as company
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def invite(by, known, **changes):
    given = {"email": "Carl@Example.org ", "name": "Carl Diaz", "roles": [known["Agent"]]}
    return operations.invite(**{**given, **changes}, by=by)


def test_who_is_invited_has_roles_and_teams_but_cannot_sign_in_yet(ada, roles, support):
    carl = invite(ada.actor, roles, teams=[support])
    assert carl.email == "carl@example.org"
    assert not carl.has_usable_password()
    assert support.has(carl)
    assert carl.may("ticket.reply")
    assert Event.objects.get(name="AgentInvited").subject_id == carl.pk


def test_an_invitation_becomes_one_job_that_sends_one_letter_with_the_link(ada, roles):
    company.decide("name", value="Acme Video", by=SYSTEM)
    carl = invite(ada.actor, roles)
    job = ProcrastinateJob.objects.get(task_name="accounts.send_invitation")
    tasks.send_invitation(**job.args)
    letter = mail.outbox[0]
    assert letter.to == ["carl@example.org"]
    assert "Acme Video" in letter.subject
    token = re.search(r"/account/invitation/(\S+)/", letter.body)[1]
    assert links.agent_behind(token, "invitation") == carl
    assert token in letter.alternatives[0][0]
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_letter_speaks_the_language_of_the_invited(ada, roles):
    carl = invite(ada.actor, roles, language="fil")
    tasks.send_invitation(carl.pk)
    assert mail.outbox[0].to == [carl.email]


def test_an_address_is_invited_once_whatever_its_case(ada, ben, roles):
    with pytest.raises(AddressTaken):
        invite(ada.actor, roles, email="BEN@example.org")
    assert Agent.objects.count() == 2
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"), [({"email": "nobody"}, AddressInvalid), ({"roles": []}, RolesMissing)]
)
def test_an_invitation_that_makes_no_sense_is_refused(ada, roles, changes, error):
    with pytest.raises(error):
        invite(ada.actor, roles, **changes)


def test_an_agent_without_the_permission_invites_nobody(ben, roles):
    with pytest.raises(NotAllowed):
        invite(ben.actor, roles)


def test_nobody_gives_away_more_than_they_have(ben, roles):
    roles["Agent"].permissions = [*roles["Agent"].permissions, "admin.people"]
    roles["Agent"].save()
    with pytest.raises(GrantsTooMuch):
        invite(Agent.objects.get(pk=ben.pk).actor, roles, roles=[roles["Administrator"]])


def test_an_invitation_is_accepted_once(ada, roles):
    carl = invite(ada.actor, roles)
    token = links.token(carl, "invitation")
    joined = operations.accept_invitation(token, password=PASSWORD, name="Carlo Diaz")
    assert joined.check_password(PASSWORD)
    assert joined.name == "Carlo Diaz"
    with pytest.raises(LinkSpent):
        operations.accept_invitation(token, password="another password entirely")
    assert Agent.objects.get(pk=carl.pk).check_password(PASSWORD)


def test_a_newer_invitation_voids_the_older(ada, roles):
    carl = invite(ada.actor, roles)
    old = links.token(carl, "invitation")
    operations.invite_again(carl, by=ada.actor)
    assert links.agent_behind(old, "invitation") is None


def test_a_link_holds_for_its_purpose_and_time_only(ada, roles, time_machine):
    carl = invite(ada.actor, roles)
    token = links.token(carl, "invitation")
    assert links.agent_behind(token, "reset") is None
    assert links.agent_behind(token[:-1] + "x", "invitation") is None
    assert links.agent_behind(token, "invitation") == carl
    from datetime import timedelta

    from tugon.lib.clock import now

    time_machine.move_to(now() + timedelta(days=8))
    assert links.agent_behind(token, "invitation") is None


def test_a_weak_password_is_refused_in_words(ada, roles):
    token = links.token(invite(ada.actor, roles), "invitation")
    with pytest.raises(PasswordRefused) as refusal:
        operations.accept_invitation(token, password="password1")
    assert "short" in refusal.value.message


def test_the_first_administrator_is_made_once(db):
    first = operations.create_first_administrator(email="ada@example.org", name="Ada", password=PASSWORD)
    assert first.may("admin.people")
    with pytest.raises(AlreadySetUp):
        operations.create_first_administrator(email="eve@example.org", name="Eve", password=PASSWORD)
    assert Agent.objects.count() == 1
