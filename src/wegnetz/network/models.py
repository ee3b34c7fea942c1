"""What a person likes, how introductions went, what is missing, workshops, and a person's map. Words about people are
sealed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wegnetz.accounts.models import Organisation
from wegnetz.core.models import UUIDModel
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.participants.models import Involvement, Person, Record


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

    `due_on` is the day on which it is asked about next. `said_box` is what the contact point itself said, sealed under
    the person's key; it `said_waits` until somebody has taken it over.
    """

    category, padded = "introductions", 2048

    stage = models.CharField(max_length=12)
    due_on = models.DateField(null=True, default=None)
    said_box = models.BinaryField(null=True, default=None)
    said_waits = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class Outcome(models.Model):
    """How many introductions to an offer were agreed on, led to a visit, and to a second one. Nobody is named."""

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.CASCADE, related_name="+")
    agreed = models.PositiveIntegerField(default=0)
    visited = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)


class PlaceLink(UUIDModel):
    """The secret link to a contact point's own page. It stands until it is revoked, or until its last day.

    Only its holder knows the secret: `token` is the SHA-256 of what stands in it. What is for the page is sealed to
    `public`; `private` is sealed under a key made of the secret, and emptied when the link is revoked. `address` is
    where the link itself was mailed, and so where news may go; empty where it was handed over otherwise.
    """

    point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    public = models.BinaryField()
    private = models.BinaryField()
    address = models.CharField(max_length=254, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(revoked_at__isnull=True), name="one_link_to_the_page_of_a_place"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(private=b""), name="a_revoked_link_opens_nothing"
            ),
        ]


class Announcement(UUIDModel):
    """That somebody is expected at a contact point, for its own page. Whom, where and by whom is not to be read.

    It is written together with a person's introduction, so a column that named the place would tell where that person
    goes. `shelf` is a fingerprint of the link, made with a key of the installation. The box opens with the link's
    private key alone, and the box inside it with the person's. `until` is the last day of a week.
    """

    shelf = models.CharField(max_length=64)
    box = models.BinaryField()
    until = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["shelf"])]


class Gap(UUIDModel):
    """Something that somebody would like to do and that nobody offers: an interest, or a wish in words that say nothing
    of them. Who it was, or at which organisation, stands nowhere; of when, only the month.

    What many miss is one row with a number; `before` the month, and `during` it (`engines.disclosure`). A wish keeps
    the month in which it was said first: that somebody said it once more is nobody's to read. By `folded` the same
    words are known again, however they are written; no database folds them as the other does.
    """

    OPEN, OFFERED, REMOVED = "open", "offered", "removed"

    concept = models.SlugField(max_length=80, default="")
    wish = models.CharField(max_length=200, default="")
    folded = models.CharField(max_length=600, default="")
    before = models.PositiveIntegerField(default=0)
    month = models.DateField()
    during = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=OPEN)
    closed_in = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_interest_or_a_wish",
                condition=Q(concept="") & ~Q(wish="") & ~Q(folded="") | ~Q(concept="") & Q(wish="") & Q(folded=""),
            ),
            models.UniqueConstraint(
                fields=["concept"], condition=Q(state="open") & ~Q(concept=""), name="each_missing_interest_once"
            ),
            models.UniqueConstraint(
                fields=["folded"], condition=Q(state="open") & ~Q(folded=""), name="each_missing_wish_once"
            ),
        ]


