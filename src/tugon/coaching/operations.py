"""Choosing what the coach looks for, and keeping what became of its remarks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from django.db import transaction

from tugon.accounts.models import Agent, Team
from tugon.company import configuring
from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket

from .contexts import Mode
from .models import Answer, CheckChoice, CoachResult, Habit, WordList
from .remarking import KEYS
from .remarks import Remark

PERMISSION = "coach.edit"


@transaction.atomic
def choose(
    check: str, mode: Mode, *, by: Actor, audience: Audience | None = None, team: Team | None = None
) -> CheckChoice | None:
    """Switch a check, for everybody or for one audience or team. Raises NotAllowed. None for a check there is not."""
    if check not in KEYS:
        return None
    found = CheckChoice.objects.filter(check_key=check, audience=audience, team=team).first()
    row = found or CheckChoice(check_key=check, audience=audience, team=team)
    return configuring.configure(row, {"mode": str(mode)}, permission=PERMISSION, by=by)


def leave_to_everybody(row: CheckChoice, *, by: Actor) -> None:
    """Take an exception away. Raises NotAllowed."""
    configuring.remove(row, permission=PERMISSION, by=by)


@transaction.atomic
def set_words(
    kind: str, language: str, *, words: Mapping[str, str], left_out: Iterable[str] = (), by: Actor
) -> WordList:
    """The company's own words, and those of Tugon's that are not remarked. Raises NotAllowed."""
    row = WordList.objects.filter(kind=kind, language=language).first() or WordList(
        kind=kind, language=language
    )
    changes = {"words": dict(words), "left_out": sorted(set(left_out))}
    if row.pk is None and not words and not changes["left_out"]:
        configuring.require(by, PERMISSION)
        return row
    return configuring.configure(row, changes, permission=PERMISSION, by=by)


def set_longest_sentence(number: int, *, by: Actor) -> Habit:
    """In words. Raises NotAllowed."""
    row = Habit.objects.first() or Habit()
    return configuring.configure(row, {"longest_sentence": number}, permission=PERMISSION, by=by)


def mark_of(remark: Remark) -> str:
    """By which a remark is known again while a draft grows, also where its words begin a sentence by then."""
    words = "\n".join(
        (remark.check, *(" ".join(one.lower().split()) for one in (remark.quote, remark.asked)))
    )
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def answer(ticket: Ticket, agent: Agent, *, check: str, mark: str, did: Answer.Did) -> None:
    """Note that a remark was used, or dismissed for this draft. Repeats and unknown checks change nothing."""
    if check in KEYS and len(mark) == 16:
        rows = Answer.objects
        rows.update_or_create(
            ticket=ticket, agent=agent, mark=mark, defaults={"check_key": check, "did": did}
        )


@transaction.atomic
def keep_result(
    message: Message, agent: Agent, remarks: Iterable[Remark], *, sent_despite: bool
) -> CoachResult:
    """What stood at sending and what was done before; the answers of the draft are spent with it."""
    answers = Answer.objects.filter(ticket_id=message.ticket_id, agent=agent)
    known = list(answers.values_list("mark", "check_key", "did"))
    dismissed = {mark: check for mark, check, did in known if did == Answer.Did.DISMISSED}
    taken = [check for _mark, check, did in known if did == Answer.Did.TAKEN]
    left = [one.check for one in remarks if mark_of(one) not in dismissed]
    answers.delete()
    return CoachResult.objects.create(
        message=message,
        agent=agent,
        raised=sorted([*taken, *dismissed.values(), *left]),
        taken=sorted(taken),
        dismissed=sorted(dismissed.values()),
        left=sorted(left),
        sent_despite=sent_despite,
        created_at=now(),
    )
