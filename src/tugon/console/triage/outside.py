"""Conversations with departments outside, each as a thread of its own in the timeline. Only agents come here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, When
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tugon.database.reading import Asked, read
from tugon.delivery.models import Delivery
from tugon.delivery.purposes import OUTSIDE
from tugon.escalation.attachments import HOLDER
from tugon.escalation.models import Inquiry, InquiryFile, InquiryLetter
from tugon.tickets.display import shown_html
from tugon.tickets.models import Message, Ticket


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a thread. quoted: the messages that went along, as far as they are still there."""

    row: InquiryLetter
    files: Sequence[InquiryFile]
    delivery: Delivery | None
    quoted: Sequence[Message]

    @property
    def html(self) -> SafeString:
        if not self.row.body_html:
            return SafeString("")
        return mark_safe(shown_html(self.row, holder=HOLDER, files=self.files))  # type: ignore[arg-type]  # noqa: S308


@dataclass(frozen=True, slots=True)
class Thread:
    inquiry: Inquiry
    letters: Sequence[Letter]

    @property
    def at(self) -> datetime:
        """Its place in the story: where its last letter stands."""
        return self.letters[-1].row.created_at if self.letters else self.inquiry.asked_at

    @property
    def name(self) -> str:
        department = self.inquiry.department
        return department.name_in(get_language() or "en") if department else self.inquiry.name

    @property
    def is_open(self) -> bool:
        return self.inquiry.state in (Inquiry.State.ASKED, Inquiry.State.OVERDUE)


def outside_reads(ticket: Ticket) -> Mapping[str, Asked[Any]]:
    return {
        "inquiries": _inquiries(ticket.pk),
        "inquiry_letters": _letters(ticket.pk),
        "inquiry_files": _files(ticket.pk),
        "inquiry_deliveries": _deliveries(ticket.pk),
    }


def threads(found: Mapping[str, list[Any]]) -> list[Thread]:
    """Every conversation of the ticket, the one with the newest letter last."""
    files, letters = _by(found["inquiry_files"], "letter_id"), _by(found["inquiry_letters"], "inquiry_id")
    fates = {row.letter.letter_id: row for row in found["inquiry_deliveries"]}
    said = {row.pk: row for row in found.get("messages", ())}
    rows = [
        Thread(
            inquiry,
            [
                Letter(
                    row,
                    files.get(row.pk, ()),
                    fates.get(row.letter_id),
                    [said[pk] for pk in row.quoted if pk in said],
                )
                for row in letters.get(inquiry.pk, ())
            ],
        )
        for inquiry in found["inquiries"]
    ]
    return sorted(rows, key=lambda one: one.at)


def _by(rows: Sequence[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


@read
def _inquiries(ticket: int) -> QuerySet[Inquiry, Inquiry]:
    own = [field.name for field in Inquiry._meta.concrete_fields]
    rows = Inquiry.objects.filter(ticket=ticket).select_related("department", "asked_by")
    return rows.only(*own, "department__names", "asked_by__name").order_by("id")


@read
def _letters(ticket: int) -> QuerySet[InquiryLetter, InquiryLetter]:
    """Whole texts are left out: whether there is more than is shown says `is_cut`."""
    left_out = ("full_text", "full_html")
    own = [field.name for field in InquiryLetter._meta.concrete_fields if field.name not in left_out]
    cut = Case(When(full_text="", full_html="", then=False), default=True, output_field=BooleanField())
    rows = InquiryLetter.objects.filter(inquiry__ticket=ticket).select_related("agent")
    return rows.only(*own, "agent__name").annotate(is_cut=cut).order_by("created_at", "id")


@read
def _files(ticket: int) -> QuerySet[InquiryFile, InquiryFile]:
    return InquiryFile.objects.filter(letter__inquiry__ticket=ticket).select_related("file").order_by("id")


@read
def _deliveries(ticket: int) -> QuerySet[Delivery, Delivery]:
    rows = Delivery.objects.filter(ticket=ticket, purpose=OUTSIDE, letter__isnull=False)
    own = [field.name for field in Delivery._meta.concrete_fields]
    return rows.select_related("letter").only(*own, "letter__letter_id").order_by("id")
