"""Mix the tables of an evening, or of a whole series, and keep who sits where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import acting_as
from wegnetz.engines.mixing import Evenings, Mixed, mix, mix_anew, new_pairs_at_most, steps_for
from wegnetz.network.access import dates_in_scope, workshops_in_scope
from wegnetz.network.models import Workshop, WorkshopDate
from wegnetz.network.openings import invited_content
from wegnetz.network.selectors.evenings import OpenEvening
from wegnetz.network.selectors.tables import Company, Pair, Seat, company_of
from wegnetz.network.services.attendance import NotOnTheListError, locked_time
from wegnetz.network.services.workshops import SettledError, WorkshopNotFoundError
from wegnetz.participants.boxes import seal_record

# How long the search goes on, by its own measure of steps: the same evening is mixed alike on every machine.
SECONDS_FOR_ONE: Final = 1.0
SECONDS_FOR_ALL: Final = 8.0


class TooFewError(DomainError):
    """There are not enough people for two tables."""


class ApartError(DomainError):
    """These two cannot change seats: who must not sit together would."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """How it came out: new pairs of people, and how many there could be at most; who changed tables."""

    new_pairs: int
    upper_bound: int
    moved: frozenset[UUID] = frozenset()


def mix_tables(evening: OpenEvening) -> Mixing:
    """Seat everybody who is there, or is expected. Where people sat already, as few as possible change.

    Raises SettledError, TooFewError, LinkGoneError.
    """
    with acting_as(evening.scope), transaction.atomic():
        return _mix_tables(locked_time(evening), evening.actor)


def _mix_tables(date_row: WorkshopDate, actor: Actor) -> Mixing:
    company = _company([date_row])
    seats = company.seats[date_row.id]
    evening = company.evenings([date_row])
    before = _tables(seats)
    chance = Random(str(date_row.id))  # noqa: S311  seats, not secrets
    if before:
        anew = mix_anew(evening, before, chance)
        mixed, moved = anew.mixed, frozenset(map(UUID, anew.moved))
    else:
        mixed, moved = mix(evening, chance, steps=steps_for(evening, SECONDS_FOR_ONE)), frozenset()
    _keep(company, mixed, actor)
    return Mixing(mixed.new_pairs, mixed.upper_bound, moved)


@transaction.atomic
def mix_series(workshop: UUID, *, by: Viewer) -> Mixing:
    """Seat those who said they come at all coming times of a workshop, as if they were one plan.

    Raises WorkshopNotFoundError, TooFewError.
    """
    row = workshops_in_scope(by).select_for_update().filter(id=workshop).first()
    if row is None:
        raise WorkshopNotFoundError
    dates = _coming(row, by)
    company = _company(dates) if dates else None
    dates = [each for each in dates if company and company.seats[each.id]]
    if company is None or not dates:
        raise TooFewError
    evenings = company.evenings(dates)
    chance = Random(str(workshop))  # noqa: S311  seats, not secrets
    mixed = mix(evenings, chance, steps=steps_for(evenings, SECONDS_FOR_ALL))
    _keep(company, mixed, by.actor)
    return Mixing(mixed.new_pairs, _told_bound(evenings))


def _told_bound(evenings: Evenings) -> int:
    """As if nobody were kept apart, or together: one pair less would tell colleagues that there are two who are."""
    return new_pairs_at_most(replace(evenings, apart=frozenset(), together=frozenset()))


def _coming(workshop: Workshop, by: Viewer) -> list[WorkshopDate]:
    rows = dates_in_scope(by).filter(
        workshop=workshop, state=WorkshopDate.PLANNED, settled_at__isnull=True, starts_at__gt=working_moment()
    )
    return list(rows.select_for_update(of=("self",)).select_related("workshop").order_by("starts_at"))


def _company(dates: Sequence[WorkshopDate]) -> Company:
    """Raises SettledError, TooFewError."""
    if any(each.settled_at for each in dates):
        raise SettledError
    company = company_of(dates[0].organisation_id, dates)
    if max((len({seat.person for seat in company.seats[each.id]}) for each in dates), default=0) < 2:
        raise TooFewError
    return company


def _tables(seats: Iterable[Seat]) -> list[list[str]]:
    """As they sit; nobody where nobody sits yet."""
    at = {seat.person: seat.invited.table for seat in seats if seat.invited.table}
    return _groups(at)


def _keep(company: Company, mixed: Mixed, actor: Actor) -> None:
    """Write down at which table each sits, and how many of those there are new to them."""
    met = set(company.met) | company.recent
    for evening in mixed.sessions:
        seats = company.seats[UUID(evening.session)]
        numbers = _numbered(evening.groups, seats)
        for seat in seats:
            table, new = numbers[seat.person], _new(seat.person, evening.groups, met)
            if (seat.invited.table, seat.invited.new) != (table, new):
                _store(seat, table, new)
        met |= {frozenset((one, other)) for group in evening.groups for one in group for other in group if one < other}
    people = {seat.row.person_id for seats in company.seats.values() for seat in seats}
    record_act(actor, "seat", subjects=sorted(people), category="workshops")


def _numbered(groups: Sequence[Sequence[str]], seats: Iterable[Seat]) -> Mapping[str, int]:
    """The table of each: a group keeps the number at which most of it sat, so that nobody carries their things."""
    sat = {seat.person: seat.invited.table for seat in seats}
    free = set(range(1, len(groups) + 1))
    stay = {
        (at, number): sum(sat[each] == number for each in group) for at, group in enumerate(groups) for number in free
    }
    numbers: dict[int, int] = {}
    for at, number in sorted(stay, key=lambda each: (-stay[each], each)):
        if at not in numbers and number in free:
            numbers[at] = number
            free.discard(number)
    return {person: numbers[at] for at, group in enumerate(groups) for person in group}


def _new(person: str, groups: Iterable[Sequence[str]], met: set[Pair]) -> int:
    group = next(each for each in groups if person in each)
    return sum(frozenset((person, other)) not in met for other in group if other != person)


def _store(seat: Seat, table: int, new: int) -> None:
    row = seat.row
    row.version += 1
    row.box = seal_record(row, seat.key, invited_content(replace(seat.invited, table=table, new=new)))
    row.save(update_fields=["version", "box"])


def swap_seats(evening: OpenEvening, one: UUID, other: UUID) -> None:
    """Two people at different tables change seats, by their invitations.

    Raises SettledError, LinkGoneError, NotOnTheListError for who is not seated, and ApartError where two would sit
    together who must not. Why is not told.
    """
    with acting_as(evening.scope), transaction.atomic():
        _swap_seats(locked_time(evening), one, other, evening.actor)


def _swap_seats(date_row: WorkshopDate, one: UUID, other: UUID, actor: Actor) -> None:
    company = _company([date_row])
    seats = {seat.row.id: seat for seat in company.seats[date_row.id] if seat.invited.table}
    if one not in seats or other not in seats:
        raise NotOnTheListError
    at = {seat.person: seat.invited.table or 0 for seat in seats.values()}
    first, second = seats[one].person, seats[other].person
    before = _groups(at)
    at[first], at[second] = at[second], at[first]
    groups = _groups(at)
    # Of two who sit together already nothing is told: else only the swaps that part them would not be refused.
    if _beside(company.apart, groups) - _beside(company.apart, before):
        raise ApartError
    met = set(company.met) | company.recent
    for seat in seats.values():
        new = _new(seat.person, groups, met)
        if (at[seat.person], new) != (seat.invited.table, seat.invited.new):
            _store(seat, at[seat.person], new)
    people = [seats[each].row.person_id for each in (one, other)]
    record_act(actor, "seat", subjects=sorted(people), category="workshops")


def _groups(at: Mapping[str, int]) -> list[list[str]]:
    return [[who for who in at if at[who] == table] for table in sorted(set(at.values()))]


def _beside(pairs: Iterable[Pair], groups: Iterable[Sequence[str]]) -> set[Pair]:
    """Those of the pairs who sit at one table."""
    tables = list(map(set, groups))
    return {pair for pair in pairs if any(pair <= table for table in tables)}
