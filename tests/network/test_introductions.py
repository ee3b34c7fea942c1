"""From what somebody likes to a place where they belong: suggested with reasons, agreed on, visited, learnt from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer as refer
from tests.desk.asking import undone
from tests.directory.places import CHOIR, HOUSE
from tests.people import DAY, DB, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.services import accept_referral
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.directory.models import Offer
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.engines.introductions import Code
from wegnetz.network.models import Introduction, Outcome
from wegnetz.network.openings import Liked, Said, Step, open_introduction, seal_said
from wegnetz.network.selectors import interests_of, introductions_of, suggestions, why
from wegnetz.network.services import (
    EditConflictError,
    NotAgreedError,
    StageError,
    StepDayError,
    delete_introduction,
    restore_introduction,
    save_interests,
    suggest,
    take_back,
    take_step,
)
from wegnetz.network.services import (
    take_over as take_over_words,
)
from wegnetz.participants.selectors import NotRecordedError, OpenPerson, PersonNotFoundError, open_person
from wegnetz.rules.introductions import FOLLOWS, Stage, is_open, may_follow
from wegnetz.vault.selectors import key_of

__all__ = ["partners"]
pytestmark = DB
SINGS = Liked({"singing": 5, "dance": 3}, ("Drachen bauen",), ("de",), born=2001)


@pytest.fixture(autouse=True)
def house(cast: Cast) -> None:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    take_over(ensure_source(name="L", kind="csv", attribution="", licence="", by=by), [HOUSE], by=by, on=DAY)


def offer(title: str) -> UUID:
    return Offer.objects.get(title=title).id


def page(viewer: Viewer, person: UUID) -> OpenPerson:
    return open_person(viewer, person, purpose="places", also=("interests", "introductions"))


def introduced(cast: Cast, *stages: Stage) -> UUID:
    """Yonas and the choir, this far."""
    by = cast.ilka.viewer
    made = suggest(cast.yonas.id, offer("Offener Chor"), by=by, on=DAY)
    for version, stage in enumerate(stages, 1):
        step = Step(stage, DAY, reason="too-far" if stage is Stage.ENDED else "", called="Yonas")
        take_step(cast.yonas.id, made, step, version=version, by=by, agreed=True)
    return made


def test_what_somebody_likes_is_there_again_and_sealed_in_the_database(cast: Cast) -> None:
    save_interests(cast.yonas.id, SINGS, by=cast.ilka.viewer)
    assert interests_of(cast.ilka.viewer, page(cast.ilka.viewer, cast.yonas.id)) == replace(SINGS, version=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT box FROM network_interests")
        ((box,),) = cursor.fetchall()
    assert b"Drachen" not in bytes(box)


def test_two_people_who_write_interests_down_lose_nothing(cast: Cast) -> None:
    save_interests(cast.yonas.id, SINGS, by=cast.ilka.viewer)
    for version in (0, 2):
        with pytest.raises(EditConflictError):
            save_interests(cast.yonas.id, replace(SINGS, version=version), by=cast.ilka.viewer)
    save_interests(cast.yonas.id, replace(SINGS, district="Bilk", version=1), by=cast.ilka.viewer)
    found = interests_of(cast.ilka.viewer, page(cast.ilka.viewer, cast.yonas.id))
    assert found is not None
    assert (found.district, found.version) == ("Bilk", 2)


def test_nobody_writes_about_somebody_out_of_scope(cast: Cast) -> None:
    with pytest.raises(PersonNotFoundError):
        save_interests(cast.yonas.id, SINGS, by=cast.bea.viewer)
    with pytest.raises(PersonNotFoundError):
        suggest(cast.yonas.id, offer("Tanzen"), by=cast.bea.viewer, on=DAY)
    with pytest.raises(PersonNotFoundError):
        suggest(cast.yonas.id, cast.nobody.id, by=cast.ilka.viewer, on=DAY)


@pytest.mark.parametrize("category", ["interests", "introductions"])
def test_what_was_not_recorded_is_not_opened(cast: Cast, category: str) -> None:
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="places")
    with pytest.raises(NotRecordedError):
        (interests_of if category == "interests" else introductions_of)(cast.ilka.viewer, found)


def test_suggestions_come_with_their_reasons_and_every_offer_says_why_not() -> None:
    found = suggestions(SINGS, interests(), on=DAY)
    assert [each.offer.offer.key for each in found] == [CHOIR.key]
    assert {reason.code for reason in found[0].fit.reasons} >= {Code.INTEREST, Code.LANGUAGE, Code.FREE, Code.AGE}
    closed = why(SINGS, interests(), offer("Tanzen"), on=DAY)
    assert {reason.code for reason in closed.fit.against} == {Code.WOMEN_ONLY_UNKNOWN, Code.NO_LANGUAGE}
    with pytest.raises(PersonNotFoundError):
        why(SINGS, interests(), UUID(int=1), on=DAY)


def test_where_only_the_year_of_birth_is_known_nobody_is_sent_who_may_be_too_young() -> None:
    born = DAY.year - (CHOIR.age_from or 0)
    assert suggestions(replace(SINGS, born=born), interests(), on=DAY) == []
    assert len(suggestions(replace(SINGS, born=born - 1), interests(), on=DAY)) == 1


def test_whoever_was_introduced_is_not_suggested_the_same_again(cast: Cast) -> None:
    introduced(cast)
    going = frozenset(met.offer for met in introductions_of(cast.ilka.viewer, page(cast.ilka.viewer, cast.yonas.id)))
    assert suggestions(SINGS, interests(), on=DAY, without=going) == []


def test_the_whole_way_from_a_thought_to_a_regular(cast: Cast) -> None:
    introduced(cast, Stage.DISCUSSED, Stage.ANNOUNCED, Stage.VISITED, Stage.RETURNED, Stage.REGULAR)
    (met,) = introductions_of(cast.ilka.viewer, page(cast.ilka.viewer, cast.yonas.id))
    assert (met.stage, met.due_on, len(met.steps)) == (Stage.REGULAR, None, 6)
    assert [step.called for step in met.steps] == ["", "Yonas", "Yonas", "Yonas", "Yonas", "Yonas"]
    assert Outcome.objects.values_list("agreed", "visited", "returned").get() == (1, 1, 1)


def test_how_offers_did_before_speaks_for_them(cast: Cast) -> None:
    introduced(cast, Stage.DISCUSSED, Stage.VISITED, Stage.RETURNED)

    def came_back() -> list[Code]:
        reasons = suggestions(SINGS, interests(), on=DAY)[0].fit.reasons
        return [reason.code for reason in reasons if reason.code.startswith("came-back")]

    assert came_back() == []  # of one alone it would tell how it went with them
    Outcome.objects.update(agreed=5, returned=3)
    assert came_back() == [Code.CAME_SOMETIMES]


def test_one_person_fills_no_number_up_however_often_they_go(cast: Cast) -> None:
    """Else whoever introduces them until a number is told reads from it how it went with others."""
    for _ in range(5):
        introduced(cast, Stage.DISCUSSED, Stage.VISITED, Stage.ENDED)
    assert Outcome.objects.values_list("agreed", "visited", "returned").get() == (1, 1, 0)
    delete_introduction(cast.yonas.id, Introduction.objects.first().id, by=cast.ilka.viewer)  # type: ignore[union-attr]
    assert Outcome.objects.values_list("agreed", "visited", "returned").get() == (1, 1, 0)


def test_what_is_sealed_is_counted_nowhere(cast: Cast, partners: Partners) -> None:
    samira = partners.samira.viewer
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=samira, on=today())
    made = suggest(cast.yonas.id, offer("Offener Chor"), by=samira, on=DAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, DAY), version=1, by=samira)
    assert (Introduction.objects.get().stage, Outcome.objects.count()) == (Stage.DISCUSSED, 0)


def test_a_step_that_was_taken_back_counts_no_more(cast: Cast) -> None:
    made = introduced(cast, Stage.DISCUSSED, Stage.VISITED)
    take_back(cast.yonas.id, made, version=3, by=cast.ilka.viewer)
    assert Outcome.objects.values_list("agreed", "visited").get() == (1, 0)
    take_back(cast.yonas.id, made, version=4, by=cast.ilka.viewer)
    with pytest.raises(StageError):
        take_back(cast.yonas.id, made, version=5, by=cast.ilka.viewer)
    assert Introduction.objects.get().stage == Stage.SUGGESTED


@pytest.mark.parametrize(("agreed", "called"), [(False, "Yonas"), (True, ""), (True, "  ")])
def test_a_place_is_told_nothing_without_a_yes_and_a_name_to_go_by(cast: Cast, called: str, agreed: bool) -> None:
    made = introduced(cast, Stage.DISCUSSED)
    step = Step(Stage.ANNOUNCED, DAY, called=called)
    with pytest.raises(NotAgreedError):
        take_step(cast.yonas.id, made, step, version=2, by=cast.ilka.viewer, agreed=agreed)
    assert Introduction.objects.get().stage == Stage.DISCUSSED


days = st.integers(-3, 3)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), days, st.booleans()), max_size=9), st.lists(days, max_size=3))
def test_the_days_of_steps_never_go_back_and_never_lie_ahead(
    cast: Cast, tried: list[tuple[int, int, bool]], said: list[int]
) -> None:
    """Whoever writes them down, staff or the place."""
    person, by, now = cast.yonas.id, cast.ilka.viewer, working_day()

    def row() -> Introduction:
        return Introduction.objects.select_related("involvement").get()

    def law() -> bool:
        on = [step.on for step in open_introduction(key_of(person), row()).steps]
        return on == sorted(on) and on[-1] <= now

    with undone():
        made = suggest(person, offer("Offener Chor"), by=by, on=now - timedelta(days=2))
        for number, after, back in tried:
            stages = FOLLOWS[Stage(row().stage)]
            step = Step(stages[number % len(stages)], now + timedelta(days=after), called="Yo") if stages else None
            try:
                if back or step is None:
                    take_back(person, made, version=row().version, by=by)
                else:
                    take_step(person, made, step, version=row().version, by=by, agreed=True)
            except DomainError:
                continue
            assert law()
        words = tuple(Said(came=True, on=now + timedelta(days=day)) for day in sorted(said))
        Introduction.objects.update(said_box=seal_said(key_of(person), row(), words))
        if words:
            take_over_words(person, made, version=row().version, seen=len(words), by=by)
        assert law()


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), working_day() + timedelta(days=1)])
def test_a_step_that_cannot_have_been_is_refused_and_says_from_when_it_can(cast: Cast, day: date) -> None:
    made = introduced(cast)
    with pytest.raises(StepDayError) as refused:
        take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, day), version=1, by=cast.ilka.viewer)
    assert (refused.value.first, Introduction.objects.get().stage) == (DAY, Stage.SUGGESTED)


def test_a_step_out_of_turn_is_refused(cast: Cast) -> None:
    made = introduced(cast)
    for step, version, error in ((Stage.REGULAR, 1, StageError), (Stage.DISCUSSED, 9, EditConflictError)):
        with pytest.raises(error):
            take_step(cast.yonas.id, made, Step(step, DAY), version=version, by=cast.ilka.viewer)


def test_what_was_deleted_comes_back(cast: Cast) -> None:
    made, by = introduced(cast, Stage.DISCUSSED), cast.ilka.viewer
    delete_introduction(cast.yonas.id, made, by=by)
    assert introductions_of(by, page(by, cast.yonas.id)) == ()
    restore_introduction(cast.yonas.id, made, by=by)
    assert [met.stage for met in introductions_of(by, page(by, cast.yonas.id))] == [Stage.DISCUSSED]


def test_where_somebody_goes_stands_nowhere_in_the_open(cast: Cast) -> None:
    introduced(cast, Stage.DISCUSSED)
    chosen = offer("Offener Chor")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_introduction")
        cells = [cell for row in cursor.fetchall() for cell in row]
    assert [cell for cell in cells if chosen.hex in str(cell).replace("-", "")] == []


@given(st.sampled_from(Stage), st.lists(st.sampled_from(Stage), max_size=8))
def test_no_way_comes_back_to_where_it_was(first: Stage, wished: list[Stage]) -> None:
    """Each step leads further, and an end is an end."""
    way = [first]
    for stage in wished:
        if may_follow(way[-1], stage):
            way.append(stage)
    assert len(set(way)) == len(way)
    assert FOLLOWS[Stage.ENDED] == ()
    assert is_open(first) is (first not in (Stage.REGULAR, Stage.ENDED))
