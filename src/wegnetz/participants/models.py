"""A person, who accompanies them on what ground, the answers recorded about them, and the decisions.

Every word about a person is sealed: a field `*_box` is a JSON object encrypted under the person's own key, bound to
its row and field.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wegnetz.accounts.models import Organisation
from wegnetz.core.models import UUIDModel
from wegnetz.programme.models import PackVersion


def _each_null(*columns: str, null: bool) -> Q:
    return Q(**{f"{column}__isnull": null for column in columns})


class Person(UUIDModel):
    """Someone in the programme, known to the database by a pseudonym only. `organisation` leads the way now.

    `led_since` is when it began to: a hand-over that was offered before is spent.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    led_since = models.DateTimeField()
    pseudonym = models.CharField(max_length=20, unique=True)
    registered_on = models.DateField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name_box = models.BinaryField()
    contact_box = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "registered_on"])]


class Consent(UUIDModel):
    """What a person answered when asked whether an organisation may see something, and whether it still stands.

    `purpose`, `function` and `wording` (the number of the text that was shown) are the pack's; `organisation` asked
    and wrote it down in its function `asked_in`, `recipient` is who may see, in its function `shown_to`. `secrecy` says
    how secret that is; `asked_secrecy`, how secret the function is that asked. `withdrawn_in` is the organisation to
    which the person said that they take it back. The box holds who gave it and who was there.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_in = models.SlugField(max_length=40)
    asked_secrecy = models.CharField(max_length=10)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.SlugField(max_length=60)
    function = models.SlugField(max_length=40, default="")
    shown_to = models.SlugField(max_length=40, default="")
    secrecy = models.CharField(max_length=10)
    answer = models.CharField(max_length=10)
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    wording = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=20)
    given_on = models.DateField()
    until = models.DateField(null=True, default=None)
    box = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, default=None)
    withdrawn_at = models.DateTimeField(null=True, default=None)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_in = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_channel = models.CharField(max_length=20, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_withdrawal_is_whole",
                condition=_each_null("withdrawn_at", "withdrawn_on", "withdrawn_by", "withdrawn_in", null=True)
                | _each_null("withdrawn_at", "withdrawn_on", "withdrawn_by", "withdrawn_in", null=False),
            ),
            models.CheckConstraint(name="answers_to_a_consent", condition=Q(answer__in=["given", "refused"])),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "recipient"])]


class SecrecyRelease(UUIDModel):
    """A release from professional secrecy (section 203 of the German Criminal Code): who may speak to whom of what.

    It is no consent to see data and opens no door; the box holds the professional, the recipient and the matter. It is
    known in the function in which it was written down, and nowhere else.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="releases")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.SlugField(max_length=40)
    given_on = models.DateField()
    until = models.DateField(null=True, default=None)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=20)
    box = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, default=None)


class Involvement(UUIDModel):
    """An organisation that accompanies a person in one function, on a consent or a recorded duty: never without.

    `secrecy` says who may know of it. It is closed when the work ends (`closed_on`) and ended when the door shuts.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.SlugField(max_length=40)
    secrecy = models.CharField(max_length=10)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="involvements")
    duty = models.SlugField(max_length=60, default="")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    began_on = models.DateField()
    closed_on = models.DateField(null=True, default=None)
    ended_on = models.DateField(null=True, default=None)
    ended_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_involvement_without_consent_or_duty",
                condition=Q(consent__isnull=False, duty="") | (Q(consent__isnull=True) & ~Q(duty="")),
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "function"],
                condition=Q(ended_at__isnull=True),
                name="one_involvement_for_each_function",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "function", "ended_at"])]


class BreakGlass(UUIDModel):
    """A lead's look at a person in an emergency: a reason, a second person, a limited time, and the person is told."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    box = models.BinaryField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, default=None)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, default=None)
    ends_at = models.DateTimeField(null=True, default=None)
    told_on = models.DateField(null=True, default=None)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="the_second_person_is_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="an_open_glass_has_an_end",
                condition=Q(confirmed_at__isnull=True, ends_at__isnull=True)
                | Q(confirmed_at__isnull=False, ends_at__isnull=False),
            ),
        ]


class Hold(UUIDModel):
    """A reason to keep what an organisation has of a person in one function longer than its class says.

    The box says which. It always has a last day: after a door was shut, nobody is left who could lift it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.SlugField(max_length=40)
    box = models.BinaryField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    lifted_on = models.DateField(null=True, default=None)


class FactRecord(UUIDModel):
    """One answer, never changed. A newer record or a retraction takes its place."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
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
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    box = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "decided_at"])]


class SingleCaseDecision(UUIDModel):
    """What a person decided where the rules leave it to a person, and why."""

    decision = models.ForeignKey(StoredDecision, on_delete=models.CASCADE, related_name="single_cases")
    box = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Record(UUIDModel):
    """A record of one organisation about one person, within one involvement. The three always belong together.

    `box` is a JSON object under the person's key, of `padded` bytes at the least: within that, no text is longer than
    another. `category` is what the audit calls it. A record `of_its_writer` is seen by nobody else. A deleted record
    can be brought back for some days, and then goes for good (`wegnetz.rules.retention.UNDO`).
    """

    category: ClassVar[str]
    padded: ClassVar[int]
    of_its_writer: ClassVar[bool] = False

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="+")
    box = models.BinaryField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, default=None)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, default=None)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def named(cls) -> str:
        """What its boxes are bound to."""
        return str(cls._meta.model_name)


class RetentionReport(UUIDModel):
    """What one run of the daily job found in an organisation for a kind of data: numbers of rows, nobody named.

    Counted apart by the function to which the rows belong (empty: to none), and apart where they are sealed, so that
    nobody reads from a number what they may not know.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=40)
    function = models.SlugField(max_length=40)
    secrecy = models.CharField(max_length=10)
    soon = models.PositiveIntegerField()
    deleted = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    reported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "on", "kind", "function", "secrecy"], name="one_report_for_each_kind_and_day"
            )
        ]


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
