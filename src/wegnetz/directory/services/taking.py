"""Do what was planned for a source: only what changes is written, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory import entries
from wegnetz.directory.access import KEEPS_ALL
from wegnetz.directory.models import ContactPoint, Offer, Source
from wegnetz.directory.selectors import Plan, Planned, PointNotFoundError, What, plan_import
from wegnetz.directory.services.rows import fill_offer, fill_point, tag_all
from wegnetz.directory.services.search import make_searchable

Row = TypeVar("Row", ContactPoint, Offer)
# SQLite takes so many values in one statement that a few hundred rows fit; PostgreSQL would take more.
AT_ONCE = 500
# What an import says of a row; all else in it belongs to who keeps it here.
COMMON = (
    "entry", "imported", "title", "closed", "confirmed_on", "gone_on", "kept_here", "version", "changed_at",
    "changed_by",
)  # fmt: skip
OF_POINTS = (*COMMON, "district")
OF_OFFERS = (*COMMON, "age_from", "age_to", "cost_cents", "women_only")


class PreviewChangedError(DomainError):
    """Taking over would no longer do what somebody said yes to."""


@transaction.atomic
def take_over(
    source: Source, points: Iterable[entries.Point], *, by: Viewer, on: date, complete: bool = True,
    agreed: str | None = None,
) -> Plan:  # fmt: skip
    """Bring what is stored of a source to what it has now, and return what was done.

    It is planned anew within the transaction, so that nothing that was changed meanwhile is lost. With `agreed`, the
    digest of the plan that somebody has seen, any other plan is left undone.
    Raises TwiceError, PointNotFoundError, PreviewChangedError.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    _hold(source)
    plan = plan_import(source, points, complete=complete)
    if agreed is not None and plan.digest != agreed:
        raise PreviewChangedError
    _carry_out(plan, source, by, on)
    source.read_on = on
    source.save(update_fields=["read_on", "mapping", "kind"])
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by.actor, "import", subjects=[source.id], category="directory")
    make_searchable(Offer.objects.filter(point__source=source))
    return plan


def _hold(source: Source) -> None:
    """Until this transaction ends nobody else changes the rows that are read now and written back whole.

    Contact points before their offers, as everywhere, so that no two wait for each other.
    """
    Source.objects.select_for_update(no_key=True).get(id=source.id)
    points = ContactPoint.objects.filter(source=source)
    offers = Offer.objects.filter(point__source=source)
    for rows in (points.select_for_update(), offers.select_for_update(of=("self",))):
        list(rows.order_by("id").values_list("id", flat=True))


@dataclass(slots=True)
class _Rows(Generic[Row]):
    """What is to be written of one table: rows that are new, and rows that were there."""

    made: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)

    def add(self, row: Row, each: Planned, by: Viewer, on: date) -> None:
        if _settle(row, each, by, on):
            (self.made if each.what is What.NEW else self.changed).append(row)


def _carry_out(plan: Plan, source: Source, by: Viewer, on: date) -> None:
    points, offers = _Rows[ContactPoint](), _Rows[Offer]()
    by_key: dict[str, ContactPoint] = {}
    tagged: list[Offer] = []
    for each in plan.planned:
        said_anew = each.what in {What.NEW, What.CHANGED, What.BACK}
        if each.offer:
            offer = each.row if isinstance(each.row, Offer) else Offer(point=by_key[each.point], key=each.offer)
            if said_anew:
                fill_offer(offer, each.entry)
                tagged.append(offer)
            offers.add(offer, each, by, on)
        else:
            point = each.row if isinstance(each.row, ContactPoint) else ContactPoint(source=source, key=each.point)
            if said_anew:
                fill_point(point, each.entry)
            by_key[each.point] = point
            points.add(point, each, by, on)
    _write(points.made, points.changed, offers.made, offers.changed)
    tag_all(tagged)


def _settle(row: ContactPoint | Offer, each: Planned, by: Viewer, on: date) -> bool:
    """Note in the row what became of it. Nothing is written where nothing changes."""
    if each.what is What.SAME and row.imported == each.incoming and not row.kept_here:
        return False
    row.imported = each.incoming if each.incoming is not None else row.imported
    if each.what is What.GONE:
        row.gone_on = on
    elif each.what is What.BACK:
        row.gone_on = None
    row.kept_here = row.kept_here and each.incoming is None
    if each.what is not What.SAME:
        row.version += 0 if each.what is What.NEW else 1
        row.changed_at, row.changed_by_id = timezone.now(), by.user
    return True


def _write(
    new_points: list[ContactPoint], points: list[ContactPoint], new_offers: list[Offer], offers: list[Offer]
) -> None:
    """Contact points before their offers. The rows that were there are held, so each insert of one is an update."""
    ContactPoint.objects.bulk_create(new_points, AT_ONCE)
    ContactPoint.objects.bulk_create(
        points, AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=OF_POINTS
    )
    Offer.objects.bulk_create(new_offers, AT_ONCE)
    Offer.objects.bulk_create(offers, AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=OF_OFFERS)
