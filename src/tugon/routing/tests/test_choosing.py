from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from tugon.lib.opening import read
from tugon.routing.being_there import Said, standing
from tugon.routing.choosing import Desk, Waiting, Ways, choose, plan

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
LANES = ("mail", "chat")
STRATEGIES = ("round_robin", "least_loaded", "last_agent", "skill", "language")

moments = some.integers(0, 10_000).map(lambda minutes: NOON - timedelta(minutes=minutes))
counts = some.fixed_dictionaries({lane: some.integers(0, 4) for lane in LANES})
levels = some.integers(0, 3)


@some.composite
def rotations(draw):
    return [
        Desk(
            agent_id=number,
            capacity=draw(counts),
            load=draw(counts),
            skills={7: draw(levels)},
            languages={"fil": draw(levels)},
            last_given_at=draw(some.none() | moments),
            is_available=draw(some.booleans()),
        )
        for number in range(1, draw(some.integers(0, 5)) + 1)
    ]


@some.composite
def queues(draw):
    return [
        Waiting(
            ticket_id=number,
            lane=draw(some.sampled_from(LANES)),
            since=draw(moments),
            due_at=draw(some.none() | moments),
            priority=draw(some.integers(1, 4)),
            language=draw(some.sampled_from(["", "en", "fil", "fil-PH"])),
            skill_id=draw(some.sampled_from([None, 7, 8])),
            last_agent_id=draw(some.none() | some.integers(1, 5)),
            declined=frozenset(draw(some.sets(some.integers(1, 5), max_size=3))),
        )
        for number in range(draw(some.integers(0, 12)))
    ]


ways = some.builds(
    Ways,
    some.sampled_from(STRATEGIES),
    some.booleans(),
    some.booleans(),
    some.sampled_from([timedelta(0), timedelta(minutes=30)]),
)


@given(queues(), rotations(), ways)
def test_nobody_exceeds_capacity_and_nobody_away_is_given_anything(tickets, desks, how):
    load = {desk.agent_id: dict(desk.load) for desk in desks}
    by_id = {desk.agent_id: desk for desk in desks}
    for ticket, choice in plan(tickets, desks, how, now=NOON):
        if choice.agent_id is None:
            continue
        desk = by_id[choice.agent_id]
        load[desk.agent_id][ticket.lane] += 1
        assert desk.is_available
        assert load[desk.agent_id][ticket.lane] <= desk.capacity[ticket.lane]


@given(queues(), rotations(), ways)
def test_every_choice_says_why(tickets, desks, how):
    made = plan(tickets, desks, how, now=NOON)
    assert len(made) == len(tickets)
    assert all(choice.why for _ticket, choice in made)


@given(queues(), rotations(), some.sampled_from(STRATEGIES))
def test_no_place_stays_empty_while_somebody_waits_who_needs_not_wait(tickets, desks, strategy):
    """With no patience for who fits, a ticket waits only where everybody who did not put it back is full or away."""
    here = {desk.agent_id: desk for desk in desks}
    left = []
    for ticket, choice in plan(tickets, desks, Ways(strategy, waits_for_fit=timedelta(0)), now=NOON):
        if choice.agent_id is None:
            left.append(ticket)
        else:
            here[choice.agent_id] = here[choice.agent_id].given(ticket.lane, NOON)
    for ticket in left:
        willing = [d for d in here.values() if d.agent_id not in ticket.declined] or here.values()
        assert not any(desk.free(ticket.lane) for desk in willing)


@given(queues(), rotations())
def test_the_oldest_promise_goes_first(tickets, desks):
    plain = [Waiting(one.ticket_id, one.lane, one.since, one.due_at, one.priority) for one in tickets]
    made = plan(plain, desks, Ways(), now=NOON)
    assert [ticket.turn for ticket, _choice in made] == sorted(ticket.turn for ticket in plain)
    for lane in LANES:
        got = [choice.agent_id is not None for ticket, choice in made if ticket.lane == lane]
        assert got == sorted(got, reverse=True)  # none is passed over for a later one


