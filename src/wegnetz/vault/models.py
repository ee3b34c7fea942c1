"""A key for each person, wrapped under the installation's master key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SubjectKey(models.Model):
    """The key that opens one person's data. Destroyed, it stays as an empty row: the erasure ledger."""

    owner = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="destroyed_keys_are_empty",
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped=b""),
            )
        ]
