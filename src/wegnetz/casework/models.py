"""What an organisation writes down while it accompanies a person: every word is sealed under the person's key."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wegnetz.accounts.models import Membership, Organisation
from wegnetz.core.models import UUIDModel
from wegnetz.participants.models import Consent, Involvement, Person, Record


class Assessment(Record):
    """Where a person stands in each area of life on a day: one of the pack's steps, and what was said."""

    category, padded = "assessment", 4096

    secrecy = models.CharField(max_length=10)
    taken_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation", "taken_on"])]


class Plan(Record):
    """The plan of a person, agreed with who leads the way: what they wish, and when it is looked at again."""

    category, padded = "plan", 1024

    secrecy = models.CharField(max_length=10)
    agreed_on = models.DateField(null=True, default=None)
    review_on = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["involvement"], condition=Q(deleted_at__isnull=True), name="one_plan_for_an_involvement"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "organisation"]),
            models.Index(fields=["organisation", "review_on"]),
        ]


class PlanItem(Record):
    """A goal, a step towards it, or a task. A task without a plan is a reminder of the organisation that wrote it."""

    category, padded = "plan", 512

    GOAL, STEP, TASK = "goal", "step", "task"

    kind = models.CharField(max_length=10)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="items")
    secrecy = models.CharField(max_length=10)
    position = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True, default=None)
    doer = models.CharField(max_length=20, default="person")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="open")
    done_on = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goals_stand_alone_and_steps_do_not",
                condition=Q(kind="goal", parent__isnull=True, plan__isnull=False)
                | Q(kind="step", parent__isnull=False, plan__isnull=False)
                | Q(kind="task", parent__isnull=True)
                | Q(kind="task", plan__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_done_has_a_day",
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on__isnull=True)),
            ),
            models.CheckConstraint(name="no_item_is_its_own_parent", condition=~Q(parent=F("id"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "organisation"]),
            models.Index(fields=["assignee", "state", "due_on"]),
            # Most are given to nobody: with those in it, the few that are seem many.
            models.Index(
                fields=["assigned_to", "state"], condition=Q(assigned_to__isnull=False), name="given_to_an_organisation"
            ),
        ]


class JournalEntry(Record):
    """What happened and was said. It stays with the organisation that wrote it."""

    category, padded = "journal", 1024

    happened_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField(null=True, default=None)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation", "-happened_at"])]


class Draft(Record):
    """What a member of staff is typing, kept while they type. Nobody else sees it; it goes when it is saved."""

    category, padded = "draft", 4096
    of_its_writer = True

    form = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["written_by", "involvement", "form"], name="one_draft_for_each_form")
        ]


class Appointment(Record):
    """A meeting with a person: when, of what kind, and whether it took place."""

    category, padded = "appointments", 512

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="planned")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="an_appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "starts_at"]),
            models.Index(fields=["person", "organisation", "starts_at"]),
        ]


class Document(Record):
    """A paper or picture. The name is in the box; the content stands apart, so that lists stay light."""

    category, padded = "documents", 512

    kind = models.CharField(max_length=40)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class DocumentContent(models.Model):
    """The sealed bytes of a document."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="content")
    box = models.BinaryField()


class Closing(Record):
    """How an accompaniment ended, and the look back some months later. The outcome is in the box."""

    category, padded = "closing", 1024

    closed_on = models.DateField()
    follow_up_on = models.DateField()
    followed_up_on = models.DateField(null=True, default=None)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "follow_up_on"])]


class Referral(UUIDModel):
    """An offer of one organisation to another to accompany a person in a function, on the person's consent.

    `secrecy` is that of the recipient's function, `sent_secrecy` that of the sender's. The box holds the letter and
    what travels with it: exactly the categories of the consent, as they were that day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.SlugField(max_length=40)
    secrecy = models.CharField(max_length=10)
    sent_secrecy = models.CharField(max_length=10)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    hands_over = models.BooleanField(default=False)
    status = models.CharField(max_length=12, default="offered")
    box = models.BinaryField()
    offered_on = models.DateField()
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, default=None)
    done_on = models.DateField(null=True, default=None)
    opened_at = models.DateTimeField(null=True, default=None)

    class Meta:
        # Unique for the sender's function alone, and not where it is sealed: no offer must be found by trying.
        constraints: ClassVar = [
            models.CheckConstraint(name="nobody_refers_to_themselves", condition=~Q(organisation=F("recipient"))),
            models.UniqueConstraint(
                fields=["involvement", "recipient", "function"],
                condition=Q(status="offered", secrecy="open"), name="one_open_offer_for_each_function",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["organisation", "status"]),
            models.Index(fields=["recipient", "status"]),
        ]


class ReferralStep(UUIDModel):
    """One step of a referral: who took it, when, and in the box why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12)
    box = models.BinaryField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["referral", "taken_at"])]


class CalendarFeed(UUIDModel):
    """A secret address under which a calendar program fetches the appointments of one role of a member of staff.

    Only its holder knows it: `token` is the SHA-256 of what stands in it.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(revoked_at__isnull=True), name="one_calendar_feed_for_a_role"
            )
        ]


class NoReminders(models.Model):
    """A member of staff who wants no reminders by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
