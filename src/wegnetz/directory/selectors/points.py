"""Contact points and offers as their readers see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Sum

from wegnetz.accounts.access import Viewer
from wegnetz.core.errors import DomainError
from wegnetz.directory import entries
from wegnetz.directory.access import (
    KEEPS_THE_DIRECTORY,
    ContactPoint,
    Offer,
    offers_in_scope,
    points_in_scope,
    points_to_keep,
)
from wegnetz.directory.entries.changes import from_json
from wegnetz.directory.exporting.calendar import Revision
from wegnetz.directory.models import OfferTag, Source

CONFIRM_EVERY: Final = timedelta(days=182)


class PointNotFoundError(DomainError):
    """There is no such contact point or offer, or it is not the viewer's to change."""


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer and how it came to be so."""

    id: UUID
    version: int
    offer: entries.Offer
    changed_at: datetime
    gone_on: date | None


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A contact point with its offers. `owner` is the organisation that keeps it up to date, if any does."""

    id: UUID
    version: int
    point: entries.Point
    offers: tuple[StoredOffer, ...]
    offers_gone: tuple[StoredOffer, ...]
    owner: UUID | None
    owner_name: str
    attribution: str
    licence: str
    changed_at: datetime
    gone_on: date | None

    @property
    def exported(self) -> entries.Point:
        """As it is given away: by our own identifiers, which are those of its pages.

        It was changed when it or one of its offers was changed here: who asks for news has it from us, not its source.
        """
        offers = (replace(stored.offer, key=str(stored.id)) for stored in self.offers)
        changed = max([self.changed_at, *(stored.changed_at for stored in (*self.offers, *self.offers_gone))])
        return replace(self.point, key=str(self.id), offers=tuple(offers), modified_at=changed)

    def revision(self, offer: StoredOffer) -> Revision:
        return Revision(self.version + offer.version, max(self.changed_at, offer.changed_at))


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. Empty and None: no matter. An age, a price or a place that is not said excludes nobody.

    `concepts` are ids of interests, with those below them. `age` is in completed years.
    """

    concepts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    district: str = ""
    age: int | None = None
    free: bool = False
    women_only: bool = False
    accessible: bool = False

    @property
    def asks_for_offers(self) -> bool:
        """Whether it asks for more than a place and the way there."""
        return bool(self.concepts or self.languages or self.free or self.women_only) or self.age is not None


def open_point(point_id: UUID) -> StoredPoint:
    """One contact point with its offers. Raises PointNotFoundError."""
    found = _whole(points_in_scope()).filter(id=point_id).first()
    if found is None:
        raise PointNotFoundError
    return stored_point(found)


def point_of(offer_id: UUID) -> StoredPoint | None:
    """The contact point of an offer, with all its offers. None where it is gone."""
    found = _whole(points_in_scope()).filter(id__in=offers_in_scope().filter(id=offer_id).values("point")).first()
    return stored_point(found) if found else None


def kept_point(viewer: Viewer, point_id: UUID) -> StoredPoint:
    """One contact point that the viewer may change, also one that is gone. Raises PointNotFoundError."""
    found = _whole(points_to_keep(viewer)).filter(id=point_id).first()
    if found is None:
        raise PointNotFoundError
    return stored_point(found)


def kept_points(viewer: Viewer, *, named: str = "", gone: bool = False) -> QuerySet[ContactPoint]:
    """What the viewer may change, by name; or what is gone of it. Each knows how many offers it has.

    `named` is in the name of the contact point or of what it offers.
    """
    standing = Count("offers", filter=Q(offers__gone_on__isnull=True))
    found = points_to_keep(viewer).filter(gone_on__isnull=not gone)
    if named:
        offered = Offer.objects.filter(point=OuterRef("pk"), gone_on__isnull=True, title__icontains=named)
        found = found.filter(Q(title__icontains=named) | Exists(offered))
    return found.select_related("owner", "source").annotate(offers_there=standing).order_by("title", "id")


def same_place(point: entries.Point) -> StoredPoint | None:
    """A contact point of the same name that could be at the same address, if there is one."""
    named = _whole(points_in_scope()).filter(title__iexact=point.wording.source.texts[entries.NAME]).order_by("id")
    return next((found for found in map(stored_point, named) if found.point.address.may_be(point.address)), None)


def find_offers(search: Search) -> QuerySet[Offer]:
    """Offers of open contact points that fit, by their title. Each comes with its contact point."""
    found = offers_in_scope().filter(closed=False, point__closed=False)
    for kind, wanted in ((OfferTag.CONCEPT, search.concepts), (OfferTag.LANGUAGE, search.languages)):
        if wanted:
            found = found.filter(_tagged(kind, wanted))
    if search.district:
        found = found.filter(point__district=search.district)
    if search.age is not None:
        found = found.filter(
            Q(age_from__isnull=True) | Q(age_from__lte=search.age), Q(age_to__isnull=True) | Q(age_to__gte=search.age)
        )
    if search.free:
        found = found.filter(cost_cents=0)
    if search.women_only:
        found = found.filter(women_only=True)
    if search.accessible:
        found = found.filter(point__entry__accessible=True)
    return found.select_related("point").order_by("title", "id")


def points_without_offers(search: Search) -> QuerySet[ContactPoint]:
    """Open contact points of which nobody knows yet what they offer, by name; none if `search` asks what it is."""
    if search.asks_for_offers:
        return ContactPoint.objects.none()
    standing = Offer.objects.filter(point=OuterRef("pk"), gone_on__isnull=True)
    found = _whole(points_in_scope()).filter(~Exists(standing), closed=False)
    if search.district:
        found = found.filter(district=search.district)
    if search.accessible:
        found = found.filter(entry__accessible=True)
    return found.order_by("title", "id")


def _tagged(kind: str, values: Collection[str]) -> Exists:
    return Exists(OfferTag.objects.filter(offer=OuterRef("pk"), kind=kind, value__in=sorted(values)))


def districts() -> list[str]:
    """Where there is something, by name."""
    found = points_in_scope().filter(closed=False).exclude(district="").order_by("district")
    return list(found.values_list("district", flat=True).distinct())


def spoken_languages() -> list[str]:
    """The languages in which something is held, by their codes."""
    tags = OfferTag.objects.filter(kind=OfferTag.LANGUAGE, offer__in=offers_in_scope()).order_by("value")
    return list(tags.values_list("value", flat=True).distinct())


def to_confirm(viewer: Viewer, *, on: date) -> QuerySet[ContactPoint]:
    """Which of the viewer's contact points nobody has confirmed for half a year, the longest unconfirmed first."""
    overdue = Q(confirmed_on__isnull=True) | Q(confirmed_on__lte=on - CONFIRM_EVERY)
    standing = points_to_keep(viewer).filter(overdue, gone_on__isnull=True, closed=False)
    return standing.order_by(F("confirmed_on").asc(nulls_first=True), "title", "id")