class Workshop(UUIDModel):
    """A workshop, or a series of them, of the organisation that invites to it. Nobody's data are in it.

    `wording` says in each language what it is called and what one does there (`openings.Programme`). `host` is who
    leads it, `place` where. `capacity` None is without a limit; `group_size` is how many sit together.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wording = models.JSONField()
    host = models.CharField(max_length=120, default="")
    place = models.CharField(max_length=200)
    directions = models.CharField(max_length=500, default="")
    women_only = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, default=None)
    group_size = models.PositiveIntegerField(default=4)
    childcare = models.BooleanField(default=False)
    travel = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    ended_on = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="somebody_sits_in_a_group", condition=Q(group_size__gte=2)),
            models.CheckConstraint(
                name="a_workshop_has_seats", condition=Q(capacity__isnull=True) | Q(capacity__gte=1)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "ended_on"])]


class WorkshopDate(UUIDModel):
    """One time at which a workshop takes place. `sequence` counts its changes, for calendars."""

    PLANNED, CANCELLED = "planned", "cancelled"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="dates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    # When the list was settled: from then on it is what funding counts.
    settled_at = models.DateTimeField(null=True, default=None)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # How many came, and how that is proved: {"present": 12, "screen": 8, …}. It stays when people are erased.
    counted = models.JSONField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_workshop_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(fields=["workshop", "starts_at"], name="a_workshop_begins_once_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "starts_at"])]


class Invitation(Record):
    """A person and a time of a workshop: whether they come, and whether they came.

    `token` is the SHA-256 of the secret in the person's own link, which opens what is said of the workshop and nothing
    of the person. In the box (`openings.Invited`) stand the secret, what they need, at which table they sat and how
    the attendance is proved. It is as long with a signature as without.
    """

    category, padded = "workshops", 8192

    date = models.ForeignKey(WorkshopDate, on_delete=models.PROTECT, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=10, default="invited")
    answered_at = models.DateTimeField(null=True, default=None)
    attended = models.BooleanField(null=True, default=None)
    marked_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["date", "involvement"], condition=Q(deleted_at__isnull=True), name="invited_once_to_a_date"
            ),
            models.CheckConstraint(
                name="answers_to_an_invitation",
                condition=Q(answer__in=["invited", "coming", "waiting", "declined"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "organisation"]),
            models.Index(fields=["date", "answer"]),
        ]


class Pairing(Record):
    """Two people who must not sit together, or must. Whom it is about besides, and why, is in the box.

    It stands with one of the two. It is for those who mix the tables, and is never told to anybody else.
    """

    category, padded = "pairings", 512

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class EveningLink(UUIDModel):
    """The secret link with which whoever leads a workshop ticks off who is there, on a phone, for one date."""

    date = models.ForeignKey(WorkshopDate, on_delete=models.CASCADE, related_name="links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["date"], condition=Q(revoked_at__isnull=True), name="one_link_to_an_evening"
            )
        ]


class Guest(UUIDModel):
    """Somebody who came and was not on the list: the first name, sealed, until it is known who it is.

    `id` is made on the phone, so that what is sent twice is there once.
    """

    date = models.ForeignKey(WorkshopDate, on_delete=models.CASCADE, related_name="guests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    box = models.BinaryField()
    noted_at = models.DateTimeField()


class Feedback(UUIDModel):
    """How a date was, as faces: for each question and answer how many gave it. Who, stands nowhere."""

    date = models.ForeignKey(WorkshopDate, on_delete=models.CASCADE, related_name="feedback")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    answer = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["date", "question", "answer"], name="one_row_for_each_face"),
            models.CheckConstraint(name="three_faces", condition=Q(answer__gte=1, answer__lte=3)),
        ]


class PersonMap(UUIDModel):
    """The map of a person's own network, and the link that opens it: one for each involvement. It is the person's own.

    `token` is the SHA-256 of the link's secret, which only its holder knows. `box` holds all versions of the map under
    a key of its own; `key_box` holds that key in two envelopes, one for the secret and one for the person's key in the
    vault: both are needed. `own_secret` says that the person has made a link of their own, which no staff have seen.
    When somebody draws is their own matter: nothing here says it but `version`, which counts the changes.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    key_box = models.BinaryField()
    box = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    own_secret = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["involvement"], name="one_map_for_each_involvement")]
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]


class SharedMap(Record):
    """A copy of a map that the person shows to those who accompany them, until a day; None until they end it.

    It is the person who shares, so `written_by` is whoever made the link to the map.
    """

    category, padded = "network map", 16384

    until = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["involvement"], condition=Q(deleted_at__isnull=True), name="one_shared_map_each"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "organisation"])]
