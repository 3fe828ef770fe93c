from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from tugon.events.actors import Actor, ActorKind
from tugon.facts.referencing import render

from .querysets import ContactPointQuerySet, CustomerQuerySet


class Audience(models.Model):
    """A kind of customer with its own forms, chapters and routes: members, creators, studios."""

    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict, db_comment="language → name")
    descriptions = models.JSONField(default=dict, blank=True, db_comment="language → one line for the card")
    icon = models.CharField(max_length=40, default="user")
    position = models.PositiveSmallIntegerField(default=0)
    is_visible = models.BooleanField(default=True)
    reads_mood = models.BooleanField(
        default=True, db_comment="whether the mood of what they write is read at all"
    )
    guides_by_history = models.BooleanField(
        default=True, db_comment="whether earlier tickets show agents repeated difficulty and guidance for it"
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        """The name in a language; English, then the key, where there is none."""
        return self.names.get(language) or self.names.get("en") or self.key

    def description_in(self, language: str) -> str:
        return render(self.descriptions.get(language) or self.descriptions.get("en") or "", language)


class Plan(models.Model):
    """What a customer pays for; support promises may depend on it."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A company or studio whose people write to us."""

    name = models.CharField(max_length=160)
    domains = models.JSONField(
        default=list, blank=True, db_comment="mail domains whose verified senders belong here"
    )
    notes = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [GinIndex(fields=["domains"], name="organisation_by_domain")]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """One person, whatever channels they use."""

    name = models.CharField(max_length=160, blank=True)
    username = models.CharField(
        max_length=120, blank=True, db_comment="on the host platform, as typed or signed"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers"
    )
    audience = models.ForeignKey(
        Audience, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers"
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers")
    language = models.CharField(max_length=16, blank=True, help_text="BCP 47; empty until known")
    time_zone = models.CharField(max_length=64, blank=True)
    notes = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True, db_comment="custom fields by key")
    blocked_at = models.DateTimeField(
        null=True, blank=True, db_comment="mail of this person is kept aside as spam"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="customer_not_into_itself"
            ),
        ]
        indexes = [
            # The customers' list, newest first.
            models.Index(fields=["-created_at", "-id"], name="customer_newest"),
            models.Index(fields=["username"], name="customer_username", condition=~models.Q(username="")),
            # Possible duplicates: the same name, whatever its letter case.
            models.Index(Upper("name"), name="customer_name"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """Name, else user name, else words."""
        return self.name or self.username or str(_("Unknown person"))

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.CUSTOMER, self.pk, subject=self)


class ContactPoint(models.Model):
    """One way to reach a customer. Unverified until the person proved that it is theirs.

    A verified value belongs to one customer only; the same value may be claimed, unverified, by several.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail address")
        PHONE = "phone", _("Telephone number")
        HANDLE = "handle", _("Handle")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    network = models.CharField(max_length=24, blank=True, db_comment="for handles: telegram, whatsapp …")
    value = models.CharField(
        max_length=320, db_comment="normalised: lower-case address, E.164 number, opaque id"
    )
    label = models.CharField(max_length=60, blank=True)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    undeliverable_at = models.DateTimeField(
        null=True, blank=True, db_comment="a hard bounce: automatic mail is held back"
    )
    undeliverable_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "network", "value"],
                condition=models.Q(verified_at__isnull=False),
                name="verified_contact_point_once",
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "network", "value"], name="contact_point_once_per_customer"
            ),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="contact_point_by_value")]

    def __str__(self) -> str:
        return self.value


class CustomField(models.Model):
    """A typed field a company adds to tickets, customers or organisations. Values live in the row's `fields` by key."""

    class On(models.TextChoices):
        TICKET = "ticket", _("Ticket")
        CUSTOMER = "customer", _("Customer")
        ORGANISATION = "organisation", _("Organisation")

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        BOOLEAN = "boolean", _("Yes or no")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")
        CHOICES = "choices", _("Several of a list")
        URL = "url", _("Web address")

    on = models.CharField(max_length=12, choices=On.choices)
    key = models.SlugField(max_length=40)
    names = models.JSONField(default=dict, db_comment="language → label")
    hints = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    choices = models.JSONField(default=list, blank=True, db_comment="[{key, names}] for choice kinds")
    is_required = models.BooleanField(default=False)
    required_to_solve = models.BooleanField(default=False)
    shown_to_customer = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["on", "key"], name="custom_field_key_once")]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.key

    def hint_in(self, language: str) -> str:
        return render(self.hints.get(language) or self.hints.get("en") or "", language)


class CustomerMerge(models.Model):
    """What a merge moved, so that it can be undone row by row."""

    source = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges_away")
    target = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges_in")
    moved = models.JSONField(default=dict, db_comment="kind of row → ids that moved")
    before = models.JSONField(default=dict, db_comment="fields of the target that the merge filled")
    merged_by_id = models.BigIntegerField(null=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.source_id} into {self.target_id}"


class HostKey(models.Model):
    """A secret that the host platform signs with to say who a visitor is. Two may live at once, so that the host can
    change from one to the next without turning anybody away.
    """

    kid = models.SlugField(max_length=24, unique=True, db_comment="named in the head of a JWT (RFC 7515)")
    sealed_secret = models.TextField()
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.kid
