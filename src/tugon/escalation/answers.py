"""Finds the inquiry a letter answers: by our signed address, by the ids it answers, by the mark in its subject.

Accepted is only the address that was asked. A letter from elsewhere that was sent to the signed address, or answers
our letter by its id, is kept as unconfirmed; one that only shows the mark is none of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tugon.channels.email.parsing.model import ParsedMail
from tugon.intake.steps.machines import Report
from tugon.intake.steps.people import Author
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

from . import addresses
from .models import Inquiry, InquiryLetter
from .operations import letter_failed, receive_answer


@dataclass(frozen=True, slots=True)
class Found:
    """As `intake.asides.Aside`."""

    inquiry: Inquiry
    is_confirmed: bool

    @property
    def ticket(self) -> Ticket:
        return self.inquiry.ticket

    def keep(self, message: NewMessage, *, received_id: int) -> bool:
        letter = receive_answer(
            self.inquiry, message, is_confirmed=self.is_confirmed, received_id=received_id
        )
        return letter is not None


class Inquiries:
    """As `intake.asides.Asides`."""

    def find(self, mail: ParsedMail, *, addressed: Sequence[str], author: Author) -> Found | None:
        """No query for a letter that shows none of our signs."""
        pk = addresses.behind_addresses(addressed)
        inquiry = _row(pk) if pk else self._answered(mail)
        if inquiry is not None:
            return Found(inquiry, author.is_authentic and author.address.lower() == inquiry.address)
        pk = addresses.behind_subject(mail.subject)
        inquiry = _row(pk) if pk else None
        if inquiry is None or not author.is_authentic or author.address.lower() != inquiry.address:
            return None
        return Found(inquiry, is_confirmed=True)

    def reported(self, report: Report) -> Ticket | None:
        """A bounce, delay or complaint about a letter to a department: who asked is told."""
        for letter_id in addresses.behind_ids(report.letter_ids):
            words = "; ".join(
                " ".join(str(one.get(name) or "") for name in ("status", "diagnostic")).strip()
                for one in report.recipients
            )
            is_final = report.kind == "complaint" or (report.permanent and report.kind != "delay")
            letter = letter_failed(letter_id, words=words, is_final=is_final)
            if letter is not None:
                return letter.inquiry.ticket
        return None

    def _answered(self, mail: ParsedMail) -> Inquiry | None:
        ids = addresses.behind_ids([*mail.in_reply_to, *reversed(mail.references)])
        if not ids:
            return None
        letter = InquiryLetter.objects.filter(letter_id__in=ids).select_related("inquiry__ticket").first()
        return letter.inquiry if letter else None


def _row(pk: int) -> Inquiry | None:
    return Inquiry.objects.select_related("ticket").filter(pk=pk).first()
