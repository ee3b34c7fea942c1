"""Suggestions reckon with the age that stands in a person's answers, as far as the viewer may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from msgspec import structs

from tests.casework.partners import agree
from tests.network.cohorts import held, offer, place
from tests.people import ANSWERS, DB, Cast, Desk, Page, account, sign_in
from wegnetz.accounts.access import Role
from wegnetz.accounts.services import ensure_organisation
from wegnetz.audit.models import Event
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.days import working_day
from wegnetz.network.openings import Liked
from wegnetz.network.selectors import interests_of
from wegnetz.network.services import save_interests
from wegnetz.participants.selectors import births, open_person
from wegnetz.participants.services import retract_fact
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.periods import age_on

pytestmark = DB
KNOWN = "Wann die Person geboren ist, steht schon in ihren Angaben."
ASKS = "In welchem Jahr ist die Person geboren?"


def age_of_yonas() -> int:
    born = ANSWERS["birth_date"]
    assert isinstance(born, date)
    return age_on(born, working_day())


@pytest.fixture(autouse=True)
def offers(cast: Cast) -> None:
    """One for people of Yonas's age, one for those who are younger, one for those who are older."""
    age = age_of_yonas()
    place(cast, held("jung", age_to=age - 1), held("passend", age_from=age), held("alt", age_from=age + 1))
    save_interests(cast.yonas.id, Liked({"singing": 5}, languages=("de",)), by=cast.ilka.viewer)


@pytest.fixture
def neda(cast: Cast) -> Desk:
    """She coordinates networking elsewhere: Yonas is introduced by her too, and she may not see his answers."""
    neda = account("neda", "Neda", ensure_organisation("house", name="Haus"), Role.NETWORK_COORDINATOR)
    consent = agree(cast.yonas.id, "networking", neda, cast.ilka)
    letter = offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=working_day())
    accept_referral(letter, by=neda.viewer, on=working_day())
    save_interests(cast.yonas.id, Liked({"singing": 5}, languages=("de",)), by=neda.viewer)
    return sign_in(neda)


def at(name: str, cast: Cast) -> str:
    return reverse(f"desk:{name}", args=[cast.yonas.id])


def suited(page: Page) -> list[str]:
    return [each["title"].text for each in page.context["suited"]]


def test_nobody_is_asked_what_is_known_and_what_does_not_fit_the_age_is_not_suggested(ilka: Desk, cast: Cast) -> None:
    form = ilka.get(at("likes", cast)).content.decode()
    assert (KNOWN in form, ASKS in form, 'name="born"' in form) == (True, False, False)
    assert suited(page := ilka.get(at("places", cast))) == ["Passend"]
    assert page.context["suited"][0]["ask"] == []
    assert (
        f"Erst ab {age_of_yonas() + 1} Jahren."
        in ilka.post(at("places", cast), {"q": "alt"}).context["found"][0]["against"]
    )
    assert "facts" in Event.objects.filter(purpose="places").latest("at").category


def test_the_answer_counts_more_than_the_year_that_was_noted_and_the_year_stays(ilka: Desk, cast: Cast) -> None:
    save_interests(cast.yonas.id, Liked({"singing": 5}, languages=("de",), born=2002, version=1), by=cast.ilka.viewer)
    assert suited(ilka.get(at("places", cast))) == ["Passend"]
    sent = {"loved": "Singen", "languages": "de", "woman": "", "version": "2"}
    assert ilka.post(at("likes", cast), sent).status_code == 302
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("interests",))
    liked = interests_of(cast.ilka.viewer, found)
    assert (liked and liked.born, liked and liked.version) == (2002, 3)
    for key, code in (("alt", 409), ("jung", 409), ("passend", 302)):
        assert ilka.post(at("suggest-offer", cast), {"offer": str(offer(key))}).status_code == code


def test_who_may_not_see_the_answers_is_asked_and_asks(neda: Desk, cast: Cast) -> None:
    form = neda.get(at("likes", cast)).content.decode()
    assert (KNOWN in form, ASKS in form) == (False, True)
    page = neda.get(at("places", cast))
    assert sorted(suited(page)) == ["Alt", "Jung", "Passend"]
    assert all("Zuerst nach dem Alter fragen" in str(each["ask"]) for each in page.context["suited"])


def planned(client: Desk, cast: Cast) -> list[str]:
    sent = {"people": [str(cast.yonas.id)], "per_person": "3", "held_back": "0", "do": "plan"}
    shown = client.post(reverse("desk:cohort"), sent).context["shown"]
    return sorted(row["title"].text for _name, rows in shown for row in rows)


def read_for_plans() -> str:
    return ", ".join(event.category for event in Event.objects.filter(purpose="plan introductions"))


def test_a_plan_for_several_reckons_with_the_same_age(ilka: Desk, cast: Cast) -> None:
    assert (planned(ilka, cast), "facts" in read_for_plans()) == (["Passend"], True)


def test_who_may_not_see_the_answers_plans_with_a_question(neda: Desk, cast: Cast) -> None:
    assert (planned(neda, cast), "facts" in read_for_plans()) == (["Alt", "Jung", "Passend"], False)


def test_a_year_that_was_not_asked_for_stays_when_the_answer_is_taken_back_meanwhile(ilka: Desk, cast: Cast) -> None:
    save_interests(cast.yonas.id, Liked({"singing": 5}, languages=("de",), born=2002, version=1), by=cast.ilka.viewer)
    facts = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test").facts
    retract_fact(cast.yonas.id, next(each.id for each in facts if each.fact.id == "birth_date"), by=cast.ilka.viewer)
    sent = {"loved": "Singen", "languages": "de", "woman": "", "version": "2"}
    assert ilka.post(at("likes", cast), sent).status_code == 302
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("interests",))
    assert (interests_of(cast.ilka.viewer, found) or Liked()).born == 2002


def test_an_answer_that_a_role_does_not_see_counts_for_no_plan_of_that_role(cast: Cast) -> None:
    pack = active_pack()
    hidden = structs.replace(pack.facts["birth_date"], visible_to=("coach",))
    for each, known in ((pack, True), (replace(pack, facts={**pack.facts, "birth_date": hidden}), False)):
        found = births(cast.ilka.viewer, [cast.yonas.id], pack=each, day=working_day(), purpose="test")
        assert (found[cast.yonas.id] is not None) is known
