"""Appointments with a person: made, moved, called off, noted, and brought back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people import CANARY_A, DB, Account, Cast, Desk, sign_in
from tests.statements import watched
from wegnetz.casework.models import Appointment
from wegnetz.casework.openings import Meeting
from wegnetz.casework.selectors import meetings_of
from wegnetz.casework.services import MeetingContent, make_appointment
from wegnetz.core.days import working_moment
from wegnetz.participants.selectors import open_person

pytestmark = DB


def at(name: str, cast: Cast, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"person_id": cast.yonas.id, **parts})


def typed(by: Account, **changes: str) -> dict[str, str]:
    return {
        "day": "11.10.2021", "begins": "9:30", "ends": "10:15", "kind": "conversation", "held_by": str(by.user),
        "title": "Vertrag ansehen", "place": "Raum 2.14", "interpreter": "Frau Haile, Tigrinya", "version": "1",
    } | changes  # fmt: skip


def meetings(cast: Cast) -> tuple[Meeting, ...]:
    person = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("appointments",))
    return meetings_of(cast.ilka.viewer, person)


def made(cast: Cast, *, days: int = 2, by: Account | None = None) -> UUID:
    start = working_moment() + timedelta(days=days)
    content = MeetingContent(
        start, start + timedelta(hours=1), "conversation", (by or cast.ilka).user, f"Weg {CANARY_A}"
    )
    return make_appointment(cast.yonas.id, content, by=cast.ilka.viewer)


def test_an_appointment_stands_where_it_was_made(ilka: Desk, cast: Cast) -> None:
    assert ilka.post(at("make-appointment", cast), typed(cast.ilka)).status_code == 302
    (meeting,) = meetings(cast)
    shown = [timezone.localtime(moment).strftime("%d.%m. %H:%M") for moment in (meeting.starts_at, meeting.ends_at)]
    assert shown == ["11.10. 09:30", "11.10. 10:15"]
    assert (meeting.title, meeting.place, meeting.interpreter) == (
        "Vertrag ansehen",
        "Raum 2.14",
        "Frau Haile, Tigrinya",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends", "9:30"), ("ends", "8:00"), ("begins", "vormittags"), ("day", ""), ("kind", "invented"), ("held_by", "")],
)
def test_a_refused_appointment_keeps_what_was_typed(field: str, value: str, ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("make-appointment", cast), typed(cast.ilka, **{field: value}))
    assert (page.status_code, list(page.context["form"].errors), meetings(cast)) == (422, [field], ())
    assert page.context["form"]["place"].value() == "Raum 2.14"


def test_nobody_from_another_organisation_is_offered_or_taken(ilka: Desk, cast: Cast) -> None:
    form = ilka.get(at("make-appointment", cast)).context["form"]
    assert str(cast.bea.user) not in {str(value) for value, _label in form.fields["held_by"].choices}
    page = ilka.post(at("make-appointment", cast), typed(cast.bea))
    assert (page.status_code, list(page.context["form"].errors), meetings(cast)) == (422, ["held_by"], ())


def test_the_second_to_move_an_appointment_sees_both_versions(ilka: Desk, cast: Cast) -> None:
    page = at("appointment", cast, appointment_id=made(cast))
    assert sign_in(cast.ilka).post(page, typed(cast.ilka)).status_code == 302
    refused = ilka.post(page, typed(cast.ilka, begins="9:45", kind="visit"))
    shown = [(row.label, row.mine, row.theirs) for row in refused.context["conflict"]]
    assert (refused.status_code, shown) == (409, [("Von", "9:45", "9:30"), ("Art des Termins", "Besuch", "Gespräch")])
    again = {name: str(refused.context["form"][name].value() or "") for name in typed(cast.ilka)}
    assert ilka.post(page, again).status_code == 302
    assert [(meeting.kind, meeting.version) for meeting in meetings(cast)] == [("visit", 3)]


@pytest.mark.parametrize("state", ["kept", "missed", "cancelled"])
def test_what_was_noted_can_be_taken_back(state: str, ilka: Desk, cast: Cast) -> None:
    appointment = made(cast, days=-1)
    answer = ilka.post(at("note-appointment", cast, appointment_id=appointment), {"state": state})
    journal = f"{at('write-entry', cast)}?termin={appointment}"
    leads_to = journal if state == "kept" else at("appointments", cast)
    assert (answer.headers["Location"], [meeting.state for meeting in meetings(cast)]) == (leads_to, [state])
    undo = at("replan-appointment", cast, appointment_id=appointment)
    assert f'action="{undo}"' in ilka.get(leads_to).content.decode()
    assert (ilka.post(undo).status_code, [meeting.state for meeting in meetings(cast)]) == (302, ["planned"])


@pytest.mark.parametrize("state", ["", "planned", "invented"])
def test_nothing_else_can_be_noted(state: str, ilka: Desk, cast: Cast) -> None:
    answer = ilka.post(at("note-appointment", cast, appointment_id=made(cast)), {"state": state})
    assert (answer.status_code, [meeting.state for meeting in meetings(cast)]) == (404, ["planned"])


def test_a_deleted_appointment_comes_back_with_one_click(ilka: Desk, cast: Cast) -> None:
    appointment = made(cast)
    assert ilka.post(at("delete-appointment", cast, appointment_id=appointment)).status_code == 302
    undo = at("restore-appointment", cast, appointment_id=appointment)
    assert (f'action="{undo}"' in ilka.get(at("appointments", cast)).content.decode(), meetings(cast)) == (True, ())
    assert (ilka.post(undo).status_code, [meeting.id for meeting in meetings(cast)]) == (302, [appointment])


def test_the_page_says_first_what_is_to_be_done(ilka: Desk, cast: Cast) -> None:
    page = ilka.get(at("appointments", cast)).content.decode()
    assert "Machen Sie den nächsten Termin aus." in page
    made(cast)
    assert "Der nächste Termin ist am " in ilka.get(at("appointments", cast)).content.decode()
    made(cast, days=-1)
    assert "Halten Sie fest, ob der Termin am " in ilka.get(at("appointments", cast)).content.decode()


def test_a_page_of_appointments_costs_the_same_for_one_and_for_three(ilka: Desk, cast: Cast) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            made(cast)
        for url in (at("appointments", cast), reverse("desk:week")):
            with watched() as statements:
                assert ilka.get(url).status_code == 200
            numbers.append(len([statement for statement in statements if statement.sql.startswith("SELECT")]))
    assert (numbers[:2], max(numbers) <= 20) == (numbers[2:], True)


def test_the_week_shows_ones_own_appointments_with_names(ilka: Desk, bea: Desk, cast: Cast) -> None:
    made(cast, days=0)
    (today,) = [found for _day, found in ilka.get(reverse("desk:week")).context["days"] if found]
    assert [(stop.name, stop.meeting.title) for stop, _line in today] == [(f"Yonas {CANARY_A}", f"Weg {CANARY_A}")]
    page = bea.get(reverse("desk:week"))
    assert ([found for _day, found in page.context["days"] if found], CANARY_A in page.content.decode()) == ([], False)


@pytest.mark.parametrize("day", ["", "gestern", "0001-01-01", "9999-12-31", "2021-13-01", "1999-12-31"])
def test_the_week_of_any_word_is_a_page(day: str, ilka: Desk) -> None:
    assert ilka.get(reverse("desk:week"), {"tag": day}).status_code == 200


def test_nobody_else_gets_at_an_appointment(bea: Desk, cast: Cast) -> None:
    appointment = made(cast)
    rows = list(Appointment.objects.values())
    for name in (
        "appointment", "note-appointment", "replan-appointment", "delete-appointment", "restore-appointment",
        "appointment-file",
    ):  # fmt: skip
        url = at(name, cast, appointment_id=appointment)
        for answer in (bea.get(url), bea.post(url, typed(cast.bea) | {"state": "missed"})):
            assert (name, answer.status_code in {404, 405}, CANARY_A in answer.content.decode()) == (name, True, False)
    assert list(Appointment.objects.values()) == rows
