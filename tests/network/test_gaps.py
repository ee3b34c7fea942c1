"""What is missing in the city reaches those who steer it, and nothing of anybody with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.audit.reading_back import last_place
from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer as refer
from tests.network.cohorts import held, place, singer, steering
from tests.people import DAY, DB, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.audit.models import Event, EventSubject
from wegnetz.casework.services import accept_referral
from wegnetz.directory.selectors.interests import interests
from wegnetz.network.models import Gap, Interests
from wegnetz.network.openings import Liked
from wegnetz.network.selectors import (
    interests_of,
    may_hand_on,
    missed_interests,
    missed_wishes,
    to_hand_on,
    wishes_to_hand_on,
)
from wegnetz.network.selectors.gaps import ToHandOn
from wegnetz.network.services import (
    GapNotFoundError,
    close_gap,
    forget_gaps,
    hand_on_interest,
    hand_on_wish,
    reopen_gap,
    save_interests,
    take_back_interest,
    take_back_wish,
)
from wegnetz.participants.selectors import PersonNotFoundError, open_person

__all__ = ["partners"]
pytestmark = DB
NEXT = date(2021, 11, 1)
PLAYS = Liked({"chess": 5, "singing": 3}, ("Drachen bauen wie in Asmara", "Kochen"), ("de",))
WORDS = "Drachen bauen"


@pytest.fixture
def by(cast: Cast) -> Viewer:
    """Ilka, with whom there is a choir in the city and nothing else; Yonas plays chess."""
    place(cast, held("chor"))
    save_interests(cast.yonas.id, PLAYS, by=cast.ilka.viewer)
    return cast.ilka.viewer


def told(cast: Cast, on: date) -> list[tuple[str, int | None]]:
    return [(each.concept, each.number) for each in missed_interests(steering(cast), interests(), on=on)]


def wishes(cast: Cast, on: date = NEXT) -> list[str]:
    return [each.wish for each in missed_wishes(steering(cast), on=on)]


def liked(viewer: Viewer, person: UUID) -> Liked:
    found = interests_of(viewer, open_person(viewer, person, purpose="test", also=("interests",)))
    assert found is not None
    return found


def test_an_interest_nobody_serves_is_counted_without_the_person(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    assert (told(cast, DAY), told(cast, NEXT)) == ([], [("chess", None)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_gap")
        ((_id, *cells),) = cursor.fetchall()
    assert [str(cell) for cell in cells] == ["chess", "", "0", "2021-10-01", "1", "open", "None", ""]


def test_nobody_is_counted_twice_and_a_later_change_of_interests_forgets_it_not(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    now = liked(by, cast.yonas.id)
    save_interests(cast.yonas.id, replace(PLAYS, version=now.version, district="Bilk"), by=by)
    hand_on_interest(cast.yonas.id, "chess", by=by, on=NEXT)
    assert [(row.before, row.during) for row in Gap.objects.all()] == [(0, 1)]
    assert liked(by, cast.yonas.id).handed_on == {"chess": date(2021, 10, 1)}


def test_fewer_than_five_are_never_told_and_more_only_in_steps_after_the_month(cast: Cast, by: Viewer) -> None:
    people = [singer(cast.ilka, f"{letter}da", PLAYS) for letter in "ABCDEF"]
    seen = []
    for person in people:
        hand_on_interest(person, "chess", by=by, on=DAY)
        seen.append(told(cast, DAY))
    assert seen == [[]] * 6
    assert told(cast, NEXT) == [("chess", 5)]
    hand_on_interest(cast.yonas.id, "chess", by=by, on=NEXT)
    assert told(cast, NEXT) == [("chess", 5)]


@pytest.mark.parametrize("concept", ["singing", "boxing", "", "no such"])
def test_what_somebody_offers_or_the_person_does_not_like_is_not_missing(concept: str, cast: Cast, by: Viewer) -> None:
    with pytest.raises(PersonNotFoundError):
        hand_on_interest(cast.yonas.id, concept, by=by, on=DAY)
    with pytest.raises(PersonNotFoundError):
        take_back_interest(cast.yonas.id, concept, by=by, on=DAY)
    assert Gap.objects.count() == 0


def test_what_was_counted_this_month_is_taken_back_and_no_more_after_it(cast: Cast, by: Viewer) -> None:
    person, ada = cast.yonas.id, singer(cast.ilka, "Ada", PLAYS)
    for each in (person, ada):
        hand_on_interest(each, "chess", by=by, on=DAY)
    take_back_interest(ada, "chess", by=by, on=DAY)
    with pytest.raises(PersonNotFoundError):
        take_back_interest(ada, "chess", by=by, on=DAY)
    assert (Gap.objects.get().during, liked(by, ada).handed_on) == (1, {})
    with pytest.raises(PersonNotFoundError):
        take_back_interest(person, "chess", by=by, on=NEXT)
    take_back_interest(person, "chess", by=by, on=DAY)
    assert (Gap.objects.count(), liked(by, person).handed_on) == (0, {})


def test_who_was_counted_earlier_is_taken_back_by_nobody_who_counted_another(cast: Cast, by: Viewer) -> None:
    """What others handed on this month is neither to be seen from one's own people nor to be undone by them."""
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    save_interests(cast.omar.id, PLAYS, by=cast.bea.viewer)
    hand_on_interest(cast.omar.id, "chess", by=cast.bea.viewer, on=NEXT)
    (own,) = to_hand_on(liked(by, cast.yonas.id), interests(), on=NEXT)
    assert (own.counted, own.fresh) == (True, False)
    with pytest.raises(PersonNotFoundError):
        take_back_interest(cast.yonas.id, "chess", by=by, on=NEXT)
    assert [(row.before, row.during) for row in Gap.objects.all()] == [(1, 1)]


