from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """One decision of the company. Its key is defined in `keys.py`."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key


class Logo(models.Model):
    """The company's picture, re-encoded by us: small, and nothing but pixels. The newest one counts."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField(db_comment="PNG")
    width = models.PositiveSmallIntegerField(db_comment="pixels")
    height = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]
