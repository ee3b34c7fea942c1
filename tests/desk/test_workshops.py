"""Workshops on the desk: plan, invite, note what somebody said, who sits with whom, who needs new faces."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.audit.reading_back import last_place, recorded_since
from tests.evenings import evenings, invited
from tests.people import DB, Cast, Desk, agreed
from tests.statements import asked, watched
from wegnetz.network.models import Invitation, Pairing, Workshop, WorkshopDate
from wegnetz.network.openings import Liked
from wegnetz.network.services import save_interests
from wegnetz.network.services.invitations import Reply, note_answer
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import register_person

pytestmark = DB
PLAN = {"title": "Tanzen", "place": "Halle", "group_size": "4"}


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).strftime("%d.%m.%Y")


def at(name: str, *parts: UUID | str) -> str:
    return reverse(f"desk:{name}", args=parts)


def test_a_series_is_planned_once_and_a_second_press_plans_nothing_twice(ilka: Desk) -> None:
    ilka.post(at("new-workshop"), PLAN)
    (made,) = Workshop.objects.all()
    times = {"day": day(3), "begins": "17", "ends": "19:30", "weeks": "4"}
    for _again in range(2):
        ilka.post(at("workshop", made.id), times)
    starts = [timezone.localtime(each.starts_at) for each in WorkshopDate.objects.order_by("starts_at")]
    assert [(each.hour, each.minute) for each in starts] == [(17, 0)] * 4
    assert {(late.date() - early.date()).days for early, late in pairwise(starts)} == {7}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"title": ""}, "title"), ({"group_size": "1"}, "group_size"), ({"capacity": "0"}, "capacity"),
     ({"capacity": "viele"}, "capacity"), ({"title": "x" * 200}, "title"), ({"place": "\0"}, "place")],
)  # fmt: skip
def test_what_cannot_be_planned_is_said_at_its_field_and_nothing_typed_is_lost(
    ilka: Desk, changed: dict[str, str], field: str
) -> None:
    page = ilka.post(at("new-workshop"), PLAN | {"text": "Alle tanzen"} | changed)
    assert (page.status_code, list(page.context["form"].errors), Workshop.objects.count()) == (422, [field], 0)
    assert "Alle tanzen" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": "07.10.2019"}, "day"),
        ({"ends": "16"}, "ends"),
        ({"weeks": "900"}, "weeks"),
        ({"begins": "25"}, "begins"),
    ],
)
def test_times_that_cannot_be_are_said_at_their_field(
    ilka: Desk, cast: Cast, changed: dict[str, str], field: str
) -> None:
    made = evenings(cast.ilka.viewer)
    times = {"day": day(30), "begins": "17", "ends": "19", "weeks": "1"} | changed
    page = ilka.post(at("workshop", made.workshop), times)
    found = (page.status_code, list(page.context["form"].errors), WorkshopDate.objects.count())
    assert found == (422, [field], 2)


def test_a_night_ends_the_next_morning(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    ilka.post(at("workshop", made.workshop), {"day": day(30), "begins": "22", "ends": "2:30", "weeks": "1"})
    night = WorkshopDate.objects.latest("starts_at")
    starts, ends = timezone.localtime(night.starts_at), timezone.localtime(night.ends_at)
    assert (starts.strftime("%d.%m.%Y %H:%M"), ends.strftime("%d.%m.%Y %H:%M")) == (
        f"{day(30)} 22:00", f"{day(31)} 02:30",
    )  # fmt: skip


def test_two_who_change_a_workshop_see_both_versions(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    ilka.post(at("change-workshop", made.workshop), PLAN | {"title": "Zuerst", "version": "1"})
    page = ilka.post(at("change-workshop", made.workshop), PLAN | {"title": "Später", "version": "1"})
    row = next(each for each in page.context["conflict"] if "heißt" in each.label)
    assert (page.status_code, row.mine, row.theirs) == (409, "Später", "Zuerst")
    ilka.post(at("change-workshop", made.workshop), PLAN | {"title": "Später", "version": "2"})
    assert Workshop.objects.get().wording["said"]["de"]["title"] == "Später"


def test_another_language_is_added_and_taken_away_and_the_first_stays(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    ilka.post(at("workshop-words", made.workshop, "ar"), {"title": "غناء", "text": "", "version": "1"})
    assert sorted(Workshop.objects.get().wording["said"]) == ["ar", "de"]
    ilka.post(at("workshop-words", made.workshop, "ar"), {"title": "", "text": "", "version": "2"})
    assert sorted(Workshop.objects.get().wording["said"]) == ["de"]
    assert ilka.get(at("workshop-words", made.workshop, "xx")).status_code == 404
    page = ilka.post(at("workshop-words", made.workshop, "ar"), {"title": "", "text": "شيء", "version": "3"})
    assert (page.status_code, "شيء" in page.content.decode()) == (422, True)


def test_people_are_invited_answer_by_word_of_mouth_and_stand_where_they_belong(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer, capacity=1)
    people = {"people": [str(cast.yonas.id), str(cast.lina.id)]}
    assert ilka.post(at("invite-to-workshop", made.date), people).status_code == 302
    for person in (cast.yonas.id, cast.lina.id):
        invitation = Invitation.objects.get(person=person)
        said = {"comes": "yes", "childcare": "on", "note": "kommt später", "version": "1"}
        ilka.post(at("workshop-answer", person, invitation.id), said)
    page = ilka.get(at("workshop-date", made.date))
    names = {part: [each.person for each in page.context[part]] for part in ("coming", "waiting", "open", "declined")}
    assert names == {"coming": [cast.yonas.id], "waiting": [cast.lina.id], "open": [], "declined": []}
    assert page.context["needs"] == {"childcare": 1, "ticket": 0}


def test_an_answer_that_changed_meanwhile_is_not_written_over(ilka: Desk, cast: Cast) -> None:
    by = cast.ilka.viewer
    invitation = invited(cast.yonas.id, evenings(by).date, by=by)
    note_answer(cast.yonas.id, invitation, Reply(comes=True), version=1, by=by)
    where = at("workshop-answer", cast.yonas.id, invitation)
    page = ilka.post(where, {"comes": "no", "note": "hat Prüfung", "version": "1"})
    assert (page.status_code, "hat Prüfung" in page.content.decode()) == (409, True)
    assert Invitation.objects.get().answer == "coming"


def test_who_sits_apart_is_read_at_both_and_by_nobody_else(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    apart = {"other": str(cast.lina.id), "together": "apart", "note": "Bitte schützen"}
    ilka.post(at("workshops-of", cast.yonas.id), apart)
    for person in (cast.yonas.id, cast.lina.id):
        assert "Bitte schützen" in ilka.get(at("workshops-of", person)).content.decode()
    for address in (at("workshop-date", made.date), at("person", cast.yonas.id), at("workshops")):
        assert "Bitte schützen" not in ilka.get(address).content.decode()
    assert ilka.post(at("workshops-of", cast.yonas.id), apart).status_code == 422  # once is enough
    (row,) = Pairing.objects.all()
    ilka.post(at("end-pairing", row.person_id, row.id))
    assert "Bitte schützen" not in ilka.get(at("workshops-of", cast.lina.id)).content.decode()
    ilka.post(at("restore-pairing", row.person_id, row.id))
    assert "Bitte schützen" in ilka.get(at("workshops-of", cast.lina.id)).content.decode()


def test_whoever_met_nobody_for_six_weeks_is_on_the_list_with_what_helps(ilka: Desk, cast: Cast) -> None:
    by, today = cast.ilka.viewer, timezone.localdate()
    Involvement.objects.filter(person=cast.lina.id).update(began_on=today - timedelta(days=10))
    Involvement.objects.filter(person=cast.yonas.id).update(began_on=today - timedelta(days=100))
    save_interests(cast.yonas.id, Liked({"singing": 5}), by=by)
    page = ilka.get(at("quiet"))
    found = [(each.person, [text for text, _url in helps]) for each, helps in page.context["lines"]]
    assert found == [(cast.yonas.id, ["Zu einem Workshop einladen", "Einen Ort vorschlagen"])]
    date = evenings(by).date
    invited(cast.yonas.id, date, by=by)
    Invitation.objects.update(attended=True)
    yesterday = timezone.now() - timedelta(days=1)
    WorkshopDate.objects.filter(id=date).update(starts_at=yesterday - timedelta(hours=2), ends_at=yesterday)
    assert ilka.get(at("quiet")).context["lines"] == []


def test_an_evening_is_called_off_and_takes_place_after_all(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    ilka.post(at("cancel-workshop-date", made.date))
    assert ilka.get(at("workshop-date", made.date)).context["time"].cancelled is True
    ilka.post(at("hold-workshop-date", made.date))
    assert ilka.get(at("workshop-date", made.date)).context["time"].cancelled is False


def test_an_evening_is_not_moved_onto_another(ilka: Desk, cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    later = timezone.localtime(WorkshopDate.objects.get(id=made.later).starts_at)
    moved = {"day": later.strftime("%d.%m.%Y"), "begins": "12", "ends": "14"}
    assert ilka.post(at("move-workshop-date", made.date), moved).status_code == 422
    assert ilka.post(at("move-workshop-date", made.date), moved | {"begins": "13"}).status_code == 302
    assert WorkshopDate.objects.get(id=made.date).sequence == 1


@pytest.fixture
def three(cast: Cast) -> list[UUID]:
    """Whom Ilka accompanies: Yonas, Lina and somebody new."""
    by = cast.ilka
    new = register_person(
        name=Name(called="Neu"), contact=Contact(), ground=agreed(by), by=by.viewer, on=timezone.localdate()
    )
    return [cast.yonas.id, cast.lina.id, new]


def costs(client: Desk, address: str) -> int:
    client.get(address)
    with watched() as statements:
        assert client.get(address).status_code == 200
    return asked(statements)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_workshops_asks_as_much_for_one_as_for_three(number: int, ilka: Desk, cast: Cast) -> None:
    for _ in range(number):
        evenings(cast.ilka.viewer)
    assert costs(ilka, at("workshops")) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_a_date_asks_as_much_for_one_who_is_invited_as_for_three(
    number: int, ilka: Desk, three: list[UUID], cast: Cast
) -> None:
    made = evenings(cast.ilka.viewer)
    for person in three[:number]:
        invited(person, made.date, by=cast.ilka.viewer)
    assert costs(ilka, at("workshop-date", made.date)) == 14


@pytest.mark.parametrize("number", [1, 3])
def test_whom_to_care_for_asks_as_much_for_one_as_for_three(
    number: int, ilka: Desk, three: list[UUID], cast: Cast
) -> None:
    today = timezone.localdate()
    Involvement.objects.update(began_on=today)
    long_ago = today - timedelta(days=100)
    Involvement.objects.filter(person__in=three[:number]).update(began_on=long_ago)
    assert len(ilka.get(at("quiet")).context["lines"]) == number
    assert costs(ilka, at("quiet")) == 15


def test_each_page_records_whom_it_names_and_nobody_else(ilka: Desk, cast: Cast) -> None:
    by, organisation = cast.ilka.viewer, cast.ilka.viewer.organisation
    made = evenings(by)
    invited(cast.yonas.id, made.date, by=by)
    yonas, lina = frozenset({cast.yonas.id}), frozenset({cast.lina.id})
    named = {
        at("workshops"): frozenset(), at("workshop", made.workshop): frozenset(), at("workshop-date", made.date): yonas,
        at("move-workshop-date", made.date): frozenset(), at("quiet"): yonas | lina,
        at("invite-to-workshop", made.date): yonas | lina, at("workshops-of", cast.yonas.id): yonas | lina,
    }  # fmt: skip
    for address, people in named.items():
        before = last_place(organisation)
        assert ilka.get(address).status_code == 200
        found = frozenset().union(*(event.subjects for event in recorded_since(organisation, before)))
        assert (address, found) == (address, people)