def test_a_wish_goes_on_in_the_words_that_were_given_it(cast: Cast, by: Viewer) -> None:
    hand_on_wish(cast.yonas.id, PLAYS.wishes[0], f"  {WORDS}\n", by=by, on=DAY)
    hand_on_wish(singer(cast.ilka, "Ada", PLAYS), PLAYS.wishes[0], WORDS.upper(), by=by, on=DAY)
    assert wishes(cast, DAY) == []
    assert wishes(cast) == [WORDS]  # how many wished it, nobody sees
    assert Gap.objects.get().month == date(2021, 10, 1)
    assert liked(by, cast.yonas.id).handed_on == {PLAYS.wishes[0]: date(2021, 10, 1)}


@pytest.mark.parametrize(
    ("words", "again"),
    [("Straße im Bild", "STRASSE IM BILD"), ("Ähren binden", "ÄHREN BINDEN"), ("Οδός", "ΟΔΌΣ"), ("Ударные", "УДАРНЫЕ")],
)
def test_the_same_words_are_one_wish_in_whatever_letters(cast: Cast, by: Viewer, words: str, again: str) -> None:
    """Databases disagree about capitals: SQLite knows those of A to Z, PostgreSQL what its locale knows."""
    wish, ada = PLAYS.wishes[0], singer(cast.ilka, "Ada", PLAYS)
    hand_on_wish(cast.yonas.id, wish, words, by=by, on=DAY)
    hand_on_wish(ada, wish, again, by=by, on=DAY)
    assert [(row.wish, row.during) for row in Gap.objects.all()] == [(words, 2)]
    assert [liked(by, each).worded for each in (cast.yonas.id, ada)] == [{wish: words}] * 2
    take_back_wish(ada, wish, by=by, on=DAY)
    take_back_wish(cast.yonas.id, wish, by=by, on=DAY)
    assert Gap.objects.count() == 0


