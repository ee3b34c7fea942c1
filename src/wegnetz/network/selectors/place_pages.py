"""What a contact point reads on its own page: who comes, by the name they chose. Recorded before it is opened."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.audit.selectors.words import CONTACT_POINT
from wegnetz.audit.services import Actor, record_reading
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.scope import NOBODY, Scope, acting_as
from wegnetz.network.access import on_the_shelf, shown_to_places
from wegnetz.network.boxes import Coming, Whom, open_inner, open_outer
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Said, open_said
from wegnetz.network.selectors.links import OpenLink
from wegnetz.participants.access import involvements_in_scope, standing_records
from wegnetz.participants.selectors import display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.vault.selectors import keys_of, still_kept

MOST: Final = 200  # on one page


@dataclass(frozen=True, slots=True)
class Announced:
    """Somebody who is expected, as the contact point knows them, and what it said of them."""

    id: UUID
    coming: Coming
    said: tuple[Said, ...]


def lying_there(link: OpenLink, *, on: date) -> dict[UUID, Whom]:
    """By announcement, whom it is about. Nothing about them is opened yet."""
    with acting_as(NOBODY):
        rows = list(on_the_shelf(link.shelf, on).order_by("until", "id").values_list("id", "box")[:MOST])
    found = {}
    for announcement, box in rows:
        try:
            found[announcement] = open_outer(link.private, box, announcement, link.shelf)
        except CannotOpenError:  # laid there by somebody else
            continue
    return found


def announced(link: OpenLink, *, on: date) -> tuple[Announced, ...]:
    """Everybody who is expected, by day. Raises AuditUnavailableError: then show nothing.

    What was taken back, ended or deleted meanwhile is not among it, nor whoever was erased.
    """
    by_organisation: dict[UUID, dict[UUID, Whom]] = defaultdict(dict)
    for announcement, whom in lying_there(link, on=on).items():
        by_organisation[whom.organisation][announcement] = whom
    found = [each for organisation, told in by_organisation.items() for each in _told_by(organisation, told, on)]
    return tuple(sorted(found, key=lambda each: (each.coming.comes_on or date.max, each.coming.called, each.id)))


def _told_by(organisation: UUID, told: dict[UUID, Whom], on: date) -> list[Announced]:
    with acting_as(Scope(organisation=organisation)):
        rows = {row.id: row for row in shown_to_places(organisation, on).filter(id__in=_introductions(told))}
        kept = still_kept({row.person_id for row in rows.values()}) if rows else set()
        standing = {
            announcement: (whom, rows[whom.introduction]) for announcement, whom in told.items()
            if whom.introduction in rows and whom.person in kept and rows[whom.introduction].person_id == whom.person
        }  # fmt: skip
        if not standing:
            return []
        people = [whom.person for whom, _row in standing.values()]
        actor = Actor(None, CONTACT_POINT, organisation)
        record_reading(actor, "view", subjects=people, category="called", purpose="announced at a place")
        keys = keys_of(people)
        opened = (_open(announcement, *pair, keys.get(pair[0].person)) for announcement, pair in standing.items())
        return [each for each in opened if each is not None]


def _introductions(told: dict[UUID, Whom]) -> list[UUID]:
    return [whom.introduction for whom in told.values()]


def _open(announcement: UUID, whom: Whom, row: Introduction, key: bytes | None) -> Announced | None:
    if key is None:
        return None
    try:
        return Announced(announcement, open_inner(key, announcement, whom), open_said(key, row))
    except CannotOpenError:
        return None


def told_by_places(viewer: Viewer, *, pack: Pack) -> tuple[tuple[UUID, str], ...]:
    """The viewer's own people of whom a place said something that nobody has taken over yet, with their names."""
    own = involvements_in_scope(viewer).filter(responsible=viewer.user)
    rows = standing_records(viewer, Introduction).filter(said_waits=True, involvement__in=own)
    people = list(dict.fromkeys(rows.order_by("written_at").values_list("person", flat=True)))
    if not people:
        return ()
    record_reading(viewer.actor, "list", subjects=people, category="name, introductions", purpose="start page")
    names = display_names(viewer, people, keys=keys_of(people), pack=pack)
    return tuple((person, names[person]) for person in people if person in names)
