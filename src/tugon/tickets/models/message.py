from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.files.models import StoredFile

from ..querysets import MessageQuerySet
from .ticket import Ticket


class Message(models.Model):
    """What somebody said on a ticket: to each other, or among agents (a note).

    `body` is what was meant to be read: the words without quoted text and signature. `full_text` and `full_html` keep
    everything, one click away; they are empty where they would repeat `body`.
    """

    class Kind(models.TextChoices):
        INCOMING = "incoming", _("From the customer")
        OUTGOING = "outgoing", _("To the customer")
        NOTE = "note", _("Internal note")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, db_comment="sanitised; empty where plain text says it all")
    full_text = models.TextField(blank=True)
    full_html = models.TextField(blank=True, db_comment="sanitised")
    language = models.CharField(max_length=16, blank=True)
    automatic = models.CharField(
        max_length=20, blank=True, db_comment="acknowledgement, out-of-office, bounce …"
    )
    envelope = models.JSONField(
        default=dict, blank=True, db_comment="from, to, cc, reply_to, subject, authentication, problems"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, db_comment="moment the sender's clock gives")
    release_at = models.DateTimeField(
        null=True, db_comment="outgoing: leaves then; until then it can be taken back"
    )
    redacted_at = models.DateTimeField(null=True)
    moved_from = models.ForeignKey(
        Ticket,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_comment="the ticket it was merged or split from",
    )

    reopens: bool = True
    """Whether these words make it our turn again; a rule may say no while they arrive ("thanks")."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["ticket", "created_at", "id"], name="message_of_ticket")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="incoming") | models.Q(agent=None), name="incoming_has_no_agent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on #{self.ticket_id}"


class MessageKey(models.Model):
    """A Message-ID (RFC 5322) by which a message is known outside: ours, the sender's, or one a relay gave it."""

    value = models.CharField(max_length=500)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="keys")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["value"], name="message_key_value")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(value=""), name="message_key_not_empty"),
            models.UniqueConstraint(fields=["message", "value"], name="message_key_once"),
        ]

    def __str__(self) -> str:
        return self.value


class Attachment(models.Model):
    """A file on a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    content_id = models.CharField(max_length=255, blank=True, db_comment="cid: by which the HTML shows it")
    is_inline = models.BooleanField(default=False)
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            # The nightly look for files of which nothing is held any more.
            models.Index(
                fields=["file"], name="attachment_redacted", condition=models.Q(redacted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What an agent is writing: one reply and one note per ticket, saved as it is typed."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=[("reply", _("Reply")), ("note", _("Note"))])
    html = models.TextField(blank=True)
    uploads = models.JSONField(default=list, blank=True, db_comment="tokens of files sent ahead")
    recipients = models.JSONField(default=dict, blank=True)
    answers_message_id = models.BigIntegerField(
        null=True, db_comment="the newest message the writer had seen"
    )
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent", "kind"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.agent_id} on #{self.ticket_id}"
