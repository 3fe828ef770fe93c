import pytest
from django.test import Client
from django.urls import reverse

from tugon.customers.models import Plan
from tugon.priority.models import Matrix, Raise
from tugon.routing.models import AgentLanguage, AgentSkill, Availability, Habits, Skill, TeamRouting

pytestmark = pytest.mark.django_db


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"administration:{name}", args=args)


def form_of(**changes):
    """The table as the screen sends it."""
    cells = [[1, 2, 2, 3], [1, 2, 3, 3], [2, 3, 3, 4], [2, 3, 4, 4]]
    data = {f"cell_{r}_{c}": str(v) for r, row in enumerate(cells, 1) for c, v in enumerate(row, 1)}
    data |= {"several_from": "2", "many_from": "10", "everyone_from": "100", "unsaid_severity": "2"}
    data |= {"threat_1_steps": "1", "threat_1_at_least": "2", "threat_2_steps": "2", "threat_2_at_least": "4"}
    data |= {f"words_{code}_{level}": "on fire" for code in ("en", "fil") for level in (1, 2)}
    return data | {name: str(value) for name, value in changes.items()}


def test_the_table_is_shown_changed_and_told_to_open_tickets(ada):
    client = enter(ada)
    page = client.get(address("priority")).content.decode()
    assert "Several people × Major" in page
    plan = Plan.objects.create(key="pro", name="Studio Pro")
    data = form_of(
        cell_4_4=4, many_from=8, **{f"raise_plan_{plan.pk}_steps": 1, f"raise_plan_{plan.pk}_at_most": 3}
    )
    assert client.post(address("priority"), data).status_code == 302
    row = Matrix.objects.get()
    assert (row.many_from, row.threat_words["fil"]["2"]) == (8, ["on fire"])
    assert Raise.objects.get().plan == plan
    assert 'value="8"' in client.get(address("priority")).content.decode()


def test_a_table_that_falls_is_refused_and_what_was_typed_stays(ada):
    answer = enter(ada).post(address("priority"), form_of(cell_2_2=1, several_from=5))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What is worse may never count for less" in page
    assert 'value="5"' in page
    assert not Matrix.objects.filter(several_from=5).exists()


def test_the_example_is_reckoned_with_what_stands_in_the_form(ada):
    data = form_of(cell_3_3=4, cell_4_3=4, example_people=14, example_severity=3, example_threat=0)
    page = enter(ada).post(address("priority-example"), data).content.decode()
    assert "Urgent: 14 people affected × major × no threat" in page
    assert (
        "cannot be used as it stands"
        in enter(ada).post(address("priority-example"), form_of(cell_1_1="x")).content.decode()
    )


def test_a_team_gives_out_by_itself_and_leaves_somebody_out(ada, ben, lea, support):
    client = enter(ada)
    assert "Support" in client.get(address("routing")).content.decode()
    data = {
        "is_automatic": "on",
        "strategy": "round_robin",
        "matches_skills": "on",
        "waits_for_fit": "15",
        "on_leave": "substitute",
        "rotation": [str(ben.pk)],
    }
    client.post(address("routing-team", support.pk), data)
    row = TeamRouting.objects.get(team=support)
    assert (row.is_automatic, row.strategy, row.matches_languages) == (True, "round_robin", False)
    assert list(row.left_out.all()) == [lea]
    page = client.get(address("routing")).content.decode()
    assert "In turns" in page
    assert client.post(address("routing-team", support.pk), data | {"waits_for_fit": "-1"}).status_code == 422


def test_what_holds_for_everybody_is_kept(ada):
    client = enter(ada)
    client.post(
        address("routing-habits"), {"away_after": "5", "lane_mail": "9", "lane_chat": "2", "lane_phone": "1"}
    )
    row = Habits.objects.get()
    assert (row.away_after, row.capacity) == (5, {"mail": 9, "chat": 2, "phone": 1})
    assert client.post(address("routing-habits"), {"away_after": "x"}).status_code == 422


def test_a_skill_has_conditions_and_holders(ada, ben):
    client = enter(ada)
    data = {"names_en": "Payouts", "names_fil": "Mga payout", "level": "2", "position": "0"}
    data |= {"c-0-group": "all", "c-0-field": "tags", "c-0-is": "any_of", "c-0-value": "payout"}
    assert client.post(address("skill-new"), data).status_code == 302
    skill = Skill.objects.get()
    assert skill.conditions == {"all": [{"field": "tags", "is": "any_of", "value": ["payout"]}]}
    client.post(
        address("routing-person", ben.pk), {f"skill_{skill.pk}": "3", "language_fil": "2", "lane_mail": "7"}
    )
    assert AgentSkill.objects.get().level == 3
    assert AgentLanguage.objects.get().language == "fil"
    assert Availability.objects.get(agent=ben).capacity == {"mail": 7}
    refused = client.post(address("routing-person", ben.pk), {"lane_mail": "many"})
    assert refused.status_code == 422
    assert "many" in refused.content.decode()
    assert Availability.objects.get(agent=ben).capacity == {"mail": 7}
    grid = client.get(address("routing-people")).content.decode()
    assert "Payouts" in grid
    assert "Expert" in grid
    assert "Payouts" in client.get(address("skills")).content.decode()
    client.post(address("skill-archive", skill.pk))
    assert Skill.objects.get().archived_at


def test_the_condition_editor_counts_open_tickets(ada, ticket):
    data = {"c-0-group": "all", "c-0-field": "priority", "c-0-is": "at_least", "c-0-value": "1"}
    page = enter(ada).post(address("skill-conditions"), data).content.decode()
    assert "1 open ticket fits now." in page


@pytest.mark.parametrize("name", ["priority", "routing", "routing-people", "skills", "skill-new"])
def test_who_may_not_configure_sees_none_of_it(ben, name):
    assert enter(ben).get(address(name)).status_code == 403


def test_the_grid_costs_the_same_for_many(ada, hire, support, django_assert_max_num_queries):
    client = enter(ada)
    client.get(address("routing-people"))
    for name in ("Dan", "Eva", "Fay", "Gil"):
        hire(name, "Agent", support)
    with django_assert_max_num_queries(18):
        client.get(address("routing-people"))
