"""Several people at once: what they like, where they go already, and which seats that leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.directory.selectors.interests import Interests as Known
from wegnetz.engines import introductions as engine
from wegnetz.engines.folding import fold
from wegnetz.network.models import Interests, Introduction
from wegnetz.network.openings import Liked, Met, open_interests, open_introduction
from wegnetz.network.selectors.suggestions import Born, ById, as_person, everything
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import births, display_names, recorded_keys
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.introductions import Stage

PURPOSE = "plan introductions"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of whom it is known what they like, and to which offers they were introduced before."""

    id: UUID
    liked: Liked
    begun: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Cohort:
    """People with interests, and offers, as the engine reckons with them.

    The seats that are taken are those of introductions of which the viewer may know.
    """

    people: Mapping[str, engine.Person]
    offers: tuple[engine.Offer, ...]
    by_id: ById
    parents: Mapping[str, frozenset[str]]
    born: Mapping[UUID, Born]


def people_with_interests(viewer: Viewer, *, pack: Pack) -> dict[UUID, str]:
    """Everybody in scope whose interests are written down and whose accompaniment goes on, with their name, by name.

    Raises AuditUnavailableError.
    """
    keys = recorded_keys(viewer, _going_on(viewer), category="name, introductions", purpose=PURPOSE)
    names = display_names(viewer, keys, keys=keys, pack=pack)
    return dict(sorted(names.items(), key=lambda each: (fold(each[1]), each[0])))


def introduced(viewer: Viewer) -> frozenset[UUID]:
    """Those of them for whom an introduction goes on, or went well. Where it leads is not opened."""
    rows = standing_records(viewer, Introduction).exclude(stage=Stage.ENDED)
    return frozenset(rows.values_list("person", flat=True))


def _going_on(viewer: Viewer) -> set[UUID]:
    rows = standing_records(viewer, Interests).filter(involvement__closed_on__isnull=True)
    return set(rows.values_list("person", flat=True))


def open_cohort(
    viewer: Viewer, chosen: Collection[UUID], known: Known, *, held_back: int, pack: Pack, on: date
) -> Cohort:
    """Those of the chosen who are in scope, and what is left of each offer when `held_back` seats are kept.

    Raises AuditUnavailableError.
    """
    members, going = _open(viewer, chosen)
    taken = Counter(str(offer) for offer in going)
    born = births(viewer, [each.id for each in members], pack=pack, day=on, purpose=PURPOSE)
    by_id, offers = everything()
    return Cohort(
        {
            str(each.id): as_person(each.liked, on, born=born.get(each.id), named=str(each.id), begun=each.begun)
            for each in members
        },
        tuple(replace(offer, taken=taken[offer.id], held_back=held_back) for offer in offers), by_id, known.parents,
        born,
    )  # fmt: skip


def _open(viewer: Viewer, chosen: Collection[UUID]) -> tuple[list[Member], list[UUID]]:
    """The members, and where anybody in scope goes: once for each seat. All of them are recorded before."""
    liked = {row.person_id: row for row in standing_records(viewer, Interests).filter(person__in=chosen)}
    met = list(standing_records(viewer, Introduction).select_related("involvement").order_by("written_at"))
    wanted = _going_on(viewer) & liked.keys()
    own = recorded_keys(viewer, wanted, category="interests, introductions", purpose=PURPOSE)
    others = {row.person_id for row in met} - wanted
    keys = own | recorded_keys(viewer, others, category="introductions", purpose=PURPOSE)
    opened = [(row.person_id, open_introduction(keys[row.person_id], row)) for row in met if row.person_id in keys]
    begun = _begun(opened)
    members = [
        Member(person, open_interests(own[person], liked[person]), begun.get(person, frozenset()))
        for person in sorted(own)
    ]
    return members, [each.offer for _person, each in opened if each.stage is not Stage.ENDED]


def _begun(met: Iterable[tuple[UUID, Met]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, frozenset[UUID]] = {}
    for person, each in met:
        found[person] = found.get(person, frozenset()) | {each.offer}
    return found
