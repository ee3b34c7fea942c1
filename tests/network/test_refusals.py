"""What is closed to a person, or begun already, is not noted, whoever asks."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.urls import reverse

from tests.network.cohorts import SINGS, held, offer, place
from tests.people import DAY, DB, Cast, Desk
from wegnetz.engines.introductions import Code
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Step
from wegnetz.network.services import (
    BegunError,
    ClosedError,
    delete_introduction,
    restore_introduction,
    save_interests,
    suggest,
    suggest_all,
    take_step,
)
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.rules.introductions import Stage

pytestmark = DB


@pytest.fixture(autouse=True)
def places(cast: Cast) -> None:
    offers = (held("chor"), held("alt", age_from=40), held("frauen", women_only=True), held("zu", closed=True))
    place(cast, *offers, held("tanz", "dance"))


def at(name: str, person: UUID) -> str:
    return reverse(f"desk:{name}", args=[person])


@pytest.mark.parametrize(
    ("key", "codes"), [("alt", [Code.TOO_YOUNG]), ("frauen", [Code.WOMEN_ONLY_UNKNOWN]), ("tanz", []), ("chor", [])]
)
def test_what_is_known_of_a_person_closes_an_offer_and_what_they_like_does_not(
    key: str, codes: list[Code], cast: Cast
) -> None:
    save_interests(cast.yonas.id, SINGS, by=cast.ilka.viewer)
    try:
        suggest(cast.yonas.id, offer(key), by=cast.ilka.viewer, on=DAY)
        found, text = list[Code](), ""
    except ClosedError as error:
        found = [reason.code for reason in error.against]
        text = str(error)
    assert (found, text, Introduction.objects.count()) == (codes, "", not codes)


def test_of_whom_nothing_is_known_only_what_must_be_known_is_closed(cast: Cast) -> None:
    suggest(cast.yonas.id, offer("alt"), by=cast.ilka.viewer, on=DAY)
    with pytest.raises(ClosedError):
        suggest(cast.yonas.id, offer("frauen"), by=cast.ilka.viewer, on=DAY)
    with pytest.raises(PersonNotFoundError):
        suggest(cast.yonas.id, offer("zu"), by=cast.ilka.viewer, on=DAY)


def test_what_was_begun_is_not_begun_twice_until_it_ended(cast: Cast) -> None:
    by, person = cast.ilka.viewer, cast.yonas.id
    made = suggest(person, offer("chor"), by=by, on=DAY)
    with pytest.raises(BegunError):
        suggest(person, offer("chor"), by=by, on=DAY)
    take_step(person, made, Step(Stage.ENDED, DAY, reason="full"), version=1, by=by)
    again = suggest(person, offer("chor"), by=by, on=DAY)
    assert again != made


def test_whoever_belongs_there_already_is_not_introduced_again(cast: Cast) -> None:
    by, person = cast.ilka.viewer, cast.yonas.id
    made = suggest(person, offer("chor"), by=by, on=DAY)
    for version, stage in enumerate((Stage.DISCUSSED, Stage.VISITED, Stage.RETURNED, Stage.REGULAR), 1):
        take_step(person, made, Step(stage, DAY), version=version, by=by)
    with pytest.raises(BegunError):
        suggest(person, offer("chor"), by=by, on=DAY)


def test_what_was_deleted_does_not_come_back_beside_a_new_one(cast: Cast, ilka: Desk) -> None:
    by, person = cast.ilka.viewer, cast.yonas.id
    made = suggest(person, offer("chor"), by=by, on=DAY)
    delete_introduction(person, made, by=by)
    suggest(person, offer("chor"), by=by, on=DAY)
    with pytest.raises(BegunError):
        restore_introduction(person, made, by=by)
    page = ilka.post(reverse("desk:restore-introduction", args=[person, made]), follow=True)
    assert "Es bleibt gelöscht" in page.content.decode()
    assert Introduction.objects.filter(deleted_at__isnull=True).count() == 1


def test_of_several_each_is_noted_or_refused_for_itself(cast: Cast) -> None:
    by, person, nobody = cast.ilka.viewer, cast.yonas.id, cast.omar.id
    wanted = [(person, offer("chor")), (nobody, offer("chor")), (person, offer("frauen")), (person, offer("chor"))]
    done, refused = suggest_all(wanted, by=by, on=DAY)
    assert (done, [(pair, type(error)) for pair, error in refused]) == (
        wanted[:1],
        [(wanted[1], PersonNotFoundError), (wanted[2], ClosedError), (wanted[3], BegunError)],
    )
    assert Introduction.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "said"), [("alt", "Erst ab 40 Jahren."), ("frauen", "Nur für Frauen. Ob das passt, wissen wir noch nicht")]
)
def test_the_screen_says_why_and_records_whom_it_shows(key: str, said: str, ilka: Desk, cast: Cast) -> None:
    save_interests(cast.yonas.id, replace(SINGS, born=2001), by=cast.ilka.viewer)
    page = ilka.post(at("suggest-offer", cast.yonas.id), {"offer": str(offer(key))})
    text = page.content.decode()
    assert (page.status_code, said in text, f"„{key.capitalize()}“ wurde nicht vorgemerkt." in text) == (
        409,
        True,
        True,
    )
    twice = {"offer": str(offer("chor"))}
    ilka.post(at("suggest-offer", cast.yonas.id), twice)
    page = ilka.post(at("suggest-offer", cast.yonas.id), twice)
    assert (page.status_code, "Schon begonnen." in page.content.decode()) == (409, True)
    assert Introduction.objects.count() == 1
