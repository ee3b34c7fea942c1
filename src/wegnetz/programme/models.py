"""Every pack version that was ever in force, whole, so that old decisions replay from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wegnetz.core.models import UUIDModel


class PackVersion(UUIDModel):
    """One version of a programme pack. Once in force it never changes; a newer one takes its place.

    A version that never was in force is a proposal, and may be replaced by a better one of the same number.
    """

    pack = models.SlugField(max_length=80)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    in_force = models.BooleanField(default=False)
    in_force_since = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "version"], name="a_version_is_loaded_once"),
            models.UniqueConstraint(
                fields=["in_force"], condition=models.Q(in_force=True), name="one_version_in_force"
            ),
        ]
