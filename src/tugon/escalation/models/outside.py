from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.files.models import StoredFile
from tugon.tickets.models import Ticket

from .levels import Department


class Inquiry(models.Model):
    """A conversation with a department about a ticket. It is no part of the ticket's own conversation: what customers
    read, what letters quote and what search finds are `tickets.Message`, and nothing here is one.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        OVERDUE = "overdue", _("No answer in the expected time")
        FAILED = "failed", _("The letter did not arrive")
        ENDED = "ended", _("Ended")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="inquiries")
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="inquiries")
    address = models.CharField(max_length=320, db_comment="lower case; answers are accepted from it alone")
    name = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=500)
    language = models.CharField(max_length=16, default="en")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    waits = models.BooleanField(default=False, db_comment="the ticket is on hold for the answer")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["expected_at"], name="inquiry_open", condition=models.Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} to {self.address}"


class InquiryLetter(models.Model):
    """One letter of an inquiry, there or back.

    quoted: ids of messages whose words went along. The words themselves are not copied: what is removed from a message
    is removed from here too.
    """

    class Direction(models.TextChoices):
        OUT = "out", _("To the department")
        BACK = "back", _("From the department")

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="letters")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, db_comment="sanitised; empty where plain text says it all")
    full_text = models.TextField(blank=True)
    full_html = models.TextField(blank=True, db_comment="sanitised")
    quoted = models.JSONField(default=list, blank=True, db_comment="ids of quoted messages")
    envelope = models.JSONField(default=dict, blank=True)
    automatic = models.CharField(max_length=20, blank=True)
    is_confirmed = models.BooleanField(default=True, db_comment="back: from the asked address, or accepted")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    letter_id = models.CharField(max_length=500, blank=True, db_comment="Message-ID, RFC 5322")
    received_id = models.BigIntegerField(null=True, db_comment="line of the intake ledger")
    trouble = models.CharField(max_length=500, blank=True, db_comment="why it did not arrive")
    created_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "letter_id"],
                condition=~models.Q(letter_id=""),
                name="inquiry_letter_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction} of {self.inquiry_id}"

    @property
    def sender(self) -> dict[str, str]:
        """Who wrote it, as the letter says: name and address."""
        person = self.envelope.get("from") or {}
        return {"name": str(person.get("name") or ""), "address": str(person.get("address") or "")}


class InquiryFile(models.Model):
    """A file on a letter of an inquiry. Read through the holder "inquiry", by agents who see the ticket."""

    letter = models.ForeignKey(InquiryLetter, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_id = models.CharField(max_length=255, blank=True)
    is_inline = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def redacted_at(self) -> datetime | None:
        """When its bytes were removed for good; here only the name is left then."""
        return self.file.redacted_at
