"""The list of what is missing on its screens: handed on with one press, read without anybody in it."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django import Settings

from tests.company import Company
from tests.network.cohorts import held, offer, place, singer
from tests.people import CANARY_A, CANARY_B, DAY, DB, Cast, Desk, Page, sign_in
from tests.statements import asked, watched
from wegnetz.network.models import Gap, Outcome
from wegnetz.network.openings import Liked
from wegnetz.network.services import hand_on_interest, hand_on_wish, save_interests
from wegnetz.network.tasks import forget_gaps

pytestmark = DB
LIST = "/verzeichnis/fehlliste/"
SECRET = "Asmara"
PLAYS = Liked({"chess": 5, "singing": 3}, (f"Drachen bauen wie in {SECRET}", "Kochen"), ("de",))
EARLIER = date(2021, 1, 1)
MISSED = ("chess", "boxing", "sewing")


def at(person: UUID) -> str:
    return reverse("desk:hand-to-gaps", args=[person])


def words_of(page: Page) -> str:
    """What is read on it: no addresses and no tokens."""
    return re.sub(r"<[^>]*>", " ", page.content.decode().split("<main", 1)[1])


@pytest.fixture(autouse=True)
def known(cast: Cast, request: pytest.FixtureRequest) -> None:
    """A choir, and what Yonas likes; the company wrote that down already."""
    if "company" in request.fixturenames:
        return
    place(cast, held("chor"))
    save_interests(cast.yonas.id, PLAYS, by=cast.ilka.viewer)


def test_one_press_hands_an_interest_on_and_another_takes_it_back(ilka: Desk, cast: Cast) -> None:
    page = ilka.get(at(cast.yonas.id))
    assert [(label.text, each.counted) for each, label in page.context["missing"]] == [("Schach", False)]
    page = ilka.post(at(cast.yonas.id), {"concept": "chess"}, follow=True)
    assert [(each.counted, each.fresh) for each, _label in page.context["missing"]] == [(True, True)]
    page = ilka.post(at(cast.yonas.id), {"back": "chess"}, follow=True)
    assert ([each.counted for each, _label in page.context["missing"]], Gap.objects.count()) == ([False], 0)


def test_the_words_of_a_wish_are_put_new(ilka: Desk, steering: Desk, cast: Cast) -> None:
    page = ilka.get(at(cast.yonas.id)).content.decode()
    assert page.count("Nichts, woran jemand zu erkennen ist") == 2
    assert (PLAYS.wishes[0] in page, f'value="{PLAYS.wishes[0]}"' in page) == (True, False)
    assert ilka.post(at(cast.yonas.id), {"wish": "0", "text": "Drachen bauen"}).status_code == 302
    Gap.objects.update(month=EARLIER)
    text = steering.get(LIST).content.decode()
    assert ("Drachen bauen" in text, SECRET in text, date_format(EARLIER, "F Y") in text) == (True, False, True)
    after = ilka.get(at(cast.yonas.id))
    assert [each["counted"] for each in after.context["wishes"]] == [True, False]


def test_a_wish_is_taken_back_by_one_press(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at(cast.yonas.id), {"wish": "0", "text": "Drachen bauen"}, follow=True)
    assert [(each["counted"], each["fresh"]) for each in page.context["wishes"]] == [(True, True), (False, False)]
    assert page.content.decode().count(f'name="wish-back" value="{PLAYS.wishes[0]}"') == 1
    page = ilka.post(at(cast.yonas.id), {"wish-back": PLAYS.wishes[0]}, follow=True)
    assert "Von der Fehlliste zurückgenommen." in page.content.decode()
    assert ([each["counted"] for each in page.context["wishes"]], Gap.objects.count()) == ([False, False], 0)


def test_in_the_demo_what_was_taken_off_is_kept_from_its_fixed_day(
    steering: Desk, cast: Cast, settings: Settings
) -> None:
    settings.DEMO, settings.DEMO_DAY = True, date(2021, 10, 7)
    hand_on_interest(cast.yonas.id, "chess", by=cast.ilka.viewer, on=DAY)
    steering.post(reverse("desk:remove-gap", args=[Gap.objects.get().id]))
    forget_gaps.call()
    assert Gap.objects.get().closed_in == date(2021, 10, 1)


def test_a_wish_that_was_taken_off_does_not_say_that_it_stands_there(ilka: Desk, steering: Desk, cast: Cast) -> None:
    assert ilka.post(at(cast.yonas.id), {"wish": "1", "text": "Gemeinsam kochen"}).status_code == 302
    steering.post(reverse("desk:remove-gap", args=[Gap.objects.get().id]))
    page = ilka.get(at(cast.yonas.id))
    assert [each["counted"] for each in page.context["wishes"]] == [False, False]
    assert page.content.decode().count('name="text"') == 2
    page = ilka.post(at(cast.yonas.id), {"wish": "1", "text": "Gemeinsam kochen"}, follow=True)
    assert [(each["counted"], each["fresh"]) for each in page.context["wishes"]] == [(False, False), (True, True)]
    assert Gap.objects.filter(state=Gap.OPEN).count() == 1


def test_what_is_liked_no_more_is_taken_back_by_one_press_too(ilka: Desk, cast: Cast) -> None:
    person = singer(cast.ilka, "Ada", Liked({"chess": 5}, ("Kochen",)))
    for sent in ({"concept": "chess"}, {"wish": "0", "text": "Gemeinsam kochen"}):
        assert ilka.post(at(person), sent).status_code == 302
    assert ilka.post(reverse("desk:likes", args=[person]), {"version": "3"}).status_code == 302
    assert at(person) in ilka.get(reverse("desk:places", args=[person])).content.decode()
    text = ilka.get(at(person)).content.decode()
    assert (text.count("auf der Fehlliste"), 'name="concept"' in text, 'name="text"' in text) == (2, False, False)
    for name, value in (("back", "chess"), ("wish-back", "Kochen")):
        assert f'name="{name}" value="{value}"' in text
        assert ilka.post(at(person), {name: value}).status_code == 302
    assert Gap.objects.count() == 0
    assert "Hier fehlt nichts" in ilka.get(at(person)).content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "x" * 201])
def test_what_was_typed_stays_where_it_does_not_do(typed: str, ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at(cast.yonas.id), {"wish": "1", "text": typed})
    assert (page.status_code, page.context["wishes"][1]["form"]["text"].value()) == (422, typed)
    assert (page.context["wishes"][0]["form"]["text"].value(), Gap.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    "sent",
    [
        {"wish": "2", "text": "x"},
        {"wish": "-1", "text": "x"},
        {"wish": "x"},
        {"wish": "00001", "text": "x"},
        {"wish": "00000", "text": "x"},
        {"concept": "singing"},
        {"concept": "\0"},
        {"back": "x"},
        {"back": "\0"},
        {"wish-back": "0"},
        {"wish-back": "2"},
        {"wish-back": "-1"},
        {"wish-back": "x"},
        {"wish-back": "\0"},
    ],
)
def test_what_is_made_up_is_not_there(sent: dict[str, str], ilka: Desk, cast: Cast) -> None:
    assert (ilka.post(at(cast.yonas.id), sent).status_code, Gap.objects.count()) == (404, 0)


def test_who_has_no_interests_has_no_such_page_and_the_way_there_is_shown_where_something_is_missing(
    ilka: Desk, cast: Cast
) -> None:
    assert ilka.get(at(cast.lina.id)).status_code == 404
    assert at(cast.yonas.id) in ilka.get(reverse("desk:places", args=[cast.yonas.id])).content.decode()
    served = singer(cast.ilka, "Ada")
    assert at(served) not in ilka.get(reverse("desk:places", args=[served])).content.decode()


def test_a_wish_that_may_be_served_already_says_so(ilka: Desk, cast: Cast) -> None:
    """Not when only one of its words is like something, nor when it says clearly what nobody offers."""
    place(cast, held("baden", "swimming"), held("ringen", "wrestling"))
    person = singer(cast.ilka, "Ada", Liked({}, ("Singen", "schwimen", "Drachen bauen", "Boxen")))
    page = ilka.get(at(person))
    meant = [each["meant"] for each in page.context["wishes"]]
    assert page.content.decode().count(f'href="{reverse("desk:likes", args=[person])}"') == 1
    assert meant == ["", "Schwimmen", "", ""]


def test_it_is_solved_or_taken_off_and_brought_back(steering: Desk, cast: Cast) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=cast.ilka.viewer, on=DAY)
    gap = Gap.objects.get().id
    for name, state in (("offered-now", Gap.OFFERED), ("remove-gap", Gap.REMOVED)):
        page = steering.post(reverse(f"desk:{name}", args=[gap]), follow=True)
        assert (Gap.objects.get().state, "Schach" in page.content.decode()) == (state, False)
        undo = reverse("desk:reopen-gap", args=[gap])
        assert f'action="{undo}"' in page.content.decode()
        assert "Schach" in steering.post(undo, follow=True).content.decode()
    steering.post(reverse("desk:offered-now", args=[gap]))
    assert "Schach" in steering.get(f"{LIST}?sicht=erledigt").content.decode()


def test_few_are_told_as_few_and_what_is_offered_by_now_says_so(steering: Desk, cast: Cast) -> None:
    hand_on_interest(cast.yonas.id, "chess", by=cast.ilka.viewer, on=DAY)
    Gap.objects.create(concept="boxing", month=DAY.replace(month=9, day=1), during=13)
    place(cast, held("chor"), held("schach", "chess"))
    page = steering.get(LIST)
    found = [(label.text, each.number, each.offered) for each, label in page.context["missed"]]
    assert found == [("Boxen", 10, False), ("Schach", None, True)]
    text = words_of(page)
    assert [words in text for words in ("mindestens 10 Menschen", "weniger als 5 Menschen", "13")] == [
        True,
        True,
        False,
    ]


def test_what_seldom_leads_to_a_second_visit_is_named_without_a_number(steering: Desk, cast: Cast) -> None:
    place(cast, held("chor"), held("band"), held("tanz", "dance"))
    for key, returned in (("chor", 1), ("band", 2)):
        Outcome.objects.create(offer_id=offer(key), agreed=11, visited=9, returned=returned)
    Outcome.objects.create(offer_id=offer("tanz"), agreed=22, visited=9, returned=9)
    page = steering.get(LIST)
    assert page.context["seldom"] == [("Interessen", ["Singen"])]
    assert re.findall(r"\b(?:11|22|33|44)\b", words_of(page)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(number: int, steering: Desk, cast: Cast) -> None:
    for each in range(number):
        person = singer(cast.ilka, f"{each}da", Liked({MISSED[each]: 5}, (f"Wunsch {each}",)))
        hand_on_interest(person, MISSED[each], by=cast.ilka.viewer, on=DAY)
        hand_on_wish(person, f"Wunsch {each}", f"Wunsch {each}", by=cast.ilka.viewer, on=DAY)
    steering.get(LIST)
    with watched() as statements:
        page = steering.get(LIST)
    assert (len(page.context["missed"]), len(page.context["wishes"]), asked(statements)) == (number, number, 11)
    assert f"1 bis {2 * number} von {2 * number}." in words_of(page)


def test_a_page_shows_as_much_as_it_counts(steering: Desk) -> None:
    Gap.objects.create(concept="boxing", month=EARLIER)
    Gap.objects.bulk_create(
        Gap(wish=f"Wunsch {number:02}", folded=f"wunsch {number:02}", month=EARLIER) for number in range(50)
    )
    first, second = steering.get(LIST), steering.get(f"{LIST}?page=2")
    assert [(len(page.context["missed"]), len(page.context["wishes"])) for page in (first, second)] == [(1, 49), (0, 1)]
    assert "51 bis 51 von 51." in words_of(second)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_person_asks_as_often_for_one_as_for_three(number: int, ilka: Desk, cast: Cast) -> None:
    wishes = tuple(f"Wunsch {each}" for each in range(number))
    person = singer(cast.ilka, "Ada", Liked(dict.fromkeys(MISSED[:number], 5), wishes))
    ilka.get(at(person))
    with watched() as statements:
        page = ilka.get(at(person))
    assert (len(page.context["missing"]), len(page.context["wishes"]), asked(statements)) == (number, number, 16)


def test_whoever_steers_meets_no_word_of_anybody(steering: Desk, cast: Cast, company: Company) -> None:
    """The wishes of the company hold markers; what goes on the list is what was typed for it."""
    for who, by in (("yonas", cast.ilka), ("amina", cast.ilka), ("omar", cast.bea)):
        client, person = sign_in(by), company.people[who].id
        assert client.post(at(person), {"wish": "0", "text": "Drachen"}).status_code == 302
    assert "Drachen" not in steering.get(LIST).content.decode()  # not on the day, nor in the month
    Gap.objects.update(month=EARLIER)
    text = steering.get(LIST).content.decode()
    own = f"Teilhabe A {CANARY_A}"
    assert (text.count("Drachen</bdi>"), CANARY_B in text, CANARY_A in text.replace(own, "")) == (1, False, False)
    assert re.findall(r"\b\d{1,2}\.\d{1,2}\.\d{4}", text) == []
