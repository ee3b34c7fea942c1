"""Where a person stands in each area of life, taken together with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.casework.models import Assessment
from wegnetz.casework.openings import AreaStep
from wegnetz.core.errors import DomainError
from wegnetz.participants.services import accompanied
from wegnetz.participants.services.records import (
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)
from wegnetz.programme.selectors import active_pack

MAX_NOTE = 1000


class UnknownAreaError(DomainError):
    """The programme in force knows no such area of life or step."""


@transaction.atomic
def take_assessment(person: UUID, areas: Mapping[str, AreaStep], *, on: date, by: Viewer) -> UUID:
    """Store a new assessment; earlier ones stay, so that then and now stand side by side.

    Raises UnknownAreaError for areas or steps the programme does not name.
    """
    content = _checked(areas)
    _door, involvement, _key = accompanied(by, person)
    return add_record(
        Assessment, person, content, by=by, act="assess", taken_on=on, secrecy=involvement.secrecy
    ).id  # fmt: skip


@transaction.atomic
def change_assessment(
    person: UUID, assessment: UUID, areas: Mapping[str, AreaStep], *, version: int, restores: bool = False, by: Viewer
) -> None:
    """Correct an assessment. Raises EditConflictError, PutAwayError, UnknownAreaError."""
    row, key = record_to_change(Assessment, person, assessment, version=version, restores=restores, by=by)
    change_record(row, key, _checked(areas), by=by)


@transaction.atomic
def delete_assessment(person: UUID, assessment: UUID, *, by: Viewer) -> None:
    delete_record(Assessment, person, assessment, by=by)


@transaction.atomic
def restore_assessment(person: UUID, assessment: UUID, *, by: Viewer) -> None:
    restore_record(Assessment, person, assessment, by=by)


def _checked(areas: Mapping[str, AreaStep]) -> dict[str, dict[str, dict[str, str]]]:
    care = active_pack().care
    for area, entry in areas.items():
        if area not in care.areas or (entry.step and entry.step not in care.steps):
            raise UnknownAreaError
    return {"areas": {area: {"step": entry.step, "note": entry.note[:MAX_NOTE]} for area, entry in areas.items()}}