def points_to_check(viewer: Viewer, *, on: date) -> QuerySet[ContactPoint]:
    """The same with all that is said of them, to be opened by `stored_point`."""
    return _whole(to_confirm(viewer, on=on))


def long_unconfirmed(point: entries.Point, *, on: date) -> bool:
    """Whether nobody has confirmed a contact point for half a year, or ever."""
    return point.confirmed_on is None or point.confirmed_on <= on - CONFIRM_EVERY


def places_to_confirm(viewer: Viewer, *, on: date) -> int:
    """How many they are; asked of nobody but those who keep contact points."""
    return to_confirm(viewer, on=on).count() if viewer.role in KEEPS_THE_DIRECTORY else 0


def _whole(points: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    offers = Prefetch("offers", Offer.objects.order_by("title", "id"))
    return points.select_related("source", "owner").prefetch_related(offers)


def stored_point(row: ContactPoint) -> StoredPoint:
    """From a row with its source, owner and offers."""
    offers = [stored_offer(offer) for offer in row.offers.all()]
    return StoredPoint(
        id=row.id, version=row.version, point=from_json(row.entry, entries.Point),
        offers=tuple(offer for offer in offers if offer.gone_on is None),
        offers_gone=tuple(offer for offer in offers if offer.gone_on is not None),
        owner=row.owner_id, owner_name=row.owner.name if row.owner else "",
        attribution=row.source.attribution if row.source else "", licence=row.source.licence if row.source else "",
        changed_at=row.changed_at, gone_on=row.gone_on,
    )  # fmt: skip


def stored_offer(row: Offer) -> StoredOffer:
    return StoredOffer(row.id, row.version, from_json(row.entry, entries.Offer), row.changed_at, row.gone_on)


def whole_directory() -> tuple[StoredPoint, ...]:
    """Every contact point that is open, by name: what is given away in files."""
    return _everything(state())


# When anything was changed last, how often, and how much there is: enough to know that what was read is still true.
# The moment alone does not do: a long import can end after a change that began later.
State = tuple[datetime | int | str | None, ...]


def state() -> State:
    asked = {"changed": Max("changed_at"), "times": Sum("version"), "number": Count("id")}
    points, offers = points_in_scope().aggregate(**asked), offers_in_scope().aggregate(**asked)
    credited = Source.objects.order_by("id").values_list("id", "attribution", "licence")
    return *(points[name] for name in asked), *(offers[name] for name in asked), *map(str, credited)


@lru_cache(maxsize=1)
def _everything(_state: State) -> tuple[StoredPoint, ...]:
    rows = _whole(points_in_scope()).filter(closed=False).order_by("title", "id")
    return tuple(stored_point(row) for row in rows)


def given_away() -> tuple[entries.Point, ...]:
    """The same as it is given away."""
    return _given_away(state())


@lru_cache(maxsize=1)
def _given_away(now: State) -> tuple[entries.Point, ...]:
    return tuple(point.exported for point in _everything(now))
