"""A person, the answers recorded about them, and the decisions. Every word about them is sealed.

A sealed field (`*_box`) is a JSON object encrypted under the person's own key, bound to its row and field.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from wegnetz.accounts.models import Organisation
from wegnetz.core.models import UUIDModel
from wegnetz.programme.models import PackVersion


class Person(UUIDModel):
    """Someone in the programme, known to the database by a pseudonym only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case_manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=20, unique=True)
    registered_on = models.DateField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name_box = models.BinaryField()
    contact_box = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "pseudonym"]),
            models.Index(fields=["organisation", "registered_on"]),
        ]


class FactRecord(UUIDModel):
    """One answer, never changed. A newer record or a retraction takes its place."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    box = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retracted_at = models.DateTimeField(null=True, default=None)
    retracted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"])]


class StoredDecision(UUIDModel):
    """What the rules said of a person on a day, with the facts used and the pack version: it can be replayed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    box = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "decided_at"])]


class SingleCaseDecision(UUIDModel):
    """What a person decided where the rules leave it to a person, and why."""

    decision = models.ForeignKey(StoredDecision, on_delete=models.PROTECT, related_name="single_cases")
    box = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class RuleNotice(UUIDModel):
    """For whom in an organisation another pack decides differently. Nothing changes until somebody has looked.

    One row for all of them: a row for each would tell a reader of the database whose answers a changed rule met.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    box = models.BinaryField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "after"], name="one_notice_per_organisation_and_pack")
        ]
