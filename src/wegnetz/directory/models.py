"""Contact points in the city and what they offer. Public by nature: no row here is about a participant."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wegnetz.accounts.models import Membership, Organisation
from wegnetz.core.models import UUIDModel


class Source(UUIDModel):
    """Where entries come from when nobody typed them here: a file or a service, under which licence.

    `mapping` is which of its columns goes into which field, for files that have columns.
    """

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    attribution = models.CharField(max_length=300)
    licence = models.CharField(max_length=100)
    mapping = models.JSONField(default=dict)
    read_on = models.DateField(null=True, default=None)


class Stage(StrEnum):
    """How far an import is. A small file needs none: it is read whenever somebody looks at it."""

    SMALL = ""
    READING = "reading"  # the worker reads it
    READY = "ready"  # was read; somebody has to say yes
    TAKING = "taking"  # the worker takes it over
    DONE = "done"
    STOPPED = "stopped"  # `stopped_by` says why; nothing was changed


class Phase(StrEnum):
    """What the worker does with it just now."""

    WAITING = "waiting"  # nothing yet
    OPENING = "opening"
    READING = "reading"  # `done` of `total` entries
    COMPARING = "comparing"  # with what is stored, and writes it where it is taken over


class Import(UUIDModel):
    """A file that was handed in. It goes when it is taken over, discarded, or a week old.

    A large one is the worker's. `turn` counts who had it: only who had it last may say anything of it, and `beat_at` is
    when they did; `tries` counts those of this stage. `preview` is what was read (`selectors.previews`), `agreed` the
    digest of the one somebody said yes to, in the membership `made_as`; `renewed` that it changed since then.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=20)
    mapping = models.JSONField(null=True, default=None)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, default=Stage.SMALL.value)
    phase = models.CharField(max_length=10, default=Phase.WAITING.value)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, default=None)
    preview = models.JSONField(null=True, default=None)
    agreed = models.CharField(max_length=64, default="")
    made_as = models.ForeignKey(Membership, null=True, default=None, on_delete=models.SET_NULL, related_name="+")
    renewed = models.BooleanField(default=False)
    stopped_by = models.CharField(max_length=20, default="")
    stopped_at = models.CharField(max_length=300, default="")


class ImportFile(models.Model):
    """One of the files of an import, in one language."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]


class Entry(UUIDModel):
    """What is said of a contact point or an offer, as JSON of `directory.entries`, and how it came to be so.

    The other columns repeat what lists look for. `imported` is the entry as its source had it last: what differs from
    it was changed here. An entry that its source no longer has, or that was deleted, is `gone_on` a day and can come
    back; one that was `deleted_here` does not come back with the next file, and one that was brought back by hand is
    `kept_here` although its source no longer has it.
    """

    entry = models.JSONField()
    imported = models.JSONField(null=True, default=None)
    title = models.CharField(max_length=300)
    closed = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True, default=None)
    gone_on = models.DateField(null=True, default=None)
    deleted_here = models.BooleanField(default=False)
    kept_here = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ContactPoint(Entry):
    """A place, or a group without one, where somebody can come to know people. Its owner keeps it up to date."""

    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="points")
    key = models.CharField(max_length=300, default="")
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.CharField(max_length=100, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "key"], condition=Q(source__isnull=False), name="each_key_once_in_a_source"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["title"])]


class Offer(Entry):
    """Something that takes place at a contact point. None where it is not said."""

    point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="offers")
    key = models.CharField(max_length=300)
    age_from = models.PositiveIntegerField(null=True, default=None)
    age_to = models.PositiveIntegerField(null=True, default=None)
    cost_cents = models.PositiveIntegerField(null=True, default=None)
    women_only = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "key"], name="each_offer_once_at_a_contact_point")
        ]


class OfferTag(models.Model):
    """An interest that an offer is for, or a language in which it is held."""

    CONCEPT, LANGUAGE = "concept", "language"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "kind", "value"], name="each_tag_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "value"])]


class ConfirmationMail(models.Model):
    """When a member of staff was asked last by mail to confirm contact points, and how many waited then.

    The day is there before the mail is sent, and `places` is 0 until it went out.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField()
    places = models.PositiveIntegerField(default=0)


class SearchText(models.Model):
    """What is said of an offer that stands open, in one language, made ready to be found: see `engines.search.texts`.

    `version` and `point_version` are those of the offer and its contact point of which it was made, and `made` is how.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="texts")
    language = models.TextField()
    length = models.PositiveIntegerField(db_index=True)
    version = models.PositiveIntegerField()
    point_version = models.PositiveIntegerField()
    made = models.PositiveSmallIntegerField()
    title = models.TextField()
    body = models.TextField()
    written = models.TextField()
    parts = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "language"], name="each_text_once")]


class SearchWord(models.Model):
    """A folded word of these texts, and how many have it. `gaps`: it and what it becomes without one of its letters."""

    word = models.CharField(max_length=64, unique=True)
    texts = models.IntegerField()
    gaps = models.TextField()
    trigrams = models.PositiveSmallIntegerField()
