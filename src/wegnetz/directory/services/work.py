"""What the worker does with large files: read them for the preview, and take them over once somebody has said yes.

Whoever takes an import gets the next number (`turn`), and everything said of it afterwards is said under that number:
a worker that was thought dead and comes back finds that it no longer has it. Taking over is one transaction, at the
end, so a worker that is killed leaves nothing half-done; the next one begins anew.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import viewer_in
from wegnetz.directory.importing.outcome import Reading
from wegnetz.directory.importing.refusals import ReadRefusedError
from wegnetz.directory.models import Import, Phase, Stage
from wegnetz.directory.selectors import PointNotFoundError, TwiceError, plan_import
from wegnetz.directory.selectors.imports import LEASE, read_again
from wegnetz.directory.selectors.previews import is_complete, preview_of, to_keep
from wegnetz.directory.services.taking import PreviewChangedError, take_over

log = logging.getLogger(__name__)
MOST_TRIES: Final = 3
TELL_EVERY: Final = 1.0  # seconds
AT_WORK: Final = (Stage.READING, Stage.TAKING)


class _LostError(Exception):
    """Somebody else has the import now, or nobody: it was discarded."""


def waiting_imports(*, at: datetime) -> list[UUID]:
    """Those of which nobody has heard for so long that whoever had them must be gone."""
    found = Import.objects.filter(stage__in=AT_WORK, beat_at__lt=at - LEASE).order_by("beat_at")
    return list(found.values_list("id", flat=True))


def work_on_import(import_id: UUID, *, on: date) -> None:
    """Read the file or take it over, whichever it waits for. Nothing, where somebody else is at it.

    What stops it is said beside the file, and in the log by its kind only.
    """
    turn = _begin(import_id)
    if turn is None:
        return
    try:
        _work(turn, on)
    except _LostError:
        return
    except ReadRefusedError as error:
        turn.stop(error.reason.value)
    except TwiceError as error:
        turn.stop("twice", str(error))
    except PointNotFoundError:
        turn.stop("role")
    except Exception as error:
        log.error("The import %s was stopped by %s", import_id, type(error).__name__)  # noqa: TRY400
        turn.stop("failed")


@dataclass(slots=True)
class _Turn:
    """One worker's go at an import."""

    row: Import
    number: int
    told_at: float = 0.0

    def say(self, **said: Any) -> None:
        """Raises _LostError."""
        mine = Import.objects.filter(id=self.row.id, turn=self.number, stage=self.row.stage)
        if not mine.update(beat_at=timezone.now(), **said):
            raise _LostError

    def told(self, done: int, total: int) -> None:
        if (now := monotonic()) - self.told_at > TELL_EVERY:
            self.told_at = now
            self.say(phase=Phase.READING, done=done, total=total)

    def stop(self, reason: str, at: str = "") -> None:
        """Unless somebody else has it now."""
        Import.objects.filter(id=self.row.id, turn=self.number, stage=self.row.stage).update(
            stage=Stage.STOPPED, stopped_by=reason, stopped_at=at[:300]
        )


def _begin(import_id: UUID) -> _Turn | None:
    """One statement decides who has it, however many workers ask."""
    now = timezone.now()
    free = Q(phase=Phase.WAITING) | Q(beat_at__lt=now - LEASE)
    waits = Import.objects.filter(free, id=import_id, stage__in=AT_WORK)
    if not waits.update(turn=F("turn") + 1, tries=F("tries") + 1, phase=Phase.OPENING, beat_at=now, done=0, total=0):
        return None
    row = Import.objects.select_related("source").filter(id=import_id, stage__in=AT_WORK).first()
    if row is None:
        return None
    turn = _Turn(row, row.turn)
    if row.tries > MOST_TRIES:
        turn.stop("failed")
        return None
    return turn


def _work(turn: _Turn, on: date) -> None:
    reading = read_again(turn.row, turn.told)
    turn.say(phase=Phase.COMPARING, done=0, total=len(reading.points))
    if turn.row.stage == Stage.READING:
        _keep_preview(turn, reading)
    else:
        _take(turn, reading, on)


def _keep_preview(turn: _Turn, reading: Reading, *, renewed: bool = False) -> None:
    plan = plan_import(turn.row.source, reading.points, complete=is_complete(reading))
    turn.say(
        stage=Stage.READY, kind=reading.kind.value, mapping=dict(reading.mapping) or None, renewed=renewed,
        preview=to_keep(preview_of(reading, plan)),
    )  # fmt: skip


def _take(turn: _Turn, reading: Reading, on: date) -> None:
    """All of it, or a new preview where it is no longer what was agreed to."""
    try:
        with transaction.atomic():
            row = _still_mine(turn)
            source = row.source
            source.mapping, source.kind = dict(reading.mapping), row.kind
            plan = take_over(
                source, reading.points, by=_who(row), on=on, complete=is_complete(reading), agreed=row.agreed
            )
            row.files.all().delete()
            row.stage, row.preview = Stage.DONE, None
            row.done = plan.changing
            row.save()
    except PreviewChangedError:
        _keep_preview(turn, reading, renewed=True)


def _still_mine(turn: _Turn) -> Import:
    """Held until the end of the transaction. Raises _LostError."""
    mine = Import.objects.select_for_update(of=("self",)).select_related("source")
    row = mine.filter(id=turn.row.id, turn=turn.number, stage=Stage.TAKING).first()
    if row is None:
        raise _LostError
    return row


def _who(row: Import) -> Viewer:
    """Whoever said yes, if that is still theirs to say. Raises PointNotFoundError."""
    viewer = viewer_in(row.made_as_id) if row.made_as_id else None
    if viewer is None:
        raise PointNotFoundError
    return viewer
