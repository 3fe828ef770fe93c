from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.channels.models import Channel
from tugon.customers.models import Audience
from tugon.facts.referencing import render
from tugon.tickets.models import Kind, Message, Ticket

from .querysets import ReceivedQuerySet


class Received(models.Model):
    """One thing that came in, and what became of it: a line of the ledger.

    The row outlives its ticket (a tombstone): a message deleted here does not come back from the mail server.
    """

    class State(models.TextChoices):
        STORED = "stored", _("Waiting to be read")
        TICKETED = "ticketed", _("On a ticket")
        IGNORED = "ignored", _("Ignored")
        QUARANTINED = "quarantined", _("Quarantined")

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="received", db_index=False)
    via = models.CharField(max_length=10, db_comment="imap, lmtp, pipe, webhook, form, sandbox")
    place = models.CharField(max_length=200, blank=True, db_comment="folder and UID, or the provider's id")
    fingerprint = models.CharField(
        max_length=64, db_comment="SHA-256 over Message-ID and body: the same letter by two routes is one"
    )
    sha256 = models.CharField(max_length=64, db_comment="of all bytes")
    size = models.BigIntegerField(db_comment="bytes")
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    letter_id = models.CharField(max_length=500, blank=True, db_comment="Message-ID, with angle brackets")
    client = models.CharField(
        max_length=64,
        blank=True,
        db_comment="who sent a form: a keyed hash of the network address, changing daily",
    )

    state = models.CharField(max_length=12, choices=State.choices, default=State.STORED)
    reason = models.CharField(
        max_length=300, blank=True, db_comment="why it was ignored or quarantined, in words"
    )
    error = models.TextField(blank=True, db_comment="for an administrator: the whole trace")
    attempts = models.PositiveSmallIntegerField(default=0)
    is_silent = models.BooleanField(default=False, db_comment="imported: nobody is notified")
    envelope = models.JSONField(
        default=dict, blank=True, db_comment="SMTP sender and recipients, client address"
    )
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="received")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="received")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "channel"], name="received_once_per_channel"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["ignored", "quarantined"]) | ~models.Q(reason=""),
                name="what_is_kept_aside_says_why",
            ),
        ]
        indexes = [
            # The worker's queue, oldest first.
            models.Index(fields=["id"], name="received_waiting", condition=models.Q(state="stored")),
            # A letter waits for the earlier one that it answers.
            models.Index(
                fields=["letter_id"], name="received_waiting_letter", condition=models.Q(state="stored")
            ),
            # How much one sender of forms sent lately.
            models.Index(
                fields=["client", "received_at"], name="received_of_client", condition=~models.Q(client="")
            ),
            # The ledger page: newest first, by state.
            models.Index(fields=["state", "-id"], name="received_by_state"),
            models.Index(fields=["channel", "-id"], name="received_by_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.via} {self.place or self.pk}"


class Payload(models.Model):
    """The bytes as they came. Apart from the ledger, so that the ledger stays narrow."""

    received = models.OneToOneField(
        Received, primary_key=True, on_delete=models.CASCADE, related_name="payload"
    )
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Payload of {self.received_id}"


class Form(models.Model):
    """A web form: which audience it serves, what it asks, and what becomes of what it gets."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="form")
    slug = models.SlugField(max_length=40, unique=True)
    audience = models.ForeignKey(
        Audience, null=True, blank=True, on_delete=models.SET_NULL, related_name="forms"
    )
    titles = models.JSONField(default=dict, db_comment="language → heading")
    intros = models.JSONField(default=dict, blank=True, db_comment="language → words above the fields")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.QUESTION)
    asks = models.JSONField(default=list, blank=True, db_comment="keys of custom fields, in order")
    tags = models.JSONField(default=list, blank=True)
    asks_side = models.BooleanField(default=True, db_comment="my side / the content or creator's side")
    asks_username = models.BooleanField(default=True)
    needs_proof_of_work = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.slug

    def title_in(self, language: str) -> str:
        return self.titles.get(language) or self.titles.get("en") or self.channel.name

    def intro_in(self, language: str) -> str:
        return render(self.intros.get(language) or self.intros.get("en") or "", language)


class SenderRule(models.Model):
    """A sender that is always ignored, quarantined or let through: an address, or a domain with a leading @."""

    class Verdict(models.TextChoices):
        ALLOW = "allow", _("Always let through")
        QUARANTINE = "quarantine", _("Keep aside")
        IGNORE = "ignore", _("Ignore")

    pattern = models.CharField(max_length=320, unique=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pattern}: {self.verdict}"


class AutomaticMail(models.Model):
    """One automatic message we sent to an address, for the caps: per ticket, per day, and over all."""

    address = models.CharField(max_length=320)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    purpose = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="automatic_mail_to"),
            models.Index(fields=["at"], name="automatic_mail_at"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.address}"
