"""The database and the pure function answer every condition alike."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tugon.accounts.models import Membership
from tugon.channels.models import Channel
from tugon.customers.models import Audience, Customer, Organisation, Plan
from tugon.files.models import StoredFile
from tugon.lib.clock import now
from tugon.tickets.conditions import Asker, compile, matches, snapshot
from tugon.tickets.conditions.fields import CUSTOM_OPERATORS, FIELDS, LISTS, Operator, Type
from tugon.tickets.conditions.registering import PROVIDED
from tugon.tickets.models import Attachment, Message, State, Ticket

pytestmark = pytest.mark.django_db

CUSTOM = {
    "colour": "choice",
    "amount": "number",
    "since": "date",
    "words": "text",
    "vip": "boolean",
    "sizes": "choices",
}
WORDS = ["refund", "Blank", "page", "ang bayad", "é"]
TAGS = ["vip", "refund", "bug"]
STATUSES = ["new", "open", "waiting", "hold", "solved", "closed"]


@pytest.fixture
def world(ben, lea, support, billing):
    """Thirty tickets that differ in everything, and who asks about them."""
    dice, moment = random.Random(20261121), now()

    def some(values, none=0.25):
        return None if dice.random() < none else dice.choice(values)

    organisation, plan = (
        Organisation.objects.create(name="Studio"),
        Plan.objects.create(key="plus", name="Plus"),
    )
    audience = Audience.objects.create(key="members")
    people = [
        Customer.objects.create(name=f"Person {n}", organisation=some([organisation]), plan=some([plan]))
        for n in range(3)
    ]
    channels = [Channel.objects.create(kind=kind, name=kind) for kind in ("email", "form")]
    states = [State.objects.create(names={"en": f"State {n}"}, status="hold") for n in range(2)]
    picture = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="image/png", storage_name="x")

    def time():
        return some([moment + timedelta(minutes=dice.randint(-6000, 6000)) for _ in range(3)])

    def custom():
        values = {
            "colour": some(["red", "blue", ""]),
            "amount": some([0, 1, 2.5, 7]),
            "vip": some([True, False]),
            "since": some(["2026-11-19", "2026-11-21", "2027-01-01"]),
            "words": some([*WORDS, ""]),
            "sizes": some([[], ["s"], ["s", "m"]]),
        }
        return {key: value for key, value in values.items() if dice.random() < 0.7}

    tickets = []
    for _ in range(30):
        status = dice.choice(STATUSES)
        row = Ticket.objects.create(
            subject=" ".join(dice.choices(WORDS, k=2)),
            customer=dice.choice(people),
            channel=some(channels),
            team=some([support, billing]),
            assignee=some([ben, lea]),
            audience=some([audience]),
            status=status,
            state=some(states),
            kind=dice.choice(["question", "task"]),
            priority=dice.randint(1, 4),
            severity=some([1, 2, 4]),
            side=dice.choice(["", "mine"]),
            language=dice.choice(["", "en", "en-GB", "fil"]),
            tags=dice.sample(TAGS, k=dice.randint(0, 2)),
            fields=custom(),
            created_at=time() or moment,
            updated_at=time() or moment,
            first_response_at=time(),
            last_customer_at=time(),
            last_agent_at=time(),
            solved_at=time() if status in ("solved", "closed") else None,
            closed_at=time(),
            snoozed_until=time(),
            due_at=time(),
            message_count=dice.randint(0, 3),
            reopen_count=dice.randint(0, 2),
            is_spam=dice.random() < 0.3,
            merged_into=some(tickets, none=0.7) if tickets else None,
        )
        row.followers.set(dice.sample([ben, lea], k=dice.randint(0, 2)))
        if dice.random() < 0.4:
            message = Message.objects.create(ticket=row, kind="note", created_at=moment)
            Attachment.objects.create(
                message=message, file=picture, name="a.png", is_inline=dice.random() < 0.3
            )
        tickets.append(row)
    mates = Membership.objects.filter(team__in=ben.team_ids).values_list("agent_id", flat=True)
    asker = Asker(ben.pk, frozenset(ben.team_ids), frozenset(mates), ben.time_zone)
    return {
        "moment": moment,
        "agent": ben,
        "asker": asker,
        "snapshots": {row.pk: snapshot(row) for row in tickets},
        "ids": {
            "team": [support.pk, billing.pk],
            "assignee": [ben.pk, lea.pk],
            "followers": [ben.pk, lea.pk],
            "customer": [one.pk for one in people],
            "organisation": [organisation.pk],
            "plan": [plan.pk],
            "audience": [audience.pk],
            "channel": [one.pk for one in channels],
            "state": [one.pk for one in states],
        },
    }


DURATION = st.builds("{} {}".format, st.integers(0, 100), st.sampled_from(["minutes", "hours", "days"]))
POINT = st.sampled_from(["now", "today", "2026-11-21", "2026-11-19T08:00:00+08:00", "2026-11-25T00:00"])
CUSTOM_VALUES = {
    "choice": st.sampled_from(["red", "blue"]),
    "choices": st.sampled_from(["s", "m"]),
    "text": st.sampled_from(WORDS),
    "number": st.sampled_from([0, 1, 2.5, 6]),
    "boolean": st.booleans(),
    "date": POINT,
}


def values_of(field, operator, ids):
    if operator in (Operator.OLDER, Operator.WITHIN, Operator.WITHIN_NEXT):
        return DURATION
    match field.type:
        case Type.CHOICE | Type.LEVEL:
            return st.sampled_from(list(field.choices) or ["en", "fil", ""])
        case Type.REFERENCE | Type.SET:
            return st.sampled_from([*ids.get(field.name, TAGS), *field.words])
        case Type.NUMBER:
            return st.integers(0, 3)
        case Type.FLAG:
            return st.booleans()
        case Type.MOMENT:
            return POINT
        case _:
            return st.sampled_from([*WORDS, "PAGE", "ref"])


def _is_elsewhere(name):
    return name in PROVIDED and FIELDS[name].type in (Type.REFERENCE, Type.SET)


def leaves(ids):
    def own(name):
        field = FIELDS[name]
        return st.sampled_from(field.operators).flatmap(lambda op: leaf(name, op, values_of(field, op, ids)))

    def custom(key):
        kind = CUSTOM[key]

        def of(op):
            durations = op in (Operator.OLDER, Operator.WITHIN, Operator.WITHIN_NEXT)
            return leaf(f"fields.{key}", op, DURATION if durations else CUSTOM_VALUES[kind])

        return st.sampled_from(CUSTOM_OPERATORS[kind]).flatmap(of)

    # The words of a ticket are the search's own business; rows of other packages are theirs.
    names = [name for name in FIELDS if name != "text" and not _is_elsewhere(name)]
    return st.one_of(st.sampled_from(names).flatmap(own), st.sampled_from(list(CUSTOM)).flatmap(custom))


def leaf(name, operator, value):
    if operator in (Operator.EMPTY, Operator.NOT_EMPTY):
        return st.just({"field": name, "is": operator.value})
    value = st.lists(value, min_size=1, max_size=3) if operator in LISTS else value
    return value.map(lambda given: {"field": name, "is": operator.value, "value": given})


def groups(nodes):
    lists = st.lists(nodes, max_size=3)
    return st.fixed_dictionaries({}, optional={"all": lists, "any": lists, "none": lists})


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_database_and_the_pure_function_answer_alike(world, data):
    one = leaves(world["ids"])
    conditions = data.draw(groups(st.one_of(one, groups(st.one_of(one, groups(one))))))
    query = compile(conditions, agent=world["agent"], now=world["moment"])
    by_database = set(Ticket.objects.filter(query).values_list("pk", flat=True))
    by_function = {
        pk
        for pk, row in world["snapshots"].items()
        if matches(conditions, row, world["moment"], world["asker"])
    }
    assert by_database == by_function


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "text" and name not in PROVIDED])
def test_every_operator_of_a_field_agrees_and_its_opposite_is_the_rest(world, name):
    field = FIELDS[name]
    for operator in field.operators:
        for value in examples(field, operator, world["ids"]):
            condition = {"field": name, "is": operator.value} | ({} if value is None else {"value": value})
            for conditions in ({"all": [condition]}, {"none": [condition]}):
                query = compile(conditions, agent=world["agent"], now=world["moment"])
                by_database = set(Ticket.objects.filter(query).values_list("pk", flat=True))
                assert by_database == {
                    pk
                    for pk, row in world["snapshots"].items()
                    if matches(conditions, row, world["moment"], world["asker"])
                }, condition


def examples(field, operator, ids):
    if operator in (Operator.EMPTY, Operator.NOT_EMPTY):
        return [None]
    if operator in (Operator.OLDER, Operator.WITHIN, Operator.WITHIN_NEXT):
        return ["1 day", "40 hours"]
    match field.type:
        case Type.FLAG:
            return [True, False]
        case Type.NUMBER:
            return [0, 1, 2]
        case Type.MOMENT:
            return ["now", "today", "2026-11-21"]
        case Type.TEXT:
            return ["page", "REF"]
        case _ if operator in LISTS:
            pool = [
                *(field.choices or ids.get(field.name) or (TAGS if field.name == "tags" else ["en"])),
                *field.words,
            ]
            return [[one] for one in pool] + [pool]
        case _:
            return list(field.choices)
