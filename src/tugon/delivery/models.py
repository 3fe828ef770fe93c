from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tugon.channels.models import Mailbox
from tugon.tickets.models import Message, Ticket

from .querysets import WAITING, DeliveryQuerySet


class Outgoing(models.Model):
    """A whole letter as it leaves, kept so that a retry sends the same bytes and the sandbox can show it."""

    message = models.OneToOneField(Message, null=True, on_delete=models.CASCADE, related_name="outgoing")
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+")
    letter_id = models.CharField(max_length=255, db_comment="Message-ID, RFC 5322")
    subject = models.CharField(max_length=500)
    raw = models.BinaryField(db_comment="empty once it is not needed any more")
    return_address = models.CharField(
        max_length=320, blank=True, db_comment="envelope sender; reports come there"
    )
    remote_id = models.CharField(max_length=255, blank=True, db_comment="the mail provider's name for it")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["letter_id"], name="outgoing_by_letter_id"),
            models.Index(
                fields=["remote_id"], name="outgoing_by_remote_id", condition=~models.Q(remote_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One message to one recipient by one way, and how it went."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEFERRED = "deferred", _("Deferred, will be tried again")
        BOUNCED = "bounced", _("Bounced")
        FAILED = "failed", _("Failed")
        HELD = "held", _("Held back")

    class Role(models.TextChoices):
        TO = "to", "To"
        CC = "cc", "Cc"
        BCC = "bcc", "Bcc"

    message = models.ForeignKey(
        Message,
        null=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_comment="empty: not on a ticket",
    )
    ticket = models.ForeignKey(
        Ticket, null=True, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    mailbox = models.ForeignKey(
        Mailbox, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_index=False
    )
    letter = models.ForeignKey(Outgoing, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    purpose = models.CharField(
        max_length=24, default="reply", db_comment="reply, acknowledgement, sign-in link …"
    )
    recipient = models.CharField(max_length=320)
    recipient_name = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=3, choices=Role.choices, default=Role.TO)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=500, blank=True, db_comment="the server's words, or ours")
    status_code = models.CharField(max_length=12, blank=True, db_comment="RFC 3463, e.g. 5.1.1")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        null=True, db_comment="while sending: when we take the sender for dead"
    )
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["message", "recipient"], name="delivered_once_per_recipient"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="delivery_waiting", condition=models.Q(state__in=[*WAITING])
            ),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.recipient}: {self.state}"

    @property
    def reason_in_words(self) -> str:
        """Ours in the reader's language; a server's as it said it."""
        return gettext(self.reason)

    @property
    def is_settled(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.state not in WAITING
