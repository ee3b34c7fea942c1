"""Breaking the glass: whom a lead can ask for, what was asked, and of what a person is still to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.participants.access import (
    glasses_of_organisation,
    glasses_to_confirm,
    glasses_to_tell,
    open_involvements,
)  # fmt: skip
from wegnetz.participants.models import BreakGlass, Person
from wegnetz.participants.openings import open_glass_reason
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.selectors.involved import UnrecordedError
from wegnetz.participants.selectors.people import OpenPerson
from wegnetz.programme.pack.model import number_on
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.selectors import keys_of, still_kept

# The second person confirms what they were asked just now, not what lay around.
REQUEST_STANDS: Final = timedelta(hours=24)
SHOWN: Final = 100
# Where the programme names no length.
HOURS: Final = 3


class GlassState(StrEnum):
    WAITING = "waiting"
    TOO_LATE = "too-late"
    REFUSED = "refused"
    BROKEN = "broken"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Glass:
    """A look that was asked for. `person` is the id, named by the pseudonym; names of staff as they are."""

    id: UUID
    person: UUID
    pseudonym: str
    reason: str
    state: GlassState
    requested_at: datetime
    requested_by: str
    confirmed_by: str
    ends_at: datetime | None
    told_on: date | None
    own: bool


def hours_open() -> int:
    """How long a look lasts."""
    return number_on(active_pack().care.break_glass_hours, timezone.localdate()) or HOURS


def people_behind_glass(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Whom a lead can ask to look at: pseudonyms, in order, after recording that they were shown."""
    people = Person.objects.filter(id__in=open_involvements(viewer).values("person"))
    rows = list(people.order_by("pseudonym").values_list("id", "pseudonym"))
    kept = still_kept(person for person, _pseudonym in rows)
    shown = [(person, pseudonym) for person, pseudonym in rows if person in kept]
    _record(viewer, [person for person, _pseudonym in shown], "pseudonym")
    return shown


def glasses_of(viewer: Viewer) -> tuple[Glass, ...]:
    """The latest requests in the organisation, for its leads, the newest first."""
    return _opened(viewer, glasses_of_organisation(viewer))


def glasses_asked_of(viewer: Viewer) -> tuple[Glass, ...]:
    """What waits for the viewer as the second person."""
    fresh = glasses_to_confirm(viewer).filter(requested_at__gte=timezone.now() - REQUEST_STANDS)
    return _opened(viewer, fresh)


def glass_to_confirm(viewer: Viewer, glass: UUID) -> Glass:
    """One request for the second person. Raises PersonNotFoundError."""
    return _one(viewer, glasses_to_confirm(viewer).filter(id=glass))


def glass_to_tell(viewer: Viewer, person: OpenPerson, glass: UUID) -> Glass:
    """A look of which the person is still to be told. The page recorded "break-glass". Raises PersonNotFoundError."""
    if "break-glass" not in person.recorded:
        raise UnrecordedError("break-glass")
    row = _with_all(glasses_to_tell(viewer).filter(id=glass, person=person.id)).first()
    if row is None:
        raise PersonNotFoundError
    return _glass(viewer, row, person.key)


def person_to_tell(viewer: Viewer, glass: UUID) -> UUID:
    """Whom a look concerns, for whoever is to tell them. Raises PersonNotFoundError."""
    person = glasses_to_tell(viewer).filter(id=glass).values_list("person_id", flat=True).first()
    if person is None:
        raise PersonNotFoundError
    return person


def _one(viewer: Viewer, rows: QuerySet[BreakGlass]) -> Glass:
    found = _opened(viewer, rows)
    if not found:
        raise PersonNotFoundError
    return found[0]


def _opened(viewer: Viewer, rows: QuerySet[BreakGlass]) -> tuple[Glass, ...]:
    found = list(_with_all(rows).order_by("-requested_at")[:SHOWN])
    _record(viewer, [row.person_id for row in found], "break-glass")
    keys = keys_of({row.person_id for row in found})
    return tuple(_glass(viewer, row, keys[row.person_id]) for row in found if row.person_id in keys)


def _record(viewer: Viewer, people: Iterable[UUID], category: str) -> None:
    shown = list(people)
    if shown:
        record_reading(viewer.actor, "list", subjects=shown, category=category, purpose="breaking the glass")


def _with_all(rows: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    return rows.select_related("person", "requested_by", "confirmed_by")


def _glass(viewer: Viewer, row: BreakGlass, key: bytes) -> Glass:
    return Glass(
        row.id, row.person_id, row.person.pseudonym, open_glass_reason(key, row), _state(row), row.requested_at,
        row.requested_by.name, row.confirmed_by.name if row.confirmed_by else "", row.ends_at, row.told_on,
        own=row.requested_by_id == viewer.user,
    )  # fmt: skip


def _state(row: BreakGlass) -> GlassState:
    now = timezone.now()
    if row.ends_at is not None:
        return GlassState.BROKEN if row.ends_at > now else GlassState.OVER
    if row.refused_at is not None:
        return GlassState.REFUSED
    return GlassState.TOO_LATE if now - row.requested_at > REQUEST_STANDS else GlassState.WAITING