def test_a_wish_that_stood_there_twice_is_one_after_an_upgrade() -> None:
    for wish, month, state in (
        ("STRASSE FEGEN", 9, Gap.OPEN), ("Straße fegen", 8, Gap.OPEN), ("Straße Fegen", 7, Gap.OFFERED),
        ("", 7, Gap.OPEN),
    ):  # fmt: skip
        Gap.objects.create(
            wish=wish, concept="" if wish else "chess", month=date(2021, month, 1), state=state, during=month,
            folded=wish and f"{wish} before",
        )  # fmt: skip
    import_module("wegnetz.network.migrations.0004_same_wishes").fold(apps, None)
    assert list(Gap.objects.order_by("month", "wish").values_list("wish", "folded", "during", "state")) == [
        ("", "", 7, Gap.OPEN), ("Straße Fegen", "strasse fegen", 7, Gap.OFFERED),
        ("Straße fegen", "strasse fegen", 17, Gap.OPEN),
    ]  # fmt: skip


def test_a_wish_is_taken_back_in_its_month_and_what_others_said_stays(cast: Cast, by: Viewer) -> None:
    wish, person, ada = PLAYS.wishes[0], cast.yonas.id, singer(cast.ilka, "Ada", PLAYS)
    hand_on_wish(person, wish, WORDS, by=by, on=DAY)
    hand_on_wish(person, wish, "Drachen steigen lassen", by=by, on=DAY)  # stands there already
    hand_on_wish(ada, wish, WORDS.upper(), by=by, on=NEXT)
    now = liked(by, person)
    save_interests(person, replace(PLAYS, version=now.version, district="Bilk"), by=by)
    assert [(row.wish, row.month, row.during) for row in Gap.objects.all()] == [(WORDS, date(2021, 10, 1), 2)]
    assert [wishes_to_hand_on(liked(by, each), on=NEXT)[0].fresh for each in (person, ada)] == [False, True]
    with pytest.raises(PersonNotFoundError):
        take_back_wish(person, wish, by=by, on=NEXT)
    take_back_wish(ada, wish, by=by, on=NEXT)
    with pytest.raises(PersonNotFoundError):
        take_back_wish(ada, wish, by=by, on=NEXT)
    assert (wishes(cast), liked(by, ada).handed_on) == ([WORDS], {})
    take_back_wish(person, wish, by=by, on=DAY)
    now = liked(by, person)
    assert (Gap.objects.count(), now.handed_on, now.worded) == (0, {}, {})


def test_what_somebody_likes_no_more_and_was_handed_on_is_taken_back_still(cast: Cast, by: Viewer) -> None:
    person, ada = cast.yonas.id, singer(cast.ilka, "Ada", PLAYS)
    for each in (person, ada):
        hand_on_interest(each, "chess", by=by, on=DAY)
        hand_on_wish(each, PLAYS.wishes[0], WORDS, by=by, on=DAY)
    now = liked(by, person)
    save_interests(person, replace(PLAYS, interests={"singing": 3}, wishes=("Kochen",), version=now.version), by=by)
    now = liked(by, person)
    assert to_hand_on(now, interests(), on=DAY) == [ToHandOn("chess", counted=True, fresh=True)]
    assert wishes_to_hand_on(now, on=DAY) == [
        ToHandOn("Kochen", counted=False, fresh=False), ToHandOn(PLAYS.wishes[0], counted=True, fresh=True),
    ]  # fmt: skip
    assert (to_hand_on(now, interests(), on=NEXT), len(wishes_to_hand_on(now, on=NEXT))) == ([], 1)
    take_back_interest(person, "chess", by=by, on=DAY)
    take_back_wish(person, PLAYS.wishes[0], by=by, on=DAY)
    now = liked(by, person)
    assert (to_hand_on(now, interests(), on=DAY), len(wishes_to_hand_on(now, on=DAY))) == ([], 1)
    assert sorted(Gap.objects.values_list("concept", "wish", "during")) == [("", WORDS, 1), ("chess", "", 1)]


