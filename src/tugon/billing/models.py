"""Processors, what they print on statements, how to reach them, and what people looked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugon.facts.referencing import render
from tugon.lib import opening

from .querysets import ChargeLookups, Processors


class Processor(models.Model):
    """Somebody who charges cards and accounts in our name, or for creators of ours."""

    name = models.CharField(max_length=120, unique=True)
    abouts = models.JSONField(default=dict, blank=True, db_comment="language → what they charge for")
    notes = models.TextField(blank=True, db_comment="for us; never shown to customers")
    can_cancel = models.BooleanField(default=False)
    can_refund = models.BooleanField(default=False)
    can_receipt = models.BooleanField(default=False)
    can_update_card = models.BooleanField(default=False)
    only_we_can = models.JSONField(
        default=dict, blank=True, db_comment="language → what they cannot do and we can"
    )
    have_ready = models.JSONField(
        default=dict, blank=True, db_comment="language → lines: what to have at hand"
    )
    countries = models.JSONField(default=list, blank=True, db_comment="ISO 3166; empty: everywhere")
    languages = models.JSONField(default=list, blank=True, db_comment="BCP 47 in which they answer")
    review_every_days = models.PositiveSmallIntegerField(default=180)
    review_due_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = Processors.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            # the queue of stale entries
            models.Index(fields=["review_due_on"], condition=Q(archived_at=None), name="processor_to_review"),
        ]

    def __str__(self) -> str:
        return self.name

    def about_in(self, language: str) -> str:
        return _in(self.abouts, language)

    def only_we_can_in(self, language: str) -> str:
        return _in(self.only_we_can, language)

    def have_ready_in(self, language: str) -> list[str]:
        """One thing a line."""
        return [line.strip() for line in _in(self.have_ready, language).splitlines() if line.strip()]


class Descriptor(models.Model):
    """Words that a processor prints on statements, as they stand there: SINPAY*CREATOR 8005551212 MNL."""

    class Kind(models.TextChoices):
        CARD = "card", _("Card statement")
        WALLET = "wallet", _("E-wallet")
        BANK = "bank", _("Bank account")
        STORE = "store", _("App store")

    processor = models.ForeignKey(Processor, on_delete=models.CASCADE, related_name="descriptors")
    pattern = models.CharField(max_length=120)
    normal = models.CharField(
        max_length=120, db_comment="what is compared; made from the pattern by finding.py"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.CARD)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(fields=["processor", "normal"], name="descriptor_once_a_processor"),
            models.CheckConstraint(condition=~Q(normal=""), name="descriptor_says_something"),
        ]

    def __str__(self) -> str:
        return self.pattern


class ContactRoute(models.Model):
    """One way to reach a processor."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("E-mail")
        PHONE = "phone", _("Phone")
        CHAT = "chat", _("Chat")
        FORM = "form", _("Form")
        WEB = "web", _("Website")

    processor = models.ForeignKey(Processor, on_delete=models.CASCADE, related_name="routes")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    value = models.CharField(max_length=300, db_comment="address; phone numbers in E.164")
    hours = models.CharField(
        max_length=300, blank=True, db_comment="as lib.opening writes them; empty: unknown"
    )
    zone = models.CharField(max_length=64, blank=True, db_comment="IANA; of the hours")
    languages = models.JSONField(default=list, blank=True)
    countries = models.JSONField(
        default=list, blank=True, db_comment="from where it can be used; empty: anywhere"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["processor", "kind", "value"], name="contact_route_once_a_processor"
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def standing(self, at: datetime) -> tuple[bool, datetime | None] | None:
        """(open now, when that changes) on the clock of its zone; None where no hours are known."""
        zone = opening.zone_or_none(self.zone)
        if not self.hours or zone is None:
            return None
        week, local = opening.read(self.hours), at.astimezone(zone)
        is_open = week.is_open(local)
        return is_open, week.closes_at(local) if is_open else week.opens_at(local)

    def hours_in(self, language: str) -> str:
        """The hours in words, on the clock of their zone."""
        return opening.write(opening.read(self.hours), language=language) if self.hours else ""


class ChargeLookup(models.Model):
    """What somebody looked for on “Who charged me?”; digits that could be a card's or an account's are taken out."""

    token = models.CharField(
        max_length=32, unique=True, db_comment="of one page's visit; nobody can guess it"
    )
    asked = models.CharField(max_length=120)
    normal = models.CharField(max_length=120)
    language = models.CharField(max_length=15)
    processor = models.ForeignKey(
        Processor,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lookups",
        db_comment="the best match",
    )
    score = models.FloatField(default=0)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, blank=True, db_comment="somebody dealt with what was not found"
    )

    objects = ChargeLookups.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["normal"],
                condition=Q(processor=None, settled_at=None),
                name="charge_lookup_not_found",
            ),
            models.Index(fields=["at"], name="charge_lookup_by_moment"),
        ]

    def __str__(self) -> str:
        return self.asked


def _in(words: dict[str, Any], language: str) -> str:
    """The words in a language, English where there are none; facts they name are filled in."""
    return render(str(words.get(language) or words.get("en") or ""), language)
