"""Where a person stands: one form for all areas of life, then and now, correct, delete and bring back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.papers import today
from tests.people import DB, Cast, Desk
from wegnetz.casework.openings import AreaStep, TakenAssessment
from wegnetz.casework.selectors import assessments_of
from wegnetz.casework.services import change_assessment, take_assessment
from wegnetz.desk.overview import areas_then_and_now
from wegnetz.desk.pages import wording_now
from wegnetz.participants.selectors import open_person

pytestmark = DB

TODAY = {"on": f"{today():%d.%m.%Y}"}


def at(name: str, *ids: UUID) -> str:
    return reverse(f"desk:{name}", args=list(ids))


def taken(cast: Cast) -> tuple[TakenAssessment, ...]:
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("assessment",))
    return assessments_of(cast.ilka.viewer, found)


def take(cast: Cast, days: int, **steps: str) -> UUID:
    areas = {area: AreaStep(step, "") for area, step in steps.items()}
    return take_assessment(cast.yonas.id, areas, on=today() - timedelta(days), by=cast.ilka.viewer)


def test_what_was_not_spoken_about_is_left_out(ilka: Desk, cast: Cast) -> None:
    sent = TODAY | {"step-work": "unsure", "note-work": " sucht ", "step-money": "", "note-school": "später"}
    assert ilka.post(at("take-assessment", cast.yonas.id), sent).status_code == 302
    assert [dict(each.areas) for each in taken(cast)] == [
        {"work": AreaStep("unsure", "sucht"), "school": AreaStep("", "später")}
    ]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ["__all__"]),
        ({"note-work": "nur eine Bemerkung"}, ["__all__"]),
        ({"step-work": "best", "step-money": "going"}, ["step-work"]),
        ({"step-work": "going", "on": "31.12.2099"}, ["on"]),
        ({"step-work": "going", "note-work": "x" * 1001}, ["note-work"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    sent: dict[str, str], wrong: list[str], ilka: Desk, cast: Cast
) -> None:
    page = ilka.post(at("take-assessment", cast.yonas.id), TODAY | sent)
    assert (page.status_code, list(page.context["form"].errors), taken(cast)) == (422, wrong, ())


def test_two_who_correct_the_same_one_see_both_versions(ilka: Desk, cast: Cast) -> None:
    assessment = take(cast, 3, work="unsure", money="urgent")
    areas = {"work": AreaStep("carrying", ""), "money": AreaStep("urgent", "")}
    change_assessment(cast.yonas.id, assessment, areas, version=1, by=cast.ilka.viewer)
    sent = {"step-work": "going", "step-money": "urgent", "version": "1"}
    page = ilka.post(at("assessment", cast.yonas.id, assessment), sent)
    assert (page.status_code, [(row.label, row.mine, row.theirs) for row in page.context["conflict"]]) == (
        409, [("Arbeit", "läuft", "trägt")],
    )  # fmt: skip
    again = {name: value or "" for name, value in page.context["form"].initial.items()}
    assert ilka.post(at("assessment", cast.yonas.id, assessment), again).status_code == 302
    assert [each.areas["work"].step for each in taken(cast)] == ["going"]


def test_a_deleted_one_comes_back(ilka: Desk, cast: Cast) -> None:
    response = ilka.post(at("delete-assessment", cast.yonas.id, take(cast, 3, work="unsure")))
    assert taken(cast) == ()
    undo = list(get_messages(response.wsgi_request))[-1].extra_tags.removeprefix("undo:")
    assert ilka.post(undo).status_code == 302
    assert len(taken(cast)) == 1


def test_the_picture_and_the_words_say_the_same(cast: Cast) -> None:
    take(cast, 90, work="urgent", money="carrying", school="going", family="unsure")
    take(cast, 3, work="going", money="unsure", school="going", health="urgent")
    picture = areas_then_and_now(taken(cast), wording_now("de"))
    assert picture is not None
    drawn = {
        line.label: (line.said, ["".join((cell.line, "/", cell.node)) for cell in line.cells]) for line in picture.lines
    }
    assert {label: drawn[label] for label in ("Arbeit", "Geld", "Schule", "Familie", "Gesundheit", "Wohnen")} == {
        "Arbeit": ("von dringend zu läuft", ["seg-f/then", "seg-x/", "seg-b/now", "/"]),
        "Geld": ("von trägt zu unsicher", ["/", "seg-f back/now", "seg-x back/", "seg-b back/then"]),
        "Schule": ("wie am Anfang: läuft", ["/", "/", "/now", "/"]),
        "Familie": ("von unsicher zu nicht besprochen", ["/", "/then", "/", "/"]),
        "Gesundheit": ("von nicht besprochen zu dringend", ["/now", "/", "/", "/"]),
        "Wohnen": ("wie am Anfang: nicht besprochen", ["/", "/", "/", "/"]),
    }


def test_a_single_assessment_is_said_without_a_comparison(cast: Cast) -> None:
    take(cast, 3, work="going")
    picture = areas_then_and_now(taken(cast), wording_now("de"))
    assert picture is not None
    assert (picture.moved, [line.said for line in picture.lines if line.label == "Arbeit"]) == (False, ["läuft"])
    assert areas_then_and_now((), wording_now("de")) is None
