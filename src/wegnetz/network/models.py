"""What a person likes, how introductions went, what is missing, and a person's map. Words about people are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

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
    the month in which it was said first: that somebody said it once more is nobody's to read.
    """

    OPEN, OFFERED, REMOVED = "open", "offered", "removed"

    concept = models.SlugField(max_length=80, default="")
    wish = models.CharField(max_length=200, default="")
    before = models.PositiveIntegerField(default=0)
    month = models.DateField()
    during = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=OPEN)
    closed_in = models.DateField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_interest_or_a_wish",
                condition=Q(concept="") & ~Q(wish="") | ~Q(concept="") & Q(wish=""),
            ),
            models.UniqueConstraint(
                fields=["concept"], condition=Q(state="open") & ~Q(concept=""), name="each_missing_interest_once"
            ),
            models.UniqueConstraint(
                Upper("wish"), condition=Q(state="open") & ~Q(wish=""), name="each_missing_wish_once"
            ),
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
