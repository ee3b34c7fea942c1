"""Who opened what of a person: for the person themself, and for those who accompany them."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.audit.selectors.accesses import Accesses, Hidden, accesses_of
from wegnetz.audit.selectors.words import PARTICIPANT
from wegnetz.participants.access import FUNCTIONS, PROTECTED, SEALED, secrecy_of
from wegnetz.participants.selectors.involved import UnrecordedError
from wegnetz.participants.selectors.people import OpenPerson
from wegnetz.programme.pack.model import Pack

SYSTEM = "system"


def log_for_staff(viewer: Viewer, person: OpenPerson, *, pack: Pack, page: str | int = 1) -> Accesses:
    """What the viewer's own organisation opened. The page recorded "log".

    What is sealed is left out also within the organisation, but for those who work in it. What happens by itself is
    left out too: a deletion tells that there was something to delete. And when the person opens what is their own is
    nobody else's to know.
    """
    if "log" not in person.recorded:
        raise UnrecordedError("log")
    sealed = {role for role, function in FUNCTIONS.items() if secrecy_of(function, pack) == SEALED} - {viewer.role}
    hidden = Hidden({SYSTEM, PARTICIPANT, *map(str, sealed)}, PROTECTED)
    return accesses_of(person.id, organisations=[viewer.organisation], hidden=hidden, page=page)


def log_for_person(person: UUID, *, page: str | int = 1) -> Accesses:
    """Everything that anybody opened. For the person themself alone, and asked for all organisations at once."""
    return accesses_of(person, organisations=None, page=page)
