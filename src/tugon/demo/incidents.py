"""What happens beside the stories: letters sent twice, spam, a bounce, an absence, drafts, links, a change of mind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

from tugon.delivery import operations as delivery
from tugon.delivery.sending import send_due
from tugon.intake import operations as intake
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message, Ticket

from .letters import Sheet, written
from .scenes import Scene, Step

Planned = Iterator[tuple[datetime, Step]]
SPAM = (
    ("Grow your followers 10x", "growth@boostfans.example", "We bring 10 000 followers for 49 USD. Say YES!"),
    ("Invoice overdue!!!", "accounts@payfast-desk.example",
     "Your invoice is overdue. Open the document: http://payfast-desk.example/doc"),
    ("Partnership opportunity", "ceo@winwin-media.example",
     "I have a proposal of 4.5 million to your benefit. Kindly answer."),
    ("Cheap medicine delivered", "shop@pillbox.example", "Best prices, no prescription, worldwide delivery. http://pillbox.example"),
)  # fmt: skip
LETTERS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    # subject, sender, text, headers: what is ignored or kept aside, and stays on the ledger
    ("The weekly design digest", "digest@newsletter.example", "This week: forty fonts you will love.", {}),
    ("You won a bonus of 500", "casino@winbig.example", "Claim your bonus now.", {}),
    ("Claim it before midnight", "casino@winbig.example", "Your bonus waits.", {}),
    ("New fonts, new colours", "hello@newsletter.example", "Five palettes.",
     {"List-Id": "<design.newsletter.example>"}),
    ("Last chance: the design summit", "events@newsletter.example", "Only 12 seats left.", {"Precedence": "bulk"}),
)  # fmt: skip


def plan(scenes: list[Scene], *, until: datetime) -> Planned:
    """The incidents with their moments; none after `until`."""
    mail = [one for one in scenes if one.is_mail and not one.story.by_form]
    yield from _sent_twice([one for one in mail if one.story.fate == "closed"][3:60:20])
    yield from _two_matters([one for one in mail if one.story.fate == "solved"][2:8:4])
    yield from _spam(scenes[0], until)
    yield from _set_aside(scenes[0], until)
    waiting = [one for one in mail if one.story.fate == "waiting"]
    yield from _bounce(waiting[0])
    yield from _away(waiting[1])
    yield from _not_yet([one for one in scenes if one.story.fate == "solved"][1:12:6], until)
    opened = [one for one in scenes if one.story.fate == "open"]
    yield from _drafts(opened[2:14:3], until)
    yield from _followers(opened[1:12:3], until)
    yield from _links(scenes, until)


def _sent_twice(scenes: list[Scene]) -> Planned:
    """The same person asks again from a new letter; the agent merges the two."""
    for scene in scenes:
        again: list[Ticket] = []

        def ask(scene: Scene = scene, again: list[Ticket] = again) -> None:
            text = f"Hello, did you get my message? I have not heard anything yet.\n\n{scene.words['first']}"
            ticket = _letter(scene, f"Fwd: {scene.standing().subject}", text).ticket
            assert ticket is not None
            again.append(ticket)
            send_due()

        def merge(scene: Scene = scene, again: list[Ticket] = again) -> None:
            tickets.merge(again[0], into=scene.standing(), by=scene.agent.actor)

        first = scene.story.moments[0]
        yield first + timedelta(minutes=9), ask
        yield first + timedelta(minutes=13), merge


def _two_matters(scenes: list[Scene]) -> Planned:
    """A second question in an answer becomes a ticket of its own."""
    for scene in scenes:

        def ask(scene: Scene = scene) -> None:
            text = "By the way, and this is something else: can I get an invoice for the whole year, please?"
            message = tickets.add_incoming(
                scene.standing(),
                tickets.NewMessage(body=text, language="en"),
                by=scene.customer.actor,
                customer=scene.customer,
            )
            new = tickets.split(message, by=scene.agent.actor, subject="Invoice for the whole year")
            tickets.reply(
                new,
                tickets.NewMessage(body="It stands under Account › Payment › Year. Shall I mail it?", language="en"),
                by=scene.agent.actor, then="waiting",
            )  # fmt: skip

        yield scene.story.ended_at + timedelta(minutes=2), ask


def _spam(scene: Scene, until: datetime) -> Planned:
    for number, (subject, sender, text) in enumerate(SPAM):

        def arrive(subject: str = subject, sender: str = sender, text: str = text) -> None:
            ticket = _letter(scene, subject, text, sender=("", sender)).ticket
            if ticket is not None:
                tickets.mark_spam(ticket, by=scene.house.agents["rafael"].actor)

        yield until - timedelta(days=2 + number * 4, hours=number), arrive


def _set_aside(scene: Scene, until: datetime) -> Planned:
    for number, (subject, sender, text, headers) in enumerate(LETTERS):

        def arrive(
            subject: str = subject, sender: str = sender, text: str = text, headers: dict[str, str] = headers
        ) -> None:
            _letter(scene, subject, text, sender=("", sender), headers=headers)

        yield until - timedelta(days=number * 3, hours=5 + number), arrive


def _bounce(scene: Scene) -> Planned:
    def report() -> None:
        message = scene.standing().messages.filter(kind=Message.Kind.OUTGOING, automatic="").last()
        if message is not None:
            address = scene.customer.contact_points.all()[0].value
            delivery.bounced(
                message, address=address, permanent=True, code="5.1.1", words="mailbox unavailable"
            )

    yield scene.story.ended_at + timedelta(minutes=2), report


def _away(scene: Scene) -> Planned:
    def answer() -> None:
        keys = (
            scene.standing().messages.filter(kind=Message.Kind.OUTGOING).values_list("keys__value", flat=True)
        )
        text = "I am on leave until the end of the month and read no mail. For urgent matters please call my office."
        headers = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}
        _letter(
            scene,
            "Automatic reply: out of office",
            text,
            headers=headers,
            answers=[key for key in keys if key],
        )

    yield scene.story.ended_at + timedelta(minutes=3), answer


def _not_yet(scenes: list[Scene], until: datetime) -> Planned:
    """The customer says that it is not solved yet; a colleague solves it anew."""
    for scene in scenes:
        end = scene.story.ended_at
        if until - end > timedelta(hours=2):
            yield (
                end + timedelta(minutes=66),
                lambda one=scene: tickets.reject_solution(one.standing(), by=one.customer.actor),
            )
            yield (
                end + timedelta(minutes=68),
                lambda one=scene: tickets.solve(
                    one.standing(), by=one.agent.actor, done="Explained once more by telephone; it works now."
                ),
            )


def _drafts(scenes: list[Scene], until: datetime) -> Planned:
    for scene in scenes:
        words = f"<p>Hi {scene.words['first']},</p><p>thank you for waiting. I have looked into it and</p>"
        yield (
            until - timedelta(minutes=20),
            lambda one=scene, html=words: tickets.save_draft(
                one.standing(), agent=one.agent, kind="reply", html=html
            ),
        )


def _followers(scenes: list[Scene], until: datetime) -> Planned:
    for scene in scenes:
        yield (
            until - timedelta(minutes=30),
            lambda one=scene: tickets.follow(
                one.standing(), who=one.house.administrator, by=one.house.administrator.actor
            ),
        )


def _links(scenes: list[Scene], until: datetime) -> Planned:
    by_key: dict[str, list[Scene]] = {}
    for scene in scenes:
        by_key.setdefault(scene.story.thread.key, []).append(scene)
    pairs = [("app-crash", "problem-app", "related"), ("black-screen", "app-crash", "related")]
    for source, target, kind in pairs:
        for one, other in zip(by_key.get(source, [])[:2], by_key.get(target, [])[:2], strict=False):
            yield (
                until - timedelta(minutes=15),
                lambda a=one, b=other, kind=kind: tickets.link(
                    a.standing(), b.standing(), kind=kind, by=a.house.administrator.actor
                ),
            )
    twins = by_key.get("payout-late", [])
    if len(twins) > 1:
        yield (
            until - timedelta(minutes=14),
            lambda: tickets.link(
                twins[1].standing(),
                twins[0].standing(),
                kind="duplicate",
                by=twins[0].house.administrator.actor,
            ),
        )


def _letter(
    scene: Scene, subject: str, text: str, *, sender: tuple[str, str] | None = None,
    headers: dict[str, str] | None = None, answers: list[str] | None = None,
) -> Received:  # fmt: skip
    mailbox = scene.house.channels["support"].mailbox
    sheet = Sheet(
        sender=sender or (scene.customer.name, scene.customer.contact_points.all()[0].value),
        to=mailbox.address, subject=subject, text=text, date=format_datetime(now()),
        number=f"x{int(now().timestamp())}.{len(subject)}", headers=headers or {},
    )  # fmt: skip
    sheet.answer(answers or [])
    return intake.process(intake.store(mailbox.channel, written(sheet), via="sandbox"))
