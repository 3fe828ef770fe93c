"""The coach: a draft and its context in, remarks out. Pure; bounded time on any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .checks import (
    accuracy,
    empathy,
    gaps,
    jargon,
    languages,
    links,
    next_steps,
    opening,
    questions,
    repeats,
    secrets,
    sentences,
    steps,
    tones,
)
from .contexts import Context, Kind, Mode
from .drafts import Draft
from .remarks import Remark, Severity

MOST = 40
"""Remarks on one draft; more would help nobody."""
EACH = 6
"""Remarks of one check."""

Checks = Callable[[Draft, Context], Iterator[Remark]]
_REPLY = frozenset([Kind.REPLY])
_LETTERS = frozenset([Kind.REPLY, Kind.TEMPLATE])
_ALL = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the coach looks for. family: clarity, empathy, accuracy or completeness (C11). kinds: of drafts."""

    key: str
    family: str
    name: str | Promise
    about: str | Promise
    look: Checks
    kinds: frozenset[Kind]


CHECKS: tuple[Check, ...] = (
    Check("secret", "accuracy", _("Secrets"), _("Card and account numbers, passwords, codes, keys."), secrets.check, _ALL),
    Check("unfilled_variable", "completeness", _("Unfilled gaps"), _("{{ variables }}, [name], XXX."), gaps.check, _REPLY),
    Check("wrong_name", "empathy", _("Wrong name"), _("The greeting names somebody else."), opening.name, _REPLY),
    Check("wrong_language", "clarity", _("Wrong language"), _("The customer wrote in another language."), languages.check, _LETTERS),
    Check("contradicts_fact", "accuracy", _("Contradictions"), _("An amount or time that contradicts a fact or a published article."), accuracy.contradicted, _ALL),
    Check("dead_link", "accuracy", _("Dead links"), _("Links that lead nowhere."), links.check, _ALL),
    Check("unanswered_question", "completeness", _("Unanswered questions"), _("A question of the customer that the draft does not take up."), questions.check, _REPLY),
    Check("no_next_step", "completeness", _("No next step"), _("The ticket stays open, and the customer cannot tell what happens next, or by when."), next_steps.check, _REPLY),
    Check("no_source", "accuracy", _("Claims without a source"), _("Where a source is demanded: a rule or claim without a link."), accuracy.unsourced, _ALL),
    Check("frustration_unacknowledged", "empathy", _("Frustration passed over"), _("The customer is upset, and the draft does not take it up."), empathy.check, _REPLY),
    Check("blame", "empathy", _("Blame"), _("“You should have …”"), tones.blame, _ALL),
    Check("sarcasm", "empathy", _("Sarcasm"), _("What may be read as mockery."), tones.sarcasm, _ALL),
    Check("dismissal", "empathy", _("Dismissal"), _("“That is just how it works.”"), tones.dismissal, _ALL),
    Check("as_i_said", "empathy", _("“As I said”"), _("What reminds the customer of not having read."), tones.as_said, _ALL),
    Check("forbidden", "empathy", _("Forbidden words"), _("Words of your own list that are never written."), tones.forbidden, _ALL),
    Check("already_tried", "empathy", _("Tried already"), _("A step that the customer has done."), repeats.check, _REPLY),
    Check("missing_greeting", "empathy", _("No greeting or name"), _("A letter that begins without a greeting, or a greeting without the name."), opening.greeting, _REPLY),
    Check("jargon", "clarity", _("Jargon"), _("Words of the trade, with plain ones from your list."), jargon.check, _ALL),
    Check("stiff_words", "clarity", _("Stiff words"), _("Words that only offices write, with what people say."), jargon.stiff, _ALL),
    Check("long_sentence", "clarity", _("Long sentences"), _("Sentences with more words than you want."), sentences.too_long, _ALL),
    Check("passive_wall", "clarity", _("Walls of passives"), _("Paragraphs in which nobody acts."), sentences.passive, _ALL),
    Check("steps_not_listed", "clarity", _("Steps in running text"), _("Four actions and more that are no list."), steps.check, _ALL),
)  # fmt: skip
"""In the order in which remarks are shown: what does harm first."""

KEYS = tuple(one.key for one in CHECKS)
BY_KEY = {one.key: one for one in CHECKS}


def coach(draft: Draft, context: Context) -> list[Remark]:
    """What to look at before this leaves, most important first. An empty draft has nothing."""
    if not draft.text.strip():
        return []
    found: list[Remark] = []
    for check in CHECKS:
        if context.kind not in check.kinds or context.mode(check.key) is Mode.OFF:
            continue
        for number, remark in enumerate(check.look(draft, context)):
            if number >= EACH or len(found) >= MOST:
                break
            found.append(remark)
    return found


def required(remarks: list[Remark], context: Context) -> list[Remark]:
    """Those that keep a reply from being sent."""
    return [one for one in remarks if context.mode(one.check) is Mode.REQUIRED]


__all__ = ["BY_KEY", "CHECKS", "KEYS", "Check", "Severity", "coach", "required"]
