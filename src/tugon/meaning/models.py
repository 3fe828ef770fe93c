from __future__ import annotations

from django.db import models


class Vector(models.Model):
    """One stored vector. A shelf holds the vectors of one kind of thing; a key may have several (a title, a body).

    Rows are replaced, never changed: a new id tells the warm process that there is something to read.
    """

    shelf = models.CharField(max_length=40)
    key = models.BigIntegerField(db_comment="id of the thing, in whatever table the shelf stands for")
    part = models.SmallIntegerField()
    model = models.CharField(
        max_length=100, db_comment="of the embedder: different models cannot be compared"
    )
    numbers = models.BinaryField(db_comment="float16, little-endian, length 1")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelf", "model", "key", "part"], name="meaning_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.shelf} {self.key}.{self.part}"
