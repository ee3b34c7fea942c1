"""Events and the people they concern. Database triggers refuse every change and every deletion but forgetting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wegnetz.core.models import UUIDModel


class Event(UUIDModel):
    """One reading or act. No content, only who, what kind, about whom and why.

    A forgotten event has no salt and no subjects, its texts are empty, and only its place in the chain is left.
    """

    organisation = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(null=True)
    actor = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    category = models.CharField(max_length=200)
    purpose = models.CharField(max_length=120)
    salt = models.BinaryField(null=True)
    leaf = models.BinaryField()
    link = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="one_event_per_place_in_the_chain"),
            models.CheckConstraint(
                condition=Q(salt__isnull=False, at__isnull=False)
                | Q(salt=None, at=None, actor=None, actor_role="", action="", category="", purpose=""),
                name="an_event_is_there_or_forgotten_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"])]


class EventSubject(models.Model):
    """A person an event concerns. `organisation` is the event's; the database holds the two together."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")
    organisation = models.UUIDField()
    subject = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "subject"], name="each_subject_once_per_event")
        ]
        indexes: ClassVar = [models.Index(fields=["subject"])]


class WitnessedEntry(models.Model):
    """The digest of an entry in the file of heads: so that one who cuts the file is found out as well."""

    number = models.PositiveBigIntegerField(primary_key=True)
    digest = models.BinaryField()
