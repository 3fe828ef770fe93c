"""Plays the stories: every message through intake or an operation, at its moment, in the order of time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from tugon.accounts.models import Agent
from tugon.delivery.models import Delivery
from tugon.delivery.sending import send_due
from tugon.events.actors import SYSTEM
from tugon.events.reactions import without
from tugon.feedback.operations import rate
from tugon.lib.clock import now, standing_at
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message

from .arriving import by_form, by_mail, by_other, of_old, stored
from .casting import Story
from .house import House
from .scenes import LATER, Scene, Step
from .threads import Said, fill, first_name, words_for

COMMENTS = {
    5: ("Fast and friendly!", "Salamat, ang bilis!", "Best support I ever had.", "¡Excelente trato!", ""),
    4: ("Good, could be a little faster.", "Okay naman, salamat.", ""),
    3: ("It works now, but it took three letters.", "Sakto lang."),
    2: ("I had to explain everything twice.", "Matagal bago may sumagot."),
    1: ("Still not what I asked for.", "Two weeks for a refund is too long."),
}  # fmt: skip


def scenes(stories: list[Story], house: House) -> list[Scene]:
    """Everybody in their places: an agent of the story's team, and the words filled in for the customer."""
    found = []
    for story in stories:
        rng = Random(story.seed)  # noqa: S311
        customer = house.customers[story.person]
        team = story.thread.team
        agents = house.members[team]
        language = story.thread.language
        studio = customer.organisation.name if customer.organisation else ""
        words = words_for(
            rng,
            name=customer.name,
            username=customer.username,
            studio=studio,
            language=language,
            at=story.moments[0],
        )
        agent = rng.choice(agents)
        peer = rng.choice([one for one in house.agents.values() if one != agent])
        words |= {"agent": first_name(agent.name), "peer": peer.name}
        scene = Scene(story, house, customer, agent, rng, words)
        scene.steps = list(_steps(scene, peer))
        found.append(scene)
    return found


def play(found: list[Scene], *, told: Callable[[], None] = lambda: None) -> None:
    """Every step of every scene, oldest first, at its moment."""
    steps = [(moment, number, step) for number, scene in enumerate(found) for moment, step in scene.steps]
    quiet = {step for scene in found if scene.story.is_old for _moment, step in scene.steps}
    for moment, _number, step in sorted(steps, key=lambda one: (one[0], one[1])):
        with standing_at(moment):
            _quietly(step) if step in quiet else step()
        told()


def _quietly(step: Step) -> None:
    """What is long closed told agents nothing that they have not read since, and asked nobody for a rating by mail."""
    with without(*LATER, "tugon.notifications.", "tugon.feedback."):
        step()


def _send(scene: Scene) -> None:
    """What is due leaves. Letters of what is long closed are not written: they would be forgotten by now."""
    if not scene.story.is_old:
        send_due()
    elif scene.ticket is not None:
        waiting = Delivery.objects.filter(ticket=scene.ticket, state=Delivery.State.QUEUED)
        waiting.update(state=Delivery.State.SENT, sent_at=now(), settled_at=now(), next_attempt_at=None)


def _steps(scene: Scene, peer: Agent) -> Iterator[tuple[datetime, Step]]:
    story = scene.story
    said = story.thread.said[: len(story.moments)]
    is_touched = False
    for place, (one, moment) in enumerate(zip(said, story.moments, strict=True)):
        text = fill(one.text, scene.words, scene.rng)
        if one.who == "C":
            yield moment, _begins(scene, one, text) if place == 0 else _writes(scene, one, text)
            continue
        if not is_touched:
            is_touched = True
            if scene.story.is_old:
                yield moment - timedelta(seconds=20), lambda: _act(tickets.assign, scene, to=scene.agent)
            before = story.moments[place - 1]
            if not scene.story.is_old:
                yield max(moment - timedelta(minutes=3), before + (moment - before) / 2), _takes(scene)
        if one.who == "N":
            yield moment, _notes(scene, text, peer)
        else:
            waits = place == len(said) - 1 and story.fate in ("waiting", "snoozed", "hold")
            yield (
                moment,
                _answers(scene, one, text, then="waiting" if waits or scene.rng.random() < 0.5 else ""),
            )
            yield moment + timedelta(seconds=12), lambda: _send(scene)
    if story.fate == "open" and not is_touched:
        yield story.moments[-1] + timedelta(minutes=5), _takes(scene)
    yield from _endings(scene)


