"""Versions are written here only; nobody changes one."""

from __future__ import annotations

from django.db.models import Max

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.lib.clock import now

from ..content import Content
from ..filling import program
from ..models import Translation, Version
from ..policies import agent_of
from ..variables import VARIABLES


def keep(
    row: Translation,
    words: Content,
    *,
    by: Actor,
    note: str = "",
    reviewed_by: Agent | None = None,
    made_from: Version | None = None,
) -> Version:
    """The words as the next version of the translation, which must be locked."""
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        translation=row,
        number=last + 1,
        title=words.title or row.shown_title,
        subject=words.subject,
        body=words.body,
        fact_keys=fact_keys(words),
        author=row.draft_by or agent_of(by),
        reviewed_by=reviewed_by,
        made_from=made_from,
        note=" ".join(note.split())[:300],
        created_at=now(),
    )


def fact_keys(words: Content) -> list[str]:
    """The facts that the words name: what has a dot and is no variable."""
    names = program(words.body).names() | program(words.subject).names()
    return sorted(name for name in names if "." in name and name not in VARIABLES and ".fields." not in name)
