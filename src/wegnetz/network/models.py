"""What a person likes, and how introductions to contact points went. Every word about a person is sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wegnetz.directory.models import Offer
from wegnetz.participants.models import Record


class Interests(Record):
    """What a person likes to do, and what a place must have for them. All of it is in the box."""

    category, padded = "interests", 2048

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["involvement"], condition=Q(deleted_at__isnull=True), name="one_list_of_interests_each"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class Introduction(Record):
    """A person and an offer. Which offer is in the box: where somebody goes, and when, is nobody's to read.

    `due_on` is the day on which it is asked about next.
    """

    category, padded = "introductions", 2048

    stage = models.CharField(max_length=12)
    due_on = models.DateField(null=True, default=None)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class Outcome(models.Model):
    """How many introductions to an offer were agreed on, led to a visit, and to a second one. Nobody is named."""

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.CASCADE, related_name="+")
    agreed = models.PositiveIntegerField(default=0)
    visited = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