def _endings(scene: Scene) -> Iterator[tuple[datetime, Step]]:
    story, end = scene.story, scene.story.ended_at
    if story.fate == "hold":
        yield end + timedelta(minutes=2), lambda: _hold(scene)
    elif story.fate == "snoozed":
        until = end + timedelta(days=scene.rng.randint(5, 9))
        yield end + timedelta(minutes=2), lambda: _act(tickets.snooze, scene, until=until)
    elif story.fate in ("solved", "closed"):
        yield end + timedelta(minutes=4), lambda: _act(tickets.solve, scene, **story.thread.resolution)
        if story.score:
            yield end + timedelta(minutes=70), lambda: _rates(scene)
    if story.fate == "closed":
        yield end + timedelta(days=7, minutes=9), lambda: _close(scene)


def _act(operation: Callable[..., object], scene: Scene, **values: object) -> None:
    operation(scene.standing(), by=scene.agent.actor, **values)


def _close(scene: Scene) -> None:
    tickets.close(scene.standing(), by=SYSTEM)


def _hold(scene: Scene) -> None:
    state = scene.house.states.get(scene.story.thread.state or scene.rng.choice(["engineering", ""]))
    _act(tickets.set_status, scene, to="hold", state=state)


def _rates(scene: Scene) -> None:
    score = scene.story.score
    if score >= 4:
        tickets.confirm_solution(scene.standing(), by=scene.customer.actor)
    comment = scene.rng.choice(COMMENTS[score]) if scene.rng.random() < 0.7 else ""
    rate(scene.standing(), score=score, comment=comment, by=scene.customer.actor)


def _begins(scene: Scene, said: Said, text: str) -> Step:
    def step() -> None:
        story, subject = scene.story, fill(scene.story.subject, scene.words, scene.rng)
        if scene.story.is_old:
            scene.ticket = of_old(scene, subject, text, said)
        elif story.by_form:
            scene.ticket = by_form(scene, subject, text, said)
        elif scene.is_mail:
            scene.ticket = by_mail(scene, subject, text, said)
        else:
            scene.ticket = by_other(scene, subject, text, said)
        _send(scene)

    return step


def _writes(scene: Scene, said: Said, text: str) -> Step:
    def step() -> None:
        ticket = scene.standing()
        last = (
            None
            if scene.story.is_old
            else ticket.messages.filter(kind=Message.Kind.OUTGOING, keys__isnull=False)
            .order_by("-pk")
            .first()
        )
        if scene.is_mail and last is not None:
            by_mail(scene, f"Re: {ticket.subject} [#{ticket.pk}]", text, said, answers=last)
            return
        tickets.add_incoming(
            ticket,
            tickets.NewMessage(
                body=text, language=scene.story.thread.language, files=stored(said, scene.rng)
            ),
            by=scene.customer.actor,
            customer=scene.customer,
            channel=ticket.channel,
        )

    return step


def _answers(scene: Scene, said: Said, text: str, *, then: str) -> Step:
    def step() -> None:
        message = tickets.NewMessage(
            body=text, language=scene.story.thread.language, files=stored(said, scene.rng)
        )
        tickets.reply(scene.standing(), message, by=scene.agent.actor, then=then)

    return step


def _notes(scene: Scene, text: str, peer: Agent) -> Step:
    def step() -> None:
        mentions = [peer] if f"@{peer.name}" in text else []
        tickets.add_note(
            scene.standing(), tickets.NewMessage(body=text), by=scene.agent.actor, mentions=mentions
        )

    return step


def _takes(scene: Scene) -> Step:
    """The first look of an agent: the right team, who does it, what it is about."""

    def step() -> None:
        ticket, thread, by = scene.standing(), scene.story.thread, scene.agent.actor
        team = scene.house.teams[thread.team]
        if ticket.team_id != team.pk:
            note = scene.rng.choice(("", "", f"One for {team.name}, please.", "Belongs with you, I think."))
            tickets.transfer(ticket, to=team, by=by, note=note)
        tickets.assign(scene.standing(), to=scene.agent, by=by)
        tickets.set_tags(scene.standing(), add=thread.tags, by=by)
        values = {"kind": thread.kind, "priority": thread.priority}
        tickets.change(
            scene.standing(), by=by, **values | ({"severity": thread.severity} if thread.severity else {})
        )

    return step
