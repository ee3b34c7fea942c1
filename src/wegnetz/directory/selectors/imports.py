"""Files that were handed in: what they say, what taking them over would do, and how far the worker is with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.directory.access import Import, imports_in_scope, sources_in_scope
from wegnetz.directory.importing.outcome import Reading, Told, nobody
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.models import Phase, Source, Stage
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.plans import TwiceError, plan_import
from wegnetz.directory.selectors.points import PointNotFoundError
from wegnetz.directory.selectors.previews import Preview, is_complete, kept, preview_of
from wegnetz.programme.selectors import active_area

__all__ = [
    "LEASE",
    "Handed",
    "Phase",
    "Progress",
    "Stage",
    "TwiceError",
    "handed",
    "handed_in",
    "read_again",
    "sources",
]
# Whoever has said nothing for so long has lost an import to the next worker. What takes longest without a word is a
# workbook that is unpacked, which has a minute.
LEASE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the worker does. A `total` of 0 is not known; `since` is when it was last heard of."""

    phase: Phase
    done: int
    total: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in. `preview` is there once it was read, `progress` while the worker has it.

    `stopped_by` is a reason of `refusals`, "twice" with the key in `stopped_at`, "role" or "failed".
    """

    id: UUID
    source: Source
    stage: Stage
    preview: Preview | None = None
    progress: Progress | None = None
    renewed: bool = False
    stopped_by: str = ""
    stopped_at: str = ""
    taken: int = 0


def sources(viewer: Viewer) -> list[Source]:
    return list(sources_in_scope(viewer).order_by("name"))


def handed_in(viewer: Viewer) -> list[Import]:
    """Without what they say. Those that are done come last."""
    found = imports_in_scope(viewer).select_related("source").defer("preview").order_by("-made_on", "id")
    return sorted(found, key=lambda each: each.stage == Stage.DONE)


def handed(viewer: Viewer, import_id: UUID) -> Handed:
    """Raises PointNotFoundError; of a small file also ReadRefusedError and TwiceError."""
    row = imports_in_scope(viewer).filter(id=import_id).select_related("source").first()
    if row is None:
        raise PointNotFoundError
    stage = Stage(row.stage)
    if stage is Stage.SMALL:
        reading = read_again(row)
        plan = plan_import(row.source, reading.points, complete=is_complete(reading))
        return Handed(row.id, row.source, stage, preview_of(reading, plan))
    works = stage in {Stage.READING, Stage.TAKING} and row.beat_at is not None
    return Handed(
        row.id, row.source, stage, kept(row.preview) if row.preview and not works else None,
        Progress(Phase(row.phase), row.done, row.total, row.beat_at) if works and row.beat_at else None,
        row.renewed, row.stopped_by, row.stopped_at, row.done if stage is Stage.DONE else 0,
    )  # fmt: skip


def read_again(row: Import, told: Told = nobody) -> Reading:
    """What stands in the files of an import. Raises ReadRefusedError."""
    files = [File(BytesIO(bytes(file.content)), file.language) for file in row.files.all()]
    return read(*files, mapping=row.mapping, interests=interests().taxonomy, area=active_area(), told=told)
