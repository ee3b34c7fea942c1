"""A colleague has left: the day says so, the list shows whom it concerns, and one press takes them over."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.company import Company
from tests.people import CANARY_A, CANARY_B, DB, Account, Cast, Desk, sign_in
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import hand_to_colleague

pytestmark = DB

PEOPLE, TAKE_OVER, START = (reverse(f"desk:{name}") for name in ("people", "take-over", "start"))
VIEW = f"{PEOPLE}?sicht=ohne-zustaendige"
LEFT = {"yonas", "amina", "mariam", "rana", "lina"}


@pytest.fixture
def gero(company: Company) -> Desk:
    return sign_in(company.gero)


def leave(who: Account) -> None:
    Membership.objects.filter(user=who.user).update(paused_on="2021-10-01")


def responsible(company: Company, who: str) -> object:
    person = company.people[who].id
    return Involvement.objects.get(person=person, function="case-management", ended_at__isnull=True).responsible_id


def test_the_day_says_how_many_and_names_nobody(cast: Cast, gero: Desk) -> None:
    assert VIEW not in gero.get(START).content.decode()
    leave(cast.ilka)
    text = gero.get(START).content.decode()
    block = text.partition(f'<a href="{VIEW}">')[2].partition("</div>")[0]
    assert ("5 Menschen ohne zuständige Person" in block, CANARY_A in block) == (True, False)


def test_the_day_asks_no_more_because_somebody_left(cast: Cast, company: Company, gero: Desk) -> None:
    hand_to_colleague(cast.lina.id, company.gero.user, by=cast.ilka.viewer)
    counted = []
    for _again in range(2):
        gero.get(START)
        with watched() as seen:
            gero.get(START)
        counted.append(asked(seen))
        leave(cast.ilka)
    assert counted[0] == counted[1]


def test_the_view_is_offered_where_there_are_some(cast: Cast, gero: Desk, bea: Desk) -> None:
    assert "Ohne Zuständige" not in gero.get(PEOPLE).content.decode()
    leave(cast.ilka)
    assert "Ohne Zuständige" in gero.get(PEOPLE).content.decode()
    assert "Ohne Zuständige" not in bea.get(PEOPLE).content.decode()


def test_everybody_on_the_page_is_taken_over_in_one_press(cast: Cast, company: Company, gero: Desk) -> None:
    leave(cast.ilka)
    page = gero.get(VIEW)
    ids = {str(person.row.id) for person, _case in page.context["rows"]}
    assert ids == {str(company.people[who].id) for who in LEFT}
    assert [f'name="person" value="{each}"' in page.content.decode() for each in ids] == [True] * len(ids)
    done = gero.post(TAKE_OVER, {"person": [*ids, "nobody"]}, follow=True)
    assert {responsible(company, who) for who in LEFT} == {company.gero.user}
    assert ("5 Menschen übernommen." in done.content.decode(), done.context["view"]) == (True, "meine")
    again = gero.post(TAKE_OVER, {"person": list(ids)}, follow=True)
    assert "Nichts geändert" in again.content.decode()


def test_who_stands_in_for_nobody_there_changes_nothing(cast: Cast, company: Company, bea: Desk) -> None:
    leave(cast.ilka)
    yonas, amina = ({"person": str(company.people[who].id)} for who in ("yonas", "amina"))
    coach = sign_in(next(each for each in cast.colleagues if each.role is Role.COACH))
    for client in (bea, coach, sign_in(company.kim)):
        for body in (yonas, amina):
            assert client.post(TAKE_OVER, body).status_code == 302
    assert (responsible(company, "yonas"), responsible(company, "amina")) == (cast.ilka.user, cast.ilka.user)
    assert CANARY_B not in sign_in(company.gero).get(VIEW).content.decode()


def test_the_lead_reads_a_number_and_no_name_of_who_left(cast: Cast, company: Company) -> None:
    leave(cast.ilka)
    text = sign_in(company.lea).get(START).content.decode()
    assert ("Ohne zuständige Person" in text, f"Ilka {CANARY_A}" in text) == (True, False)