@settings(max_examples=60, deadline=None)
@given(queues(), rotations(), ways, some.randoms(use_true_random=False))
def test_nothing_starves_while_anybody_works(tickets, desks, how, chance):
    """A month in small: agents solve one ticket each tick, come and go; in the end nothing waits."""
    desks = [*desks, Desk(99, {"mail": 1, "chat": 1})]  # one who always works
    waiting, now = {one.ticket_id: one for one in tickets}, NOON
    here = {desk.agent_id: desk for desk in desks}
    for _tick in range(3 * (len(tickets) + sum(sum(d.load.values()) for d in desks)) + 20):
        for ticket, choice in plan(waiting.values(), list(here.values()), how, now=now):
            if choice.agent_id is not None:
                here[choice.agent_id] = here[choice.agent_id].given(ticket.lane, now)
                del waiting[ticket.ticket_id]
        if not waiting:
            return
        now += timedelta(minutes=10)
        for pk, desk in here.items():
            load = {lane: max(0, desk.load.get(lane, 0) - 1) for lane in LANES}
            is_there = pk == 99 or chance.random() < 0.7
            here[pk] = Desk(
                pk, desk.capacity, load, desk.skills, desk.languages, desk.last_given_at, is_there
            )
    stuck = [one for one in waiting.values() if 99 not in one.declined]
    assert not stuck


@given(some.integers(1, 5), some.integers(1, 30))
def test_in_turns_means_that_nobody_gets_two_more_than_another(people, number):
    desks = [Desk(pk, {"mail": 99}) for pk in range(people)]
    given_to = [0] * people
    here = {desk.agent_id: desk for desk in desks}
    for ticket in range(number):
        now = NOON + timedelta(minutes=ticket)
        choice = choose(Waiting(ticket, "mail", NOON), list(here.values()), Ways("round_robin"), now=now)
        here[choice.agent_id] = here[choice.agent_id].given("mail", now)
        given_to[choice.agent_id] += 1
    assert max(given_to) - min(given_to) <= 1


def test_least_loaded_is_measured_by_what_each_can_carry():
    half_time = Desk(1, {"mail": 4}, {"mail": 2})
    full_time = Desk(2, {"mail": 20}, {"mail": 8})
    choice = choose(Waiting(1, "mail", NOON), [half_time, full_time], Ways(), now=NOON)
    assert choice.agent_id == 2
    assert choice.why == (("least_loaded", {"load": 8, "capacity": 20}),)


def test_who_had_the_customer_last_gets_them_again_if_free():
    desks = [Desk(1, {"mail": 9}), Desk(2, {"mail": 9}, {"mail": 5})]
    ticket = Waiting(1, "mail", NOON, last_agent_id=2)
    assert choose(ticket, desks, Ways("last_agent"), now=NOON).agent_id == 2
    full = [desks[0], Desk(2, {"mail": 5}, {"mail": 5})]
    choice = choose(ticket, full, Ways("last_agent"), now=NOON)
    assert (choice.agent_id, choice.why[0]) == (1, ("last_agent_not_free", {"agent": 2}))


def test_a_ticket_waits_for_who_fits_and_then_anybody_gets_it():
    speaks = Desk(1, {"mail": 1}, {"mail": 1}, languages={"fil": 3})
    other = Desk(2, {"mail": 5})
    early = Waiting(1, "mail", NOON - timedelta(minutes=10), language="fil-PH")
    late = Waiting(2, "mail", NOON - timedelta(minutes=40), language="fil-PH")
    assert choose(early, [speaks, other], Ways(), now=NOON).why[0][0] == "waits_for_language"
    choice = choose(late, [speaks, other], Ways(), now=NOON)
    assert (choice.agent_id, choice.why[0][0]) == (2, "no_language_free")


def test_who_put_a_ticket_back_is_asked_last():
    desks = [Desk(1, {"mail": 9}), Desk(2, {"mail": 9}, {"mail": 8})]
    assert choose(Waiting(1, "mail", NOON, declined=frozenset({1})), desks, Ways(), now=NOON).agent_id == 2
    both = Waiting(1, "mail", NOON, declined=frozenset({1, 2}))
    assert choose(both, desks, Ways(), now=NOON).agent_id == 1


def test_states_follow_from_what_was_said_and_seen():
    away_after = timedelta(minutes=15)

    def state(said, now=NOON, seen=NOON):
        return standing(said, now=now, seen_at=seen, away_after=away_after)

    assert state(Said()).state == "online"
    assert state(Said(), seen=None).state == "unseen"
    assert state(Said(), seen=NOON - timedelta(minutes=16)).state == "unseen"
    assert standing(Said(), now=NOON, seen_at=None, away_after=timedelta(0)).state == "online"
    assert state(Said(chosen="away")).state == "away"
    assert state(Said(chosen="away", away_until=NOON)).state == "online"
    hours = Said(hours=read("Mon–Fri 13:00–17:00"))
    assert (state(hours).state, state(hours).until) == ("closed", NOON + timedelta(hours=1))
    holiday = Said(chosen="away", out_from=NOON - timedelta(1), out_until=NOON + timedelta(1))
    assert (state(holiday).state, state(holiday).until) == ("out", NOON + timedelta(1))
