"""A person's own map: opened by who holds its link, shown to staff as far as the person shares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.selectors.words import PARTICIPANT
from wegnetz.audit.services import Actor, record_reading
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.errors import DomainError
from wegnetz.core.secret_links import organisation_in
from wegnetz.directory import entries
from wegnetz.directory.selectors.words import said
from wegnetz.network.access import (
    accompanies_still,
    copies_of,
    introductions_for_map,
    maps_in_scope,
    maps_that_open,
    shared_in_scope,
)
from wegnetz.network.boxes import Drawn, drawn_from, open_map, open_map_key, shelf_of
from wegnetz.network.models import PersonMap
from wegnetz.network.openings import open_introduction
from wegnetz.network.selectors.links import LinkGoneError
from wegnetz.network.selectors.suggestions import everything
from wegnetz.participants.boxes import open_record
from wegnetz.participants.selectors import OpenPerson, key_for
from wegnetz.vault.selectors import KeyGoneError, installation_key, key_of

COUNTED: Final = "visits of people's maps"


@dataclass(frozen=True, slots=True)
class OpenMap:
    """A map whose link was followed. `key` opens its boxes, `person_key` what else is the person's."""

    row: PersonMap
    token: str = field(repr=False)
    key: bytes = field(repr=False)
    person_key: bytes = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def actor(self) -> Actor:
        """The person, as the log names them."""
        return Actor(None, PARTICIPANT, self.row.organisation_id)


def organisation_of(token: str) -> UUID:
    """For which organisation the database is asked. Raises LinkGoneError for what is no secret of ours."""
    found = organisation_in(token)
    if found is None:
        raise LinkGoneError
    return found


def map_of_link(token: str) -> OpenMap:
    """Raises LinkGoneError, whatever the reason: it was never given out, was replaced, or the person was erased."""
    row = maps_that_open(organisation_of(token)).filter(token=hash_of(token)).first()
    if row is None:
        raise LinkGoneError
    try:
        key = key_of(row.person_id)
        return OpenMap(row, token, open_map_key(token, key, row.key_box, row.id), key)
    except (KeyGoneError, CannotOpenError) as error:
        raise LinkGoneError from error


def counted_as(own: OpenMap) -> str:
    """Under what it is counted how often a map is asked for. It names no map: that count stands in the database."""
    return shelf_of(installation_key(COUNTED), own.id)


def record_opening(own: OpenMap) -> None:
    """The event that the map is opened, before anything of it is shown. Raises AuditUnavailableError."""
    record_reading(own.actor, "open", subjects=[own.row.person_id], category="network map", purpose="own map")


def drawn_on(own: OpenMap) -> Drawn:
    """What is on the map now. Its opening was recorded."""
    row = own.row
    return open_map(own.key, row.box, row.id, row.person_id, row.version)


# --- what else its page says -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whether the map `can` be shown to somebody, and whether it `is`, until when: None for no end."""

    can: bool
    is_shown: bool
    until: date | None


def sharing_of(own: OpenMap, *, on: date) -> Sharing:
    if not accompanies_still(own.row, on):
        return Sharing(can=False, is_shown=False, until=None)
    row = copies_of(own.row).only("until").first()
    shown = row is not None and (row.until is None or row.until >= on)
    return Sharing(can=True, is_shown=shown, until=row.until if row and shown else None)


@dataclass(frozen=True, slots=True)
class Visited:
    """A place where the person was through an introduction."""

    introduction: UUID
    name: str


def visited_places(own: OpenMap, *, on: date, language: str) -> tuple[Visited, ...]:
    """Where people may be met who can stand on the map. Recorded before it is opened. Raises AuditUnavailableError."""
    rows = list(introductions_for_map(own.row, on).select_related("involvement").order_by("-written_at"))
    if not rows:
        return ()
    record_reading(
        own.actor, "view", subjects=[own.row.person_id], category="introductions", purpose="places on the own map"
    )
    by_id, _reckoned = everything()
    offers = {row.id: str(open_introduction(own.person_key, row).offer) for row in rows}
    return tuple(
        Visited(row.id, said(by_id[offers[row.id]][1].point.wording, entries.NAME, language).text)
        for row in rows if offers[row.id] in by_id
    )  # fmt: skip


# --- for staff -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """That there is a map, and since when there is a link to it; nothing of what is on it."""

    made_on: date
    made_by: str
    own_secret: bool


class MapNotSharedError(DomainError):
    """The person does not show the map, or does not any more."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A copy that the person shows, until a day; None until they end it."""

    drawn: Drawn
    until: date | None


def standing_map(viewer: Viewer, person: UUID) -> Standing | None:
    row = maps_in_scope(viewer).filter(person=person).select_related("made_by").first()
    return Standing(timezone.localdate(row.made_at), row.made_by.name, row.own_secret) if row else None


def is_shared(viewer: Viewer, person: UUID, *, on: date) -> bool:
    """Whether there is something to look at. Nothing of it is opened."""
    return shared_in_scope(viewer, on).filter(person=person).exists()


def shared_map(viewer: Viewer, person: OpenPerson, *, on: date) -> Shared:
    """The page recorded "network map". Raises MapNotSharedError."""
    key = key_for(person, "network map")
    row = shared_in_scope(viewer, on).filter(person=person.id).first()
    if row is None:
        raise MapNotSharedError
    return Shared(drawn_from(open_record(row, key)), row.until)
