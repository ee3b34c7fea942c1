"""The page of a person: the next step, who is involved, and nothing that is closed to the viewer."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.company import Company
from tests.papers import today
from tests.people import CANARY_A, CANARY_B, DAY, DB, Account, Cast, Desk, sign_in
from wegnetz.casework.services import ItemContent, accept_referral, add_item, offer_referral
from wegnetz.core.templatetags.pictures import MOST_NODES, steps
from wegnetz.desk.overview import PLACES, Involved, Node, height_of, hub
from wegnetz.participants.selectors import accompanying, open_person
from wegnetz.participants.services import Asked, record_consent, withdraw_consent
from wegnetz.rules.consents import Answer, Channel


def page_of(account: Account, person: UUID) -> str:
    response = sign_in(account).get(reverse("desk:person", args=[person]))
    assert response.status_code == 200
    return response.content.decode()


@DB
def test_the_next_step_is_the_first_open_thing_with_a_day_and_can_be_finished_here(ilka: Desk, cast: Cast) -> None:
    page = reverse("desk:person", args=[cast.yonas.id])
    assert ilka.get(page).context["next"] is None
    item = add_item(cast.yonas.id, "task", ItemContent("Anrufen", due_on=today()), by=cast.ilka.viewer)
    assert ilka.get(page).context["next"].id == item
    response = ilka.post(reverse("desk:finish-item", args=[cast.yonas.id, item]), {"from": "person"})
    assert (response.headers["Location"], ilka.get(page).context["next"]) == (page, None)


@DB
def test_each_side_knows_who_accompanies_and_nobody_learns_of_what_is_sealed(company: Company, cast: Cast) -> None:
    def known(account: Account, who: str) -> list[tuple[str, str, bool]]:
        found = open_person(account.viewer, company.people[who].id, purpose="test", also=("involvement",))
        return [(each.function, each.responsible, each.own) for each in accompanying(account.viewer, found)]

    ilka, kim = f"Ilka {CANARY_A}", f"Kim {CANARY_B}"
    assert known(cast.ilka, "amina") == [("case-management", ilka, True), ("coaching", kim, False)]
    assert known(company.kim, "amina") == [("case-management", ilka, False), ("coaching", kim, True)]
    assert known(cast.ilka, "mariam") == known(company.gero, "mariam") == [("case-management", ilka, True)]
    assert known(company.tess, "mariam")[1:] == [("trauma-coaching", f"Tess {CANARY_B}", True)]
    assert known(cast.ilka, "rana") == [("case-management", ilka, True)]


@DB
def test_who_was_asked_and_has_not_answered_is_shown_to_who_asked(company: Company, cast: Cast) -> None:
    viewer, lina = cast.ilka.viewer, cast.lina.id
    coaching = Asked("coaching", company.kim.viewer.organisation, Answer.GIVEN, "de", Channel.IN_PERSON, today())
    offer_referral(lina, record_consent(lina, coaching, by=viewer), message="Bitte", by=viewer, on=today())
    page = sign_in(cast.ilka).get(reverse("desk:person", args=[lina]))
    assert [(line.does, line.asked) for line in page.context["involved"]] == [
        ("Teilhabemanagement", False), ("Coaching", True),
    ]  # fmt: skip
    assert [node.kind for node in page.context["hub"]] == ["leads", "asked"]


@DB
def test_a_sealed_letter_changes_nothing_on_the_page_of_who_sent_it(company: Company) -> None:
    page = sign_in(company.gero).get(reverse("desk:person", args=[company.people["mariam"].id]))
    assert [(line.does, line.asked) for line in page.context["involved"]] == [("Teilhabemanagement", False)]
    assert page.context["hub"] == []


@DB
def test_a_coach_sees_no_answers_no_decisions_and_no_way_to_change_them(company: Company, cast: Cast) -> None:
    amina = company.people["amina"].id
    coach, leader = page_of(company.kim, amina), page_of(cast.ilka, amina)
    signs = (">Angaben<", ">Entscheidungen<", "/bausteine/", "/kontakt/")
    assert ([sign for sign in signs if sign in coach], [sign for sign in signs if sign in leader]) == ([], list(signs))


@DB
def test_who_looks_through_a_glass_can_change_nothing_but_end_the_look(company: Company) -> None:
    page = page_of(company.lea, company.people["yonas"].id)
    main = page[page.index("<main") : page.index("</main>")]
    end = reverse("desk:close-glass", args=[company.people["yonas"].things["broken"]])
    assert re.findall(r'method="post" action="([^"]*)"|/schreiben/|/neu/', main) == [end]


def line() -> Involved:
    return Involved("Diakonie", "Coaching", "", DAY)


@given(st.integers(0, 12))
def test_the_picture_holds_everybody_or_nobody(number: int) -> None:
    nodes = hub([line() for _ in range(number)])
    assert len(nodes) == (number if 1 < number <= len(PLACES) else 0)
    assert len({(node.x, node.y) for node in nodes}) == len(nodes)
    assert all(node.label_y < height_of(nodes) for node in nodes)


def test_a_long_name_ends_in_dots() -> None:
    node: Node = hub([Involved("Psychosoziales Zentrum Düsseldorf", "", "", date(2021, 1, 1)), line()])[0]
    assert (len(node.name), node.name[-1]) == (24, "…")


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_path_has_a_node_for_each_step_and_one_that_is_now(done: int, number: int) -> None:
    picture = steps(done, number)
    if not 0 < number <= MOST_NODES:
        assert picture == ""
        return
    assert picture.count("<circle") - picture.count('class="core"') == number
    assert picture.count('class="on"') == min(done, number)
    assert picture.count('class="at"') == (1 if done < number else 0)


@DB
def test_the_lead_is_offered_only_where_nobody_has_it_and_one_press_takes_it(ilka: Desk, cast: Cast) -> None:
    page, press = (reverse(f"desk:{name}", args=[cast.yonas.id]) for name in ("person", "take-the-lead"))
    bea, said = cast.bea.viewer, "Niemand ist gerade fallführend"
    asked = Asked("accompany", bea.organisation, Answer.GIVEN, "de", Channel.IN_PERSON, today())
    consent = record_consent(cast.yonas.id, asked, by=cast.ilka.viewer)
    letter = offer_referral(
        cast.yonas.id, consent, message="Bitte", hands_over=True, by=cast.ilka.viewer, on=today()
    )  # fmt: skip
    accept_referral(letter, by=bea, on=today())
    assert (said in ilka.get(page).content.decode(), ilka.get(page).context["person"].leads) == (False, False)
    assert "Jemand ist schon fallführend" in ilka.post(press, follow=True).content.decode()
    withdraw_consent(cast.yonas.id, consent, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    assert said in ilka.get(page).content.decode()
    after = ilka.post(press, follow=True)
    assert (after.redirect_chain, after.context["person"].leads) == ([(page, 302)], True)
    assert said not in ilka.get(page).content.decode()
