"""Do what was planned for a source: only what changes is written, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory import entries
from wegnetz.directory.access import KEEPS_ALL, imports_in_scope
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.models import ContactPoint, Import, ImportFile, Offer, Source
from wegnetz.directory.selectors import Plan, Planned, PointNotFoundError, What, plan_import
from wegnetz.directory.selectors.imports import is_complete, read_again
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.services.rows import fill_offer, fill_point, tag

KEPT: Final = timedelta(days=7)
MOST_WAITING: Final = 5


class TooManyWaitingError(DomainError):
    """Too many of somebody's files wait to be taken over."""


def ensure_source(*, name: str, kind: str, attribution: str, licence: str, by: Viewer) -> Source:
    """The source of this name, made when it is new. Empty texts leave what is said of a known one as it is.

    Raises PointNotFoundError for who may not import.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    given = {"kind": kind, "attribution": attribution, "licence": licence}
    said = {field: text for field, text in given.items() if text}
    source, _made = Source.objects.update_or_create(name=name, defaults=said, create_defaults=given)
    return source


@transaction.atomic
def hand_in(source: Source, files: Sequence[tuple[str, bytes]], *, by: Viewer, on: date) -> UUID:
    """Keep the files, each with its language, until they are taken over. Returns the id of the import.

    They are read once, so that nothing is kept that cannot be. Raises ReadRefusedError, PointNotFoundError, and
    TooManyWaitingError: whoever hands in must take over or discard now and then.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    if imports_in_scope(by).count() >= MOST_WAITING:
        raise TooManyWaitingError
    opened = [File(BytesIO(content), language) for language, content in files]
    reading = read(*opened, mapping=source.mapping or None, interests=interests().taxonomy)
    row = Import.objects.create(
        source=source, kind=reading.kind.value, mapping=dict(reading.mapping) or None, made_on=on, made_by_id=by.user
    )
    ImportFile.objects.bulk_create(
        ImportFile(of=row, position=number, language=language, content=content)
        for number, (language, content) in enumerate(files)
    )
    return row.id


@transaction.atomic
def hand_in_from(
    *, name: str, attribution: str, licence: str, files: Sequence[tuple[str, bytes]], by: Viewer, on: date
) -> UUID:
    """The same for a source by its name, which is made when it is new and only if its file can be read."""
    source = ensure_source(name=name, kind="", attribution=attribution, licence=licence, by=by)
    return hand_in(source, files, by=by, on=on)


@transaction.atomic
def map_columns(import_id: UUID, mapping: Mapping[str, str], *, by: Viewer) -> None:
    """Say which column of a file goes into which field. Raises PointNotFoundError."""
    row = imports_in_scope(by).select_for_update().filter(id=import_id).first()
    if row is None:
        raise PointNotFoundError
    row.mapping = dict(mapping)
    row.save(update_fields=["mapping"])


@transaction.atomic
def take_over_import(import_id: UUID, *, by: Viewer, on: date) -> Plan:
    """Do what the preview showed, and forget the files. The mapping is remembered for the next time.

    Raises PointNotFoundError, ReadRefusedError and TwiceError.
    """
    row = imports_in_scope(by).select_for_update().select_related("source").filter(id=import_id).first()
    if row is None:
        raise PointNotFoundError
    reading = read_again(row)
    row.source.mapping, row.source.kind = dict(reading.mapping), row.kind
    plan = take_over(row.source, reading.points, by=by, on=on, complete=is_complete(reading))
    row.delete()
    return plan


@transaction.atomic
def discard_import(import_id: UUID, *, by: Viewer) -> None:
    """Forget the files, and a source of which nothing was ever taken over. Raises PointNotFoundError."""
    row = imports_in_scope(by).filter(id=import_id).first()
    if row is None:
        raise PointNotFoundError
    row.delete()
    Source.objects.filter(id=row.source_id, points__isnull=True, imports__isnull=True, read_on__isnull=True).delete()


@transaction.atomic
def forget_imports(*, on: date) -> None:
    """Files that nobody took over for a week."""
    Import.objects.filter(made_on__lt=on - KEPT).delete()


@transaction.atomic
def take_over(source: Source, points: Iterable[entries.Point], *, by: Viewer, on: date, complete: bool = True) -> Plan:
    """Bring what is stored of a source to what it has now, and return what was done.

    It is planned anew within the transaction, so that nothing that was changed meanwhile is lost.
    Raises TwiceError, PointNotFoundError.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    _hold(source)
    plan = plan_import(source, points, complete=complete)
    rows: dict[str, ContactPoint] = {}
    for each in plan.planned:
        if each.offer:
            _offer(each, rows, by, on)
        else:
            rows[each.point] = _point(each, source, by, on)
    source.read_on = on
    source.save(update_fields=["read_on", "mapping", "kind"])
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by.actor, "import", subjects=[source.id], category="directory")
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


def _point(each: Planned, source: Source, by: Viewer, on: date) -> ContactPoint:
    row = each.row if isinstance(each.row, ContactPoint) else ContactPoint(source=source, key=each.point)
    if each.what not in {What.SAME, What.REFUSED, What.GONE}:
        fill_point(row, each.entry)
    _save(row, each, by, on)
    return row


def _offer(each: Planned, points: dict[str, ContactPoint], by: Viewer, on: date) -> None:
    row = each.row if isinstance(each.row, Offer) else Offer(point=points[each.point], key=each.offer)
    written = each.what not in {What.SAME, What.REFUSED, What.GONE}
    if written:
        fill_offer(row, each.entry)
    _save(row, each, by, on)
    if written:
        tag(row)


def _save(row: ContactPoint | Offer, each: Planned, by: Viewer, on: date) -> None:
    """Nothing is written where nothing changes."""
    if each.what is What.SAME and row.imported == each.incoming and not row.kept_here:
        return
    row.imported = each.incoming if each.incoming is not None else row.imported
    if each.what is What.GONE:
        row.gone_on = on
    elif each.what is What.BACK:
        row.gone_on = None
    row.kept_here = row.kept_here and each.incoming is None
    if each.what is not What.SAME:
        row.version += 0 if each.what is What.NEW else 1
        row.changed_at, row.changed_by_id = timezone.now(), by.user
    row.save()
