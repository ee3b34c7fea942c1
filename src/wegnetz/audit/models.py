"""Events and the people they concern. Database triggers refuse every change and every deletion."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wegnetz.core.models import UUIDModel


class Event(UUIDModel):
    """One reading or act. No content, only who, what kind, about whom and why."""

    organisation = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    category = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120)
    salt = models.BinaryField()
    leaf = models.BinaryField()
    link = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="one_event_per_place_in_the_chain")
        ]
        indexes: ClassVar = [models.Index(fields=["at"])]


class EventSubject(models.Model):
    """A person an event concerns."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")
    subject = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "subject"], name="each_subject_once_per_event")
        ]
        indexes: ClassVar = [models.Index(fields=["subject"])]
