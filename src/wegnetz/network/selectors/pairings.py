"""Who of the viewer's people must not sit together, or must. Only those read it who mix the tables."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.network.models import Pairing
from wegnetz.network.openings import Paired, open_pairing
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import OpenPerson, display_names, key_for, recorded_keys
from wegnetz.programme.pack.model import Pack


def pairings_of(viewer: Viewer, person: OpenPerson, *, pack: Pack) -> tuple[tuple[Paired, UUID, str], ...]:
    """What stands about a person and somebody else: with the other one's id and name, by name.

    The page recorded "pairings"; the others are recorded here. Raises AuditUnavailableError.
    """
    own_key = key_for(person, "pairings")
    rows = list(standing_records(viewer, Pairing).select_related("involvement"))
    others = {row.person_id for row in rows} - {person.id}
    keys = recorded_keys(viewer, others, category="pairings", purpose="pairings") | {person.id: own_key}
    opened = [open_pairing(keys[row.person_id], row) for row in rows if row.person_id in keys]
    about = [
        (each, each.other if each.person == person.id else each.person)
        for each in opened if person.id in {each.person, each.other}
    ]  # fmt: skip
    named = recorded_keys(viewer, {other for _each, other in about}, category="name", purpose="pairings")
    names = display_names(viewer, named, keys=named, pack=pack)
    found = [(each, other, names[other]) for each, other in about if other in names]
    return tuple(sorted(found, key=lambda each: (each[2], each[0].id)))
