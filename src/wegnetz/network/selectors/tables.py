"""What the mixing of tables needs: who comes, which languages they share, who sat with whom, who sits apart.

It is asked for a whole organisation, for those who hold the link of an evening or plan the workshop. Of what it opens
nothing is shown to anybody: what comes of it is who sits where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Final
from uuid import UUID

from wegnetz.core.days import working_day
from wegnetz.engines.mixing import Evenings, Person, Session
from wegnetz.network.access import interests_of_organisation, standing_invitations, standing_pairings
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Invited, open_interests, open_invitation, open_pairing
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import keys_of, still_kept

# Whoever sat together within that time is put at different tables first.
RECENT: Final = timedelta(weeks=4)
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at an evening: the row, what is in it, and what opens it."""

    row: Invitation
    invited: Invited
    key: bytes

    @property
    def person(self) -> str:
        return str(self.row.person_id)


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody who comes to some evenings, and what is known between them."""

    people: tuple[Person, ...]
    seats: Mapping[UUID, tuple[Seat, ...]]  # by date
    met: Mapping[Pair, int]
    recent: frozenset[Pair]
    apart: frozenset[Pair]
    together: frozenset[Pair]

    def evenings(self, dates: Iterable[WorkshopDate]) -> Evenings:
        """For the engine. Dates at which nobody is are left out by who asks.

        Whom two functions invited to one date sits there once.
        """
        sessions = tuple(
            Session(
                str(each.id), tuple(dict.fromkeys(seat.person for seat in self.seats[each.id])),
                each.workshop.group_size,
            )
            for each in dates
        )  # fmt: skip
        return Evenings(self.people, sessions, self.met, self.recent, self.apart, self.together)


def company_of(organisation: UUID, dates: Collection[WorkshopDate]) -> Company:
    """Everybody who is expected at these dates, or is there where it was ticked off. Whoever mixes records it."""
    day = working_day()
    expected = _expected(organisation, dates, day)
    keys = keys_of(still_kept({row.person_id for row in expected}))
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for row in expected:
        if (key := keys.get(row.person_id)) is not None:
            seats[row.date_id].append(Seat(row, open_invitation(key, row), key))
    met, recent = _history(organisation, keys, dates)
    apart, together = _pairings(organisation, keys, day)
    spoken = _languages(organisation, keys, day)
    leading = {seat.row.person_id for each in seats.values() for seat in each if seat.invited.leads}
    return Company(
        tuple(Person(str(person), spoken[person], person in leading) for person in sorted(keys)),
        {each.id: tuple(seats[each.id]) for each in dates}, met, recent, apart, together,
    )  # fmt: skip


def _expected(organisation: UUID, dates: Collection[WorkshopDate], day: date) -> list[Invitation]:
    """Once somebody was ticked off at a date, those who are there; until then those who said they come.

    Locked, so that what is written into the same boxes meanwhile, such as that news went out, is not written over.
    """
    rows = list(
        standing_invitations(organisation, day)
        .filter(date__in=[each.id for each in dates])
        .select_for_update(of=("self",))
        .select_related("involvement")
        .order_by("person")
    )
    begun = {row.date_id for row in rows if row.attended}
    return [row for row in rows if (row.attended if row.date_id in begun else row.answer == Answer.COMING)]


def _history(
    organisation: UUID, keys: Mapping[UUID, bytes], dates: Collection[WorkshopDate]
) -> tuple[dict[Pair, int], frozenset[Pair]]:
    """How often two sat together at other evenings, and who did in the last weeks."""
    first: datetime = min(each.starts_at for each in dates)
    rows = standing_invitations(organisation, working_day()).filter(
        person__in=keys, attended=True, date__starts_at__lt=first
    )
    tables: dict[tuple[UUID, int], list[str]] = defaultdict(list)
    at: dict[UUID, datetime] = {}
    for row in rows.select_related("involvement", "date"):
        at[row.date_id] = row.date.starts_at
        if table := open_invitation(keys[row.person_id], row).table:
            tables[row.date_id, table].append(str(row.person_id))
    met: dict[Pair, int] = defaultdict(int)
    recent = set()
    for (evening, _table), sat in tables.items():
        for pair in map(frozenset, combinations(sorted(set(sat)), 2)):
            met[pair] += 1
            if first - at[evening] <= RECENT:
                recent.add(pair)
    return dict(met), frozenset(recent)


def _pairings(organisation: UUID, keys: Mapping[UUID, bytes], day: date) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Where both are among the people. What was noted as both is taken as apart: that protects."""
    apart: set[Pair] = set()
    together: set[Pair] = set()
    for row in standing_pairings(organisation, day).filter(person__in=keys).select_related("involvement"):
        paired = open_pairing(keys[row.person_id], row)
        if paired.other in keys:
            (together if paired.together else apart).add(frozenset((str(paired.person), str(paired.other))))
    return frozenset(apart), frozenset(together - apart)


def _languages(organisation: UUID, keys: Mapping[UUID, bytes], day: date) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, frozenset[str]] = dict.fromkeys(keys, frozenset())
    for row in interests_of_organisation(organisation, day).filter(person__in=keys).select_related("involvement"):
        found[row.person_id] |= frozenset(open_interests(keys[row.person_id], row).languages)
    return found
