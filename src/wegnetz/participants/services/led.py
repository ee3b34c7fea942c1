"""The people whose way the viewer leads: only there are answers recorded and decisions taken."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.errors import DomainError
from wegnetz.participants.models import Involvement, Person
from wegnetz.participants.selectors.doors import Door, PersonNotFoundError, door_to, own_door
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.selectors import KeyGoneError, key_of


class RefusedError(DomainError):
    """The viewer's role does not include this act."""


def led(viewer: Viewer, person: UUID, *, lock: bool = False) -> tuple[Person, bytes]:
    """The person and their key, for whoever leads. An erased person is as little there as one out of scope."""
    door = door_to(viewer, person, pack=active_pack())
    if not door.leads:
        raise PersonNotFoundError
    return _locked(door.person) if lock else door.person, key_or_absent(person)


def accompanied(viewer: Viewer, person: UUID) -> tuple[Door, Involvement, bytes]:
    """The viewer's own way to the person, the involvement in which they act, and the person's key.

    Raises PersonNotFoundError, also through a glass.
    """
    return *own_door(viewer, person, pack=active_pack()), key_or_absent(person)


def key_or_absent(person: UUID) -> bytes:
    """The key of a person in scope. Raises PersonNotFoundError where it was destroyed."""
    try:
        return key_of(person)
    except KeyGoneError as error:
        raise PersonNotFoundError from error


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(id=person.id)
