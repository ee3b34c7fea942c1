"""Who sits where: mixed for an evening, anew when somebody comes late, and for a whole series."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.evenings import evenings, invited
from tests.people import DB, Cast, agreed
from wegnetz.accounts.access import Role, Viewer
from wegnetz.config.schedule import SCHEDULE
from wegnetz.core.days import working_moment
from wegnetz.network.models import Invitation, Pairing, Workshop, WorkshopDate
from wegnetz.network.openings import Invited, Liked, invited_content, open_invitation
from wegnetz.network.selectors.evenings import OpenEvening, evening_of, open_evening
from wegnetz.network.services import save_interests
from wegnetz.network.services.evening_links import make_evening_link
from wegnetz.network.services.invitations import InvitedAlreadyError, Reply, invite, note_answer
from wegnetz.network.services.pairings import PairedAlreadyError, SamePersonError, pair
from wegnetz.network.services.seating import ApartError, Mixing, TooFewError, mix_series, mix_tables, swap_seats
from wegnetz.network.services.workshops import SettledError
from wegnetz.network.tasks import forget_pairings
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import register_person
from wegnetz.participants.services.records import add_record
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import key_of
from wegnetz.vault.services import destroy_key

pytestmark = DB


def many(cast: Cast, number: int) -> list[UUID]:
    by = cast.ilka
    return [
        register_person(name=Name(called=f"Mensch {at}"), contact=Contact(), ground=agreed(by), by=by.viewer,
                        on=timezone.localdate())
        for at in range(number)
    ]  # fmt: skip


def coming(people: list[UUID], date: UUID, by: Viewer) -> None:
    for person in people:
        invitation = invited(person, date, by=by)
        note_answer(person, invitation, Reply(comes=True), version=1, by=by)


def there(date: UUID, *people: UUID) -> None:
    Invitation.objects.filter(date=date).update(attended=False)
    Invitation.objects.filter(date=date, person__in=people).update(attended=True)


def at(date: UUID, by: Viewer) -> OpenEvening:
    evening = evening_of(by, date)
    assert evening is not None
    return evening


def mixed(date: UUID, by: Viewer) -> Mixing:
    return mix_tables(at(date, by))


def opened(date: UUID) -> dict[UUID, Invited]:
    rows = Invitation.objects.filter(date=date).select_related("involvement")
    return {row.person_id: open_invitation(key_of(row.person_id), row) for row in rows}


def tables(date: UUID) -> list[set[UUID]]:
    found: dict[int, set[UUID]] = {}
    for person, seat in opened(date).items():
        if seat.table:
            found.setdefault(seat.table, set()).add(person)
    return [found[number] for number in sorted(found)]


def pairs(date: UUID) -> set[frozenset[UUID]]:
    return {frozenset(pair) for table in tables(date) for pair in combinations(table, 2)}


def test_eight_sit_at_two_tables_of_four_and_all_are_new_to_each_other(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    coming(people, made.date, by)
    found = mixed(made.date, by)
    assert [len(table) for table in tables(made.date)] == [4, 4]
    assert (found.new_pairs, found.upper_bound, {seat.new for seat in opened(made.date).values()}) == (12, 12, {3})


def test_a_week_later_nobody_sits_with_more_known_faces_than_must_be(cast: Cast) -> None:
    """Of 16 people at four tables of four all can meet others again."""
    by, people = cast.ilka.viewer, many(cast, 16)
    made = evenings(by)
    for date in (made.date, made.later):
        coming(people, date, by)
    mixed(made.date, by)
    there(made.date, *people)
    found = mixed(made.later, by)
    assert (found.new_pairs, pairs(made.date) & pairs(made.later)) == (24, set())


def test_who_comes_late_sits_down_and_nobody_else_moves(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    coming(people, made.date, by)
    there(made.date, *people[:7])
    mixed(made.date, by)
    before = tables(made.date)
    there(made.date, *people)
    found = mixed(made.date, by)
    after = tables(made.date)
    assert found.moved == frozenset()
    assert [each - {people[7]} for each in after] == before


def test_who_must_not_sit_together_never_does_and_who_must_does(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    pair(people[0], people[1], together=False, by=by)
    pair(people[2], people[3], together=True, by=by)
    for date in (made.date, made.later):
        coming(people, date, by)
    mix_series(made.workshop, by=by)
    for date in (made.date, made.later):
        assert (set(people[:2]) in [table & set(people[:2]) for table in tables(date)]) is False
        assert frozenset(people[2:4]) in pairs(date)


def test_nobody_is_alone_with_their_language_where_the_evening_allows_it(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    for at, person in enumerate(people):
        save_interests(person, Liked({"singing": 5}, languages=("ti",) if at < 2 else ("ar",)), by=by)
    made = evenings(by)
    coming(people, made.date, by)
    mixed(made.date, by)
    assert frozenset(people[:2]) in pairs(made.date)


def test_two_change_seats_unless_that_brings_together_who_must_be_apart(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    coming(people, made.date, by)
    mixed(made.date, by)
    one, other = (min(table) for table in tables(made.date))
    seats = dict(Invitation.objects.filter(date=made.date).values_list("person", "id"))
    swap_seats(at(made.date, by), seats[one], seats[other])
    first, second = tables(made.date)
    assert (other in first, one in second) == (True, True)
    pair(one, next(iter(first - {other})), together=False, by=by)
    with pytest.raises(ApartError):
        swap_seats(at(made.date, by), seats[one], seats[other])


def test_a_swap_says_nothing_of_two_at_a_table_that_it_does_not_touch(cast: Cast) -> None:
    """Else every swap would be refused but those that part the two, and so it would be told who they are."""
    by, people = cast.ilka.viewer, many(cast, 12)
    made = evenings(by)
    coming(people, made.date, by)
    mixed(made.date, by)
    first, second, third = map(sorted, tables(made.date))
    pair(third[0], third[1], together=False, by=by)
    pair(first[1], first[2], together=False, by=by)
    seats = dict(Invitation.objects.filter(date=made.date).values_list("person", "id"))
    swap_seats(at(made.date, by), seats[first[0]], seats[second[0]])
    assert first[0] in tables(made.date)[1]


def test_what_is_said_of_a_series_does_not_count_who_is_kept_apart(cast: Cast) -> None:
    """Colleagues of other functions mix too, and know how many come: a pair less would tell that two are kept apart."""
    by, people = cast.ilka.viewer, many(cast, 4)
    made = evenings(by)
    change = {"group_size": 2}
    Workshop.objects.filter(id=made.workshop).update(**change)
    for date in (made.date, made.later):
        coming(people, date, by)
    pair(people[0], people[1], together=False, by=by)
    pair(people[0], people[2], together=False, by=by)
    pair(people[0], people[3], together=True, by=by)
    before = mix_series(made.workshop, by=by).upper_bound
    Pairing.objects.update(deleted_at=timezone.now())
    assert before == mix_series(made.workshop, by=by).upper_bound == 4


def test_what_is_settled_and_who_is_alone_is_not_mixed(cast: Cast) -> None:
    by = cast.ilka.viewer
    made = evenings(by)
    coming([cast.yonas.id], made.date, by)
    with pytest.raises(TooFewError):
        mixed(made.date, by)
    coming([cast.lina.id], made.date, by)
    WorkshopDate.objects.filter(id=made.date).update(settled_at=timezone.now(), settled_by=by.user)
    with pytest.raises(SettledError):
        mixed(made.date, by)


def test_people_are_paired_once_and_never_with_themselves(cast: Cast) -> None:
    by = cast.ilka.viewer
    pair(cast.yonas.id, cast.lina.id, together=False, by=by)
    with pytest.raises(PairedAlreadyError):
        pair(cast.lina.id, cast.yonas.id, together=True, by=by)
    with pytest.raises(SamePersonError):
        pair(cast.lina.id, cast.lina.id, together=True, by=by)


def test_whom_two_functions_invited_sits_at_one_table_once(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    coming(people, made.date, by)
    coach = next(each for each in cast.colleagues if each.role is Role.COACH).viewer
    accompanied_too(people[0], "coaching")
    _done, refused = invite(made.date, [people[0]], by=coach)
    assert [type(error) for _who, error in refused] == [InvitedAlreadyError]
    # As it could be from before.
    content = invited_content(Invited("x"))
    add_record(Invitation, people[0], content, by=coach, date_id=made.date, token="x", answer=Answer.COMING)
    for _mixed_anew in range(2):
        evening = open_evening(make_evening_link(made.date, by=by)[0], at=working_moment())
        assert mix_tables(evening).new_pairs == 12
    rows = Invitation.objects.filter(date=made.date).select_related("involvement")
    seats = [open_invitation(key_of(row.person_id), row).table for row in rows.filter(person=people[0])]
    assert ([len(table) for table in tables(made.date)], len(seats), len(set(seats))) == ([4, 4], 2, 1)
    Invitation.objects.filter(date=made.date).exclude(person=people[0]).update(attended=False)
    Invitation.objects.filter(date=made.date, person=people[0]).update(attended=True)
    with pytest.raises(TooFewError):
        mix_tables(evening)


def accompanied_too(person: UUID, function: str) -> None:
    """By the same organisation in one more function, on a consent of its own."""
    involvement = Involvement.objects.select_related("consent").get(person=person)
    consent = involvement.consent
    assert consent is not None
    for row in (consent, involvement):
        row.id, row.function = uuid4(), function
        row._state.adding = True
    consent.save(force_insert=True)
    involvement.consent = consent
    involvement.save(force_insert=True)


def test_what_stands_with_somebody_about_another_goes_when_that_one_is_erased(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 3)
    pair(people[0], people[1], together=False, note="Mensch 1 hat Mensch 0 bedroht", by=by)
    stays = pair(people[0], people[2], together=False, by=by)
    assert forget_pairings.func() == 0
    destroy_key(people[1], on=timezone.now())
    assert forget_pairings.func() == 1
    assert list(Pairing.objects.values_list("id", flat=True)) == [stays]
    assert [every for job, every in SCHEDULE if job is forget_pairings] == [timedelta(days=1)]


def test_at_each_table_sits_somebody_who_looks_after_it(cast: Cast) -> None:
    by, people = cast.ilka.viewer, many(cast, 8)
    made = evenings(by)
    for place, person in enumerate(people):
        invitation = invited(person, made.date, by=by)
        note_answer(person, invitation, Reply(comes=True, leads=place < 2), version=1, by=by)
    mixed(made.date, by)
    assert [len(table & set(people[:2])) for table in tables(made.date)] == [1, 1]