def test_an_interest_that_somebody_offers_meanwhile_is_taken_back_still(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    place(cast, held("chor"), held("schach", "chess"))
    assert to_hand_on(liked(by, cast.yonas.id), interests(), on=DAY) == [ToHandOn("chess", counted=True, fresh=True)]


def test_a_wish_with_the_name_of_an_interest_is_not_taken_for_it(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    ada = singer(cast.ilka, "Ada", Liked({}, ("chess",)))
    hand_on_wish(ada, "chess", "Schach im Park", by=by, on=DAY)
    assert to_hand_on(liked(by, ada), interests(), on=DAY) == []


def test_a_wish_that_was_taken_off_is_not_taken_back_but_may_be_handed_on_again(cast: Cast, by: Viewer) -> None:
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=DAY)
    close_gap(Gap.objects.get().id, offered=True, by=steering(cast), on=DAY)
    with pytest.raises(PersonNotFoundError):
        take_back_wish(cast.yonas.id, "Kochen", by=by, on=DAY)
    assert not any(each.counted for each in wishes_to_hand_on(liked(by, cast.yonas.id), on=DAY))
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=NEXT)
    assert sorted(Gap.objects.values_list("state", "during")) == [("offered", 1), ("open", 1)]


def test_the_same_words_stand_on_the_list_once_and_off_it_as_often_as_they_were_taken_off(cast: Cast) -> None:
    for state in (Gap.REMOVED, Gap.REMOVED, Gap.OPEN):
        Gap.objects.create(wish="Kochen", folded="kochen", month=NEXT, state=state)
    for folded in ("kochen", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gap.objects.create(wish="KOCHEN", folded=folded, month=NEXT)
    for gap in Gap.objects.exclude(state=Gap.OPEN):
        reopen_gap(gap.id, by=steering(cast))
    assert Gap.objects.get().during == 3


@pytest.mark.parametrize("words", ["", "  ", "x" * 201])
def test_no_words_or_too_many_are_refused(words: str, cast: Cast, by: Viewer) -> None:
    with pytest.raises(ValueError, match="expected 1 to 200"):
        hand_on_wish(cast.yonas.id, PLAYS.wishes[0], words, by=by, on=DAY)
    with pytest.raises(PersonNotFoundError):
        hand_on_wish(cast.yonas.id, "etwas anderes", WORDS, by=by, on=DAY)
    assert Gap.objects.count() == 0


def test_out_of_scope_or_sealed_nothing_is_handed_on(cast: Cast, by: Viewer, partners: Partners) -> None:
    samira = partners.samira.viewer
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=samira, on=today())
    save_interests(cast.yonas.id, PLAYS, by=samira)
    assert [may_hand_on(viewer, cast.yonas.id) for viewer in (by, samira, cast.bea.viewer)] == [True, False, False]
    for viewer in (samira, cast.bea.viewer, steering(cast)):
        with pytest.raises(PersonNotFoundError):
            hand_on_interest(cast.yonas.id, "chess", by=viewer, on=DAY)
        with pytest.raises(PersonNotFoundError):
            hand_on_wish(cast.yonas.id, PLAYS.wishes[0], WORDS, by=viewer, on=DAY)
        with pytest.raises(PersonNotFoundError):
            take_back_wish(cast.yonas.id, PLAYS.wishes[0], by=viewer, on=DAY)
    assert Gap.objects.count() == 0


def test_the_log_of_the_person_says_that_something_went_on_and_of_the_list_nothing_leads_back(
    cast: Cast, by: Viewer
) -> None:
    before = last_place(by.organisation)
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    (event,) = Event.objects.filter(organisation=by.organisation, sequence__gt=before)
    assert (event.action, event.category, event.purpose) == ("hand on", "interests", "what is missing")
    subjects = EventSubject.objects.filter(event=event).values_list("subject", flat=True)
    assert list(subjects) == [cast.yonas.id]


