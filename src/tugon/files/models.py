from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Bytes kept once: two people sending the same picture share one row."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField(db_comment="bytes")
    media_type = models.CharField(
        max_length=120, db_comment="found in the content, not what the sender claimed"
    )
    width = models.PositiveIntegerField(null=True, db_comment="pixels, for images")
    height = models.PositiveIntegerField(null=True)
    storage_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    redacted_at = models.DateTimeField(null=True, db_comment="the bytes were removed for good")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="file_size_not_negative")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        """Whether a browser may show it inline: only picture types that carry no script."""
        return self.media_type in {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}

    @property
    def is_film(self) -> bool:
        """Whether a browser may play it in the page."""
        return self.media_type in {"video/mp4", "video/webm", "video/ogg", "video/quicktime"}


class Upload(models.Model):
    """A file sent before the message it belongs to: kept for a day, then swept if nothing took it."""

    token = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    owner = models.CharField(
        max_length=80, db_comment="agent:3, customer:9 or session:<hash>: who may take it"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
