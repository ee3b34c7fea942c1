"""Files with contact points: handed in, taken over or discarded by whoever did, and forgotten after a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import membership_of
from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.directory.access import KEEPS_ALL, imports_in_scope
from wegnetz.directory.importing.reading import PACKED, File, read
from wegnetz.directory.models import Import, ImportFile, Phase, Source, Stage
from wegnetz.directory.selectors import Plan, PointNotFoundError
from wegnetz.directory.selectors.imports import read_again
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.previews import is_complete
from wegnetz.directory.services.taking import PreviewChangedError, take_over

KEPT: Final = timedelta(days=7)
MOST_WAITING: Final = 5
# Bytes that are read within a second on a slow machine: some hundred entries. More is the worker's.
SMALL: Final = 200_000
SMALL_PACKED: Final = 40_000


class TooManyWaitingError(DomainError):
    """Too many of somebody's files wait to be taken over."""


@dataclass(frozen=True, slots=True)
class ImportWaits:
    """News: a large import waits for the worker."""

    id: UUID


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

    Small ones are read once, so that nothing is kept that cannot be; large ones are left to the worker. Raises
    ReadRefusedError, PointNotFoundError, and TooManyWaitingError: whoever hands in must take over or discard now and
    then.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    if imports_in_scope(by).exclude(stage=Stage.DONE).count() >= MOST_WAITING:
        raise TooManyWaitingError
    row = Import(source=source, mapping=source.mapping or None, made_on=on, made_by_id=by.user)
    large = any(len(content) > (SMALL_PACKED if content.startswith(PACKED) else SMALL) for _, content in files)
    if not large:
        opened = [File(BytesIO(content), language) for language, content in files]
        reading = read(*opened, mapping=row.mapping, interests=interests().taxonomy)
        row.kind, row.mapping = reading.kind.value, dict(reading.mapping) or None
    row.save()
    ImportFile.objects.bulk_create(
        ImportFile(of=row, position=number, language=language, content=content)
        for number, (language, content) in enumerate(files)
    )
    if large:
        _queue(row, Stage.READING)
    return row.id


@transaction.atomic
def hand_in_from(
    *, name: str, attribution: str, licence: str, files: Sequence[tuple[str, bytes]], by: Viewer, on: date
) -> UUID:
    """The same for a source by its name, which is made when it is new and only if its file can be read."""
    source = ensure_source(name=name, kind="", attribution=attribution, licence=licence, by=by)
    return hand_in(source, files, by=by, on=on)


@transaction.atomic
def map_columns(import_id: UUID, mapping: Mapping[str, str] | None, *, by: Viewer) -> None:
    """Say which column of a file goes into which field, None for the same as before, and have it read again.

    What is being taken over, or was, stays as it is. Raises PointNotFoundError.
    """
    row = _held(import_id, by)
    if row.stage in {Stage.TAKING, Stage.DONE}:
        return
    row.mapping = row.mapping if mapping is None else dict(mapping)
    row.save(update_fields=["mapping"])
    if row.stage != Stage.SMALL:
        _queue(row, Stage.READING)


@transaction.atomic
def take_over_import(import_id: UUID, *, agreed: str, by: Viewer, on: date) -> Plan | None:
    """Do what the preview with the digest `agreed` showed, and forget the files; the mapping is remembered.

    None for a large file, which the worker takes over, and for one with which it is busy already.
    Raises PointNotFoundError, PreviewChangedError, ReadRefusedError and TwiceError; then nothing is changed.
    """
    row = _held(import_id, by)
    if row.stage == Stage.READY:
        if not row.preview or row.preview["digest"] != agreed:
            raise PreviewChangedError
        row.agreed, row.made_as_id = agreed, membership_of(by)
        _queue(row, Stage.TAKING)
    if row.stage != Stage.SMALL:
        return None
    reading = read_again(row)
    row.source.mapping, row.source.kind = dict(reading.mapping), row.kind
    plan = take_over(row.source, reading.points, by=by, on=on, complete=is_complete(reading), agreed=agreed)
    row.delete()
    return plan


@transaction.atomic
def discard_import(import_id: UUID, *, by: Viewer) -> bool:
    """Forget the files, and a source of which nothing was ever taken over. False: they were taken over before.

    Raises PointNotFoundError.
    """
    row = _held(import_id, by)
    row.delete()
    Source.objects.filter(id=row.source_id, points__isnull=True, imports__isnull=True, read_on__isnull=True).delete()
    return row.stage != Stage.DONE


@transaction.atomic
def forget_imports(*, on: date) -> None:
    """Files that nobody took over for a week, and what is left of those that were."""
    Import.objects.filter(made_on__lt=on - KEPT).delete()


def _held(import_id: UUID, by: Viewer) -> Import:
    row = imports_in_scope(by).select_for_update(of=("self",)).select_related("source").filter(id=import_id).first()
    if row is None:
        raise PointNotFoundError
    return row


def _queue(row: Import, stage: Stage) -> None:
    """From the beginning, whoever may have had it before."""
    row.stage, row.phase, row.beat_at, row.tries = stage, Phase.WAITING, timezone.now(), 0
    row.done, row.total, row.renewed, row.stopped_by, row.stopped_at = 0, 0, False, "", ""
    row.save()
    emit(ImportWaits(row.id))
