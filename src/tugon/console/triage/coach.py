"""The coach below the composer: what it remarks on the draft as it stands, and on every word after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest

from tugon.accounts.models import Agent
from tugon.coaching.contexts import Context
from tugon.coaching.drafts import Draft
from tugon.coaching.models import Answer
from tugon.coaching.operations import PERMISSION, keep_result, mark_of
from tugon.coaching.remarking import BY_KEY, Check, coach, required
from tugon.coaching.remarks import Remark
from tugon.database.reading import Asked, gather_named
from tugon.database.revision import remembering_decisions
from tugon.lib.html import parse
from tugon.tickets.models import Message, Ticket

from .coach_context import coach_reads, context_of
from .parts import Found, Part, Place

SOLVED = ("solved", "closed")


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark for the screen. mark: by which an answer names it. number: which of the quote's places in the draft.

    html: the rewrite or insert as the editor takes it; text: as a plain textarea does; place: where an insert goes.
    """

    check: Check
    remark: Remark
    mark: str
    number: int = 0
    html: str = ""
    text: str = ""
    place: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Coached:
    """remarks: without those that the agent dismissed. set_aside: how many those are."""

    remarks: Sequence[Shown]
    set_aside: int = 0
    has_draft: bool = True

    @property
    def held(self) -> list[Shown]:
        """Those that keep the reply from being sent."""
        return [one for one in self.remarks if one.is_required]


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return coach_reads(ticket, agent) if agent.may("ticket.reply") else {}


def value(ticket: Ticket, agent: Agent, found: Found) -> Coached | None:
    """Of the draft that is kept; None where nobody writes answers."""
    if ticket.merged_into_id or "coach_said" not in found:
        return None
    mine = (row for row in found.get("drafts", ()) if row.agent_id == agent.pk and row.kind == "reply")
    draft = next(mine, None)
    if draft is None or not draft.html.strip():
        return Coached((), has_draft=False)
    return coached(ticket, agent, draft.html, found=found)


def coached(
    ticket: Ticket, agent: Agent, html: str, *, found: Found | None = None, then: str = ""
) -> Coached:
    """What stands to be remarked on these words. One statement without `found`."""
    if found is None:
        found = gather_named(coach_reads(ticket, agent))
    draft = draft_of(html)
    known = context_of(ticket, agent, draft, found, stays_open=then not in SOLVED)
    aside = {mark for mark, did in found["coach_answers"] if did == Answer.Did.DISMISSED}
    remarks = coach(draft, known)
    held = {id(one) for one in required(remarks, known)}
    shown = [_shown(one, draft, known, is_required=id(one) in held) for one in remarks]
    kept = [one for one in shown if one.mark not in aside or one.is_required]
    return Coached(kept, len(shown) - len(kept))


def draft_of(html: str) -> Draft:
    """The composer's HTML, or the plain words of a textarea without script."""
    return (
        Draft.of_html(html)
        if "<" in html and parse(html).css_first("p,div,ul,ol,br,a,blockquote,pre")
        else Draft(html)
    )


def as_decided(request: HttpRequest) -> AbstractContextManager[None]:
    """What the company chose is asked once until somebody chooses otherwise: this only reads it."""
    return remembering_decisions(getattr(request.session, "revision", None))


def held_back(request: HttpRequest, ticket: Ticket, agent: Agent) -> Coached | None:
    """What a required check has against sending this reply now; None where it may leave."""
    html = request.POST.get("html", "") or request.POST.get("body", "")
    with as_decided(request):
        found = coached(ticket, agent, html, then=request.POST.get("then", ""))
    despite = bool(request.POST.get("despite_coach")) and may_send_despite(agent)
    request.coached = found  # type: ignore[attr-defined]  # kept with the message once it is sent
    return found if found.held and not despite else None


def may_send_despite(agent: Agent) -> bool:
    """Who keeps the coach may send although a required check remarks on it."""
    return agent.may(PERMISSION)


def keep(request: HttpRequest, message: Message, agent: Agent) -> None:
    """What the coach said, and what its writer did, beside the reply that was sent."""
    found: Coached = request.coached  # type: ignore[attr-defined]
    remarks = [one.remark for one in found.remarks]
    keep_result(message, agent, remarks, sent_despite=bool(found.held))


def _shown(remark: Remark, draft: Draft, known: Context, *, is_required: bool) -> Shown:
    words = remark.insert.words if remark.insert else remark.rewrite
    number = draft.reading.text.count(remark.quote, 0, remark.start) if remark.quote else 0
    return Shown(
        BY_KEY[remark.check],
        remark,
        mark_of(remark),
        number,
        html=as_html(words) if words else "",
        text=words or "",
        place=remark.insert.place.value if remark.insert else "",
        is_required=is_required,
    )


def as_html(words: str) -> str:
    """Numbered lines as a list, other words as they are; several lines as paragraphs."""
    lines = [line for line in words.split("\n") if line.strip()]
    items = [line.split(". ", 1)[1] for line in lines if line.split(". ", 1)[0].isdigit()]
    lead = [line for line in lines if not line.split(". ", 1)[0].isdigit()]
    if len(items) >= 2:
        listed = "".join(f"<li><p>{escape(item)}</p></li>" for item in items)
        return "".join(f"<p>{escape(line)}</p>" for line in lead) + f"<ol>{listed}</ol>"
    return escape(words) if len(lines) < 2 else "".join(f"<p>{escape(line)}</p>" for line in lines)


PARTS = (Part("coach", Place.BELOW, reads, value),)