def test_what_is_offered_now_is_off_the_list_and_can_come_back(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    gap, steers = Gap.objects.get().id, steering(cast)
    close_gap(gap, offered=True, by=steers, on=DAY)
    assert (told(cast, NEXT), len(missed_interests(steers, interests(), on=NEXT, closed=True))) == ([], 1)
    with pytest.raises(GapNotFoundError):
        close_gap(gap, offered=True, by=steers, on=DAY)
    reopen_gap(gap, by=steers)
    with pytest.raises(GapNotFoundError):
        reopen_gap(gap, by=steers)
    assert told(cast, NEXT) == [("chess", None)]


def test_what_is_missed_again_meanwhile_becomes_one_with_what_comes_back(cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    gap, steers = Gap.objects.get().id, steering(cast)
    close_gap(gap, offered=False, by=steers, on=DAY)
    hand_on_interest(cast.yonas.id, "chess", by=by, on=NEXT)  # of whom was counted before, the row is gone
    reopen_gap(gap, by=steers)
    assert [(row.id, row.before, row.month, row.during) for row in Gap.objects.all()] == [(gap, 1, NEXT, 1)]


def test_a_wish_that_comes_back_beside_the_same_stands_there_once(cast: Cast, by: Viewer) -> None:
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=DAY)
    gap = Gap.objects.get().id
    close_gap(gap, offered=True, by=steering(cast), on=DAY)
    hand_on_wish(singer(cast.ilka, "Ada", PLAYS), "Kochen", "KOCHEN", by=by, on=DAY)
    reopen_gap(gap, by=steering(cast))
    assert wishes(cast) == ["Kochen"]


def test_a_wish_that_comes_back_is_of_the_month_in_which_it_was_said_first(cast: Cast, by: Viewer) -> None:
    """Or whoever took it off and put it back would see that somebody said it once more, and move it up."""
    steers, ada = steering(cast), singer(cast.ilka, "Ada", PLAYS)
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=DAY)
    close_gap(gap := Gap.objects.get().id, offered=False, by=steers, on=NEXT)
    hand_on_wish(ada, "Kochen", "KOCHEN", by=by, on=NEXT)
    reopen_gap(gap, by=steers)
    (row,) = missed_wishes(steers, on=NEXT)
    assert (row.id, row.wish, row.before, row.month, row.during) == (gap, "Kochen", 0, date(2021, 10, 1), 2)
    take_back_wish(ada, "Kochen", by=by, on=NEXT)
    assert (wishes(cast), Gap.objects.get().during) == (["Kochen"], 1)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.STEERING, Role.NETWORK_COORDINATOR}])
def test_the_list_is_for_who_keeps_the_directory_and_for_nobody_else(role: Role, cast: Cast, by: Viewer) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=by, on=DAY)
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=DAY)
    other = replace(steering(cast), role=role)
    assert missed_interests(other, interests(), on=NEXT) == []
    assert list(missed_wishes(other, on=NEXT)) == []
    for gap in (*Gap.objects.values_list("id", flat=True), uuid4()):
        with pytest.raises(GapNotFoundError):
            close_gap(gap, offered=True, by=other, on=DAY)


def test_what_was_taken_off_is_gone_after_a_month_or_two(cast: Cast, by: Viewer) -> None:
    hand_on_wish(cast.yonas.id, "Kochen", "Kochen", by=by, on=DAY)
    close_gap(Gap.objects.get().id, offered=False, by=steering(cast), on=DAY)
    forget_gaps(on=DAY + timedelta(days=30))
    assert Gap.objects.count() == 1
    forget_gaps(on=NEXT + timedelta(days=30))
    assert Gap.objects.count() == 0


def test_what_is_handed_on_stays_sealed_where_it_came_from(cast: Cast, by: Viewer) -> None:
    hand_on_wish(cast.yonas.id, PLAYS.wishes[0], WORDS, by=by, on=DAY)
    assert b"Asmara" not in bytes(Interests.objects.get(person=cast.yonas.id).box)
