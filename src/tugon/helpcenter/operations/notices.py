"""Notices: written, changed, ended before their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from ..errors import NoticeInvalid
from ..events import NoticeChanged, NoticeEnded
from ..models import Level, Notice
from ..policies import agent_of, require_arranger


@transaction.atomic
def create_notice(
    *,
    titles: Mapping[str, str],
    by: Actor,
    bodies: Mapping[str, str] | None = None,
    level: str = Level.NEWS,
    audiences: Sequence[Audience] = (),
    link: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Notice:
    """Tell everybody concerned. starts_at: now if empty; aware. Raises NotAllowed, NoticeInvalid."""
    require_arranger(by)
    row = Notice(created_by=agent_of(by), created_at=now())
    _fill(row, titles, bodies or {}, level, link, starts_at or now(), ends_at)
    row.save()
    row.audiences.set(audiences)
    record(NoticeChanged(notice_id=row.pk), by=by)
    return row


@transaction.atomic
def change_notice(
    notice: Notice, *, by: Actor, audiences: Sequence[Audience] | None = None, **values: Any
) -> Notice:
    """values: those of `create_notice`; what is not given stays. Raises NotAllowed, NoticeInvalid."""
    require_arranger(by)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    names = ("titles", "bodies", "level", "link", "starts_at", "ends_at")
    before = {name: getattr(row, name) for name in names}
    _fill(row, **{**before, **values})
    changed = [name for name in names if getattr(row, name) != before[name]]
    if audiences is not None and {one.pk for one in audiences} != set(
        row.audiences.values_list("pk", flat=True)
    ):
        row.audiences.set(audiences)
        changed.append("audiences")
    if changed:
        row.save()
        record(NoticeChanged(notice_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def end_notice(notice: Notice, *, by: Actor) -> Notice:
    """It is over now; one that has not begun is removed. A repeat does nothing. Raises NotAllowed."""
    require_arranger(by)
    row = Notice.objects.select_for_update(of=("self",)).filter(pk=notice.pk).first()
    moment = now()
    if row is None or (row.ends_at is not None and row.ends_at <= moment):
        return row or notice
    record(NoticeEnded(notice_id=row.pk), by=by)
    if row.starts_at >= moment:
        row.delete()
    else:
        row.ends_at = moment
        row.save(update_fields=["ends_at"])
    return row


def _fill(
    row: Notice,
    titles: Mapping[str, str],
    bodies: Mapping[str, str],
    level: str,
    link: str,
    starts_at: datetime,
    ends_at: datetime | None,
) -> None:
    row.titles = {code: " ".join(words.split())[:200] for code, words in titles.items() if words.strip()}
    row.bodies = {code: words.strip()[:2000] for code, words in bodies.items() if words.strip()}
    if not row.titles:
        raise NoticeInvalid(reason=_("write a title in at least one language."))
    if level not in Level.values:
        raise NoticeInvalid(reason=_("choose whether it is news, a limitation or an outage."))
    if ends_at is not None and ends_at <= starts_at:
        raise NoticeInvalid(reason=_("it has to end after it begins."))
    if link and not link.startswith(("https://", "http://", "/")):
        raise NoticeInvalid(reason=_("the link has to begin with https:// or /."))
    row.level, row.link, row.starts_at, row.ends_at = Level(level), link.strip()[:2000], starts_at, ends_at
