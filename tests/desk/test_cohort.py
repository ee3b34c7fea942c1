"""Several people introduced in one go: the best plan there is, changed by hand, and taken over without doubling any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer as refer
from tests.company import Company
from tests.network.cohorts import SINGS, held, offer, place, singer
from tests.people import CANARY_A, CANARY_B, DB, Cast, Desk, Page, sign_in
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.casework.services import accept_referral, close_case
from wegnetz.network.models import Interests, Introduction
from wegnetz.network.openings import Liked, Step
from wegnetz.network.selectors import introductions_of
from wegnetz.network.services import save_interests, suggest, take_step
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services.records import delete_record
from wegnetz.rules.introductions import Stage

__all__ = ["partners"]
pytestmark = DB
URL = "/menschen/vermitteln/"


def body(people: Iterable[UUID], do: str = "plan", **more: object) -> dict[str, object]:
    return {"people": [str(person) for person in people], "per_person": "1", "held_back": "0", "do": do} | more


def rows(page: Page) -> dict[str, list[str]]:
    """What the page would send: each row, and those ticked."""
    text = page.content.decode()
    return {
        "row": re.findall(r'name="row" value="([^"]+)"', text),
        "take": re.findall(r'name="take" value="([^"]+)" id="take-\d+" checked', text),
    }


def planned(page: Page) -> list[tuple[str, list[str]]]:
    return [(name.split()[0], [row["title"].text for row in own]) for name, own in page.context["shown"]]


def introduced(cast: Cast, person: UUID) -> list[UUID]:
    by = cast.ilka.viewer
    found = open_person(by, person, purpose="test", also=("introductions",))
    return [met.offer for met in introductions_of(by, found)]


def test_the_address_is_the_one_of_the_screen() -> None:
    assert reverse("desk:cohort") == URL


def test_all_with_interests_are_chosen_at_first_and_nobody_else(ilka: Desk, cast: Cast) -> None:
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    form = ilka.get(URL).context["form"]
    assert form.initial["people"] == [str(ada), str(bo)]
    assert [value for value, _name in form.fields["people"].choices] == [str(ada), str(bo)]


def test_the_best_plan_is_proven_and_says_who_gets_what_and_why(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=1), held("tanz", "dance"))
    ada = singer(cast.ilka, "Ada", Liked({"singing": 5, "dance": 3}, (), ("de",)))
    bo = singer(cast.ilka, "Bo")
    cem = singer(cast.ilka, "Cem", Liked({"chess": 5}))
    page = ilka.post(URL, body([ada, bo, cem]))
    assert planned(page) == [("Ada", ["Tanz"]), ("Bo", ["Chor"])]  # Ada would rather sing, but Bo has nothing else
    assert page.context["shown"][1][1][0]["for"][0] == "Trifft das Interesse „Singen“."
    assert [(name.split()[0], why["text"]) for name, why in page.context["nothing"]] == [
        ("Cem", "Dafür gibt es noch kein Angebot.")
    ]
    assert "Bestmöglich, bewiesen" in page.content.decode()


def test_seats_that_are_taken_or_held_back_are_given_to_nobody(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=3))
    people = [singer(cast.ilka, called) for called in ("Ada", "Bo", "Cem", "Dia")]
    suggest(people[0], offer("chor"), by=cast.ilka.viewer, on=today())
    page = ilka.post(URL, body(people[1:], held_back="1"))
    ((seats, _offer),) = page.context["seats"]
    assert (seats.capacity, seats.taken, seats.used, seats.held_back, seats.left) == (3, 1, 1, 1, 0)
    assert len(page.context["nothing"]) == 2
    closed = ilka.post(URL, body(people[1:], held_back="2"))
    assert closed.context["nothing"][0][1]["closed"][0][1]["against"] == ["Kein Platz frei (zurückgehalten: 2)."]


def test_a_row_is_exchanged_for_the_next_possible_offer_and_back_again(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"), held("band", cost_cents=0), held("tanz", "dance"))
    ada = singer(cast.ilka, "Ada")
    first = ilka.post(URL, body([ada]))
    second = ilka.post(URL, body([ada], "next-0", **rows(first)))
    third = ilka.post(URL, body([ada], "next-0", **rows(second)))
    assert [planned(page) for page in (first, second, third)] == [
        [("Ada", ["Band"])], [("Ada", ["Chor"])], [("Ada", ["Band"])],
    ]  # fmt: skip
    assert [page.context["plan"].changed for page in (first, second, third)] == [False, True, False]


def test_what_is_ticked_is_noted_and_what_is_not_is_not(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"))
    ada, bo, cem = (singer(cast.ilka, called) for called in ("Ada", "Bo", "Cem"))
    page = ilka.post(URL, body([ada, bo, cem]))
    sent = rows(page)
    sent["take"] = [each for each in sent["take"] if not each.startswith(str(bo))]
    assert ilka.post(URL, body([ada, bo, cem], "take", **sent)).status_code == 302
    assert [introduced(cast, person) for person in (ada, bo, cem)] == [[offer("chor")], [], [offer("chor")]]
    assert "2 Vorschläge vorgemerkt." in ilka.get(URL).content.decode()


def test_a_second_plan_begins_with_those_who_have_nothing_yet_and_gives_nobody_the_same(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=3))
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    sent = rows(ilka.post(URL, body([ada])))
    ilka.post(URL, body([ada], "take", **sent))
    page = ilka.get(URL)
    assert page.context["form"].initial["people"] == [str(bo)]
    assert [value for value, _name in page.context["form"].fields["people"].choices] == [str(ada), str(bo)]
    again = ilka.post(URL, body([ada, bo]))
    assert planned(again) == [("Bo", ["Chor"])]
    ((_name, why),) = again.context["nothing"]
    assert why["text"] == "Alles, was passt, ist für die Person schon begonnen."
    assert rows(ilka.post(URL, body([ada], "show", **sent))) == {"row": sent["row"], "take": []}
    begun = Introduction.objects.get()
    take_step(ada, begun.id, Step(Stage.ENDED, today(), reason="full"), version=1, by=cast.ilka.viewer)
    assert ilka.get(URL).context["form"].initial["people"] == [str(ada), str(bo)]


def test_a_plan_and_the_page_of_a_person_say_the_same_of_the_seats(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=3))
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    suggest(ada, offer("chor"), by=cast.ilka.viewer, on=today())
    ((_name, (row,)),) = ilka.post(URL, body([bo])).context["shown"]
    (suited,) = ilka.get(reverse("desk:places", args=[bo])).context["suited"]
    seats = [[text for text in each["for"] if "Plätze" in text] for each in (row, suited)]
    assert seats == [["Plätze insgesamt: 3."]] * 2


def test_where_only_a_seat_is_missing_it_is_said_so(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=1))
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    suggest(ada, offer("chor"), by=cast.ilka.viewer, on=today())
    ((_name, why),) = ilka.post(URL, body([bo])).context["nothing"]
    assert why["text"] == "Es gibt passende Angebote, aber dort ist gerade kein Platz frei."


def test_who_coordinates_is_told_whom_the_page_is_about(ilka: Desk, cast: Cast) -> None:
    """What case managers write down is not for them, on purpose."""
    singer(cast.ilka, "Ada")
    coordinator = sign_in(next(each for each in cast.colleagues if each.role is Role.NETWORK_COORDINATOR))
    page = coordinator.get(URL)
    said = "Hier stehen nur Menschen, deren Interessen in Ihrer Aufgabe aufgeschrieben sind."
    assert (page.context["number"], said in page.content.decode()) == (0, True)


def test_sent_twice_nothing_is_doubled_and_who_it_is_about_is_named(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"))
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    sent = body([ada, bo], "take", **rows(ilka.post(URL, body([ada, bo]))))
    suggest(ada, offer("chor"), by=cast.ilka.viewer, on=today())
    page = ilka.post(URL, sent)
    assert (page.status_code, planned(page)) == (409, [("Ada", ["Chor"])])
    assert page.context["shown"][0][1][0]["against"] == ["Schon begonnen."]
    assert page.context["form"]["people"].value() == [str(ada)]  # Bo is done
    again = ilka.post(URL, sent)
    assert (again.status_code, [name.split()[0] for name, _rows in again.context["shown"]]) == (409, ["Ada", "Bo"])
    assert Introduction.objects.count() == 2


def test_what_became_impossible_meanwhile_is_named_and_keeps_nobody_else_from_theirs(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor", capacity=2), held("tanz", "dance"))
    people = [singer(cast.ilka, called) for called in ("Ada", "Bo")]
    cem = singer(cast.ilka, "Cem", Liked({"dance": 5}, (), ("de",)))
    sent = body([*people, cem], "take", **rows(ilka.post(URL, body([*people, cem]))))
    place(cast, held("chor", capacity=1), held("tanz", "dance", women_only=True))
    page = ilka.post(URL, sent)
    assert (page.status_code, [name.split()[0] for name, _rows in page.context["shown"]]) == (409, ["Bo", "Cem"])
    problems = [row["problem"] + row["against"] for _name, own in page.context["shown"] for row in own]
    assert problems == [
        ["Inzwischen ist dort kein Platz mehr frei.", "Kein Platz frei (zurückgehalten: 0)."],
        ["Nur für Frauen. Ob das passt, wissen wir noch nicht: bitte fragen und eintragen."],
    ]
    assert [len(introduced(cast, person)) for person in (*people, cem)] == [1, 0, 0]


def test_without_a_tick_nothing_is_noted_and_nothing_is_lost(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"))
    ada = singer(cast.ilka, "Ada")
    sent = rows(ilka.post(URL, body([ada])))
    page = ilka.post(URL, body([ada], "take", row=sent["row"]))
    assert (page.status_code, rows(page)) == (422, {"row": sent["row"], "take": []})
    assert "Bitte wählen Sie mindestens einen Vorschlag aus." in page.content.decode()


def test_whoever_is_out_of_scope_closed_or_without_interests_is_not_there(
    ilka: Desk, cast: Cast, partners: Partners
) -> None:
    """Nor what the trauma coach knows of somebody whom both accompany."""
    place(cast, held("chor"))
    save_interests(cast.omar.id, SINGS, by=cast.bea.viewer)
    samira = partners.samira.viewer
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=samira, on=today())
    save_interests(cast.yonas.id, SINGS, by=samira)
    done, _going_on = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    close_case(done, outcome="school", on=today(), note="", by=cast.ilka.viewer)
    page = ilka.get(URL)
    assert [name.split()[0] for _value, name in page.context["form"].fields["people"].choices] == ["Bo"]
    assert [name for _value, name in sign_in(partners.samira).get(URL).context["form"].fields["people"].choices] != []
    page = ilka.post(URL, body([cast.omar.id, cast.yonas.id, done]))
    assert (page.status_code, Introduction.objects.count()) == (422, 0)


def test_made_up_rows_change_nothing(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"), held("tanz", "dance"))
    save_interests(cast.omar.id, SINGS, by=cast.bea.viewer)
    ada, bo = singer(cast.ilka, "Ada"), singer(cast.ilka, "Bo")
    chor, tanz = offer("chor"), offer("tanz")
    made_up = [f"{cast.omar.id}:{chor}", f"{bo}:{chor}", f"{ada}:{uuid4()}", f"{ada}:{tanz}", "x", f"{ada}", ":", "\0"]
    page = ilka.post(URL, body([ada], "take", row=made_up, take=made_up))
    assert (page.status_code, Introduction.objects.count()) == (409, 0)
    assert page.context["shown"][0][1][0]["against"] == ["Trifft keines der genannten Interessen."]


@pytest.mark.parametrize("typed", [{"held_back": "-1"}, {"held_back": "x"}, {"per_person": "4"}, {"per_person": ""}])
def test_what_does_not_fit_is_said_and_stays(ilka: Desk, cast: Cast, typed: dict[str, str]) -> None:
    ada = singer(cast.ilka, "Ada")
    page = ilka.post(URL, body([ada], **typed))
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(typed))
    assert f'value="{ada}"' in page.content.decode()


def test_three_offers_for_each_are_three_different_ones(ilka: Desk, cast: Cast) -> None:
    place(cast, *(held(key) for key in ("chor", "band", "oper", "rap")))
    ada = singer(cast.ilka, "Ada")
    page = ilka.post(URL, body([ada], per_person="3"))
    ((_name, titles),) = planned(page)
    assert (len(titles), len(set(titles))) == (3, 3)
    ilka.post(URL, body([ada], "take", per_person="3", **rows(page)))
    assert len(set(introduced(cast, ada))) == 3


def test_everybody_whose_interests_are_read_is_recorded_before(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"))
    ada, bo, cem = (singer(cast.ilka, called) for called in ("Ada", "Bo", "Cem"))
    suggest(cem, offer("chor"), by=cast.ilka.viewer, on=today())
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    with watched() as statements:
        ilka.post(URL, body([ada, bo]))
    why = "plan introductions"
    assert recorded_since(organisation, before) == [
        Recorded("list", "name, introductions", why, frozenset([ada, bo, cem])),
        Recorded("list", "interests, introductions", why, frozenset([ada, bo])),
        Recorded("list", "introductions", why, frozenset([cem])),
        Recorded("list", "facts", why, frozenset([ada, bo])),
    ]
    order = [
        "record" if each.sql.startswith('INSERT INTO "audit_eventsubject"') else "key"
        for each in statements
        if each.sql.startswith('INSERT INTO "audit_eventsubject"') or '"wrapped"' in each.sql
    ]
    assert order == ["record", "key"] * 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(ilka: Desk, cast: Cast, number: int) -> None:
    place(cast, held("chor"))
    people = [singer(cast.ilka, called) for called in ("Ada", "Bo", "Cem")[:number]]
    suggest(people[0], offer("chor"), by=cast.ilka.viewer, on=today())
    for sent, expected in ((None, 14), (body(people), 35)):
        ilka.get(URL)
        with watched() as statements:
            page = ilka.post(URL, sent) if sent else ilka.get(URL)
        assert (page.status_code, asked(statements)) == (200, expected)


def test_a_name_in_no_address_and_no_word_of_others(ilka: Desk, cast: Cast, company: Company) -> None:
    people = [company.people[who].id for who in ("yonas", "amina", "mariam", "rana")]
    for page in (ilka.get(URL), ilka.post(URL, body(people))):
        text = page.content.decode()
        links = re.findall(r'(?:href|action)="([^"]*)"', text)
        assert [link for link in links if CANARY_A in link or any(str(person) in link for person in people)] == []
        assert CANARY_B not in text
    kim = sign_in(company.kim)
    page = kim.post(URL, body([company.people["amina"].id]))
    assert (page.status_code, CANARY_A in page.content.decode()) == (200, False)


def test_interests_that_were_deleted_are_not_read(ilka: Desk, cast: Cast) -> None:
    ada = singer(cast.ilka, "Ada")
    delete_record(Interests, ada, Interests.objects.get(person=ada).id, by=cast.ilka.viewer)
    page = ilka.get(URL)
    assert (page.context["number"], "Noch niemand" in page.content.decode()) == (0, True)


def test_each_suggestion_that_is_noted_costs_the_same(ilka: Desk, cast: Cast) -> None:
    place(cast, held("chor"))
    people = [singer(cast.ilka, called) for called in ("Ada", "Bo", "Cem", "Dia")]
    costs = []
    for some in (people[:1], people[1:]):
        sent = body(some, "take", **rows(ilka.post(URL, body(some))))
        with watched() as statements:
            assert ilka.post(URL, sent).status_code == 302
        costs.append(asked(statements))
    assert costs == [34 + 18, 34 + 3 * 18]
