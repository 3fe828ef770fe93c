from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models

from .actors import ActorKind
from .querysets import EventQuerySet, FailedReactionQuerySet


class Event(models.Model):
    """One fact. Written once by `record`, never changed, never deleted but by retention."""

    name = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in ActorKind])
    actor_id = models.BigIntegerField(null=True)
    via = models.CharField(max_length=120, blank=True)
    depth = models.SmallIntegerField(
        default=0, db_comment="0 a person's act; a rule's consequence is one deeper"
    )
    cause = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="consequences", db_index=False
    )
    at = models.DateTimeField()

    at_hand: Mapping[str, Any] = MappingProxyType({})
    """Rows that the one who recorded it had just written, by name, for reactions in the same transaction: they need not
    ask for them again. Empty where the event was read from the database."""

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            # The timeline of one row, and "what happened to X" in the audit log.
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_of_subject"),
            # Reports walk one kind of fact through time.
            models.Index(fields=["name", "at"], name="event_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth__gte=0, depth__lte=10), name="event_depth_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_kind}:{self.subject_id}"

    @property
    def fact(self) -> Any:
        """The dataclass again, or None when this version does not know the fact. Values are JSON values."""
        from .facts import fact_class

        cls = fact_class(self.name)
        if cls is None:
            return None
        known = {key: value for key, value in self.data.items() if key in cls.__dataclass_fields__}
        return cls(**known)


class FailedReaction(models.Model):
    """A reaction that raised: it was rolled back to its savepoint, the fact stands, and it can be tried again."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="failures")
    reaction = models.CharField(max_length=120)
    error = models.TextField()
    attempts = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    objects = FailedReactionQuerySet.as_manager()

    class Meta:
        indexes = [
            # The administrators' page lists what is still open.
            models.Index(fields=["id"], name="failed_reaction_open", condition=models.Q(resolved_at=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="one_failure_per_reaction")]

    def __str__(self) -> str:
        return f"{self.reaction} on {self.event_id}"
