"""The desk's pages of an evening: its link, the sheet to sign on, settling it, and the evidence."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.evenings import Evenings, evenings, invited
from tests.network.evening_links import began, followed
from tests.network.test_settling import colleague, guest_at, there
from tests.people import CANARY_B, DB, Cast, Desk, sign_in
from tests.portal.place_visits import text
from wegnetz.accounts.access import Role
from wegnetz.core.days import working_day
from wegnetz.network.models import EveningLink, Guest, Workshop
from wegnetz.network.services.settling import settle
from wegnetz.network.services.workshops import cancel_date
from wegnetz.rules.workshops import Proof

pytestmark = DB


@pytest.fixture
def made(cast: Cast) -> Evenings:
    cache.clear()
    found = evenings(cast.ilka.viewer)
    began(found.date)
    return found


def at(name: str, made: Evenings) -> str:
    return reverse(f"desk:{name}", args=[made.date])


def press(client: Desk, made: Evenings, **sent: object) -> str:
    return text(client.post(at("settle-now", made), sent, follow=True))


def test_a_link_stands_on_the_answer_to_its_button_and_never_again(made: Evenings, ilka: Desk, cast: Cast) -> None:
    invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    page = text(ilka.post(at("evening-link", made)))
    found = re.search(r'<a class="kern-btn kern-btn--primary" href="(/abend/[^"]+/)"', page)
    assert found is not None
    assert (f"http://testserver{found[1]}" in page, found[1] in text(ilka.get(at("evening-link", made)))) == (
        True,
        False,
    )
    phone = Desk()
    phone.get(found[1])
    phone.post("/abend/oeffnen/")
    assert "<bdi>Yonas</bdi>" in text(phone.get("/abend/"))
    ended = text(ilka.post(at("revoke-evening-link", made), follow=True))
    assert ("Der Link öffnet nichts mehr." in ended, phone.get("/abend/").status_code) == (True, 404)


def test_there_is_no_link_to_what_does_not_take_place(made: Evenings, ilka: Desk, cast: Cast) -> None:
    cancel_date(made.date, takes_place=False, by=cast.ilka.viewer)
    page = text(ilka.post(at("evening-link", made), follow=True))
    assert ("Für ihn gibt es keinen Link mehr." in page, EveningLink.objects.count()) == (True, 0)


def test_the_sheet_names_those_who_come_and_is_recorded_as_read_by_staff(
    made: Evenings, ilka: Desk, cast: Cast
) -> None:
    there(cast.yonas.id, made, cast, Proof.SCREEN)
    place = last_place(cast.ilka.viewer.organisation)
    page = text(ilka.get(at("sign-in-sheet", made)))
    assert recorded_since(cast.ilka.viewer.organisation, place) == [
        Recorded("list", "name, workshops", "sign-in sheet", frozenset({cast.yonas.id}))
    ]
    assert ("<bdi>Yonas</bdi>" in page, cast.yonas.pseudonym in page, '<path d="M1 1L9 9"/>' in page) == (
        True, True, True,
    )  # fmt: skip
    assert [word for word in ("Tesfay", CANARY_B) if word in page] == []
    coach = text(sign_in(colleague(cast, Role.COACH)).get(at("sign-in-sheet", made)))
    assert ("Eine eingeladene Person begleitet jemand anderes" in coach, "Yonas" in coach) == (True, False)


def test_guests_are_named_or_dropped_and_then_the_list_is_settled(made: Evenings, ilka: Desk, cast: Cast) -> None:
    evening = followed(made.date, cast.ilka.viewer)
    known, nobody = guest_at(evening, "Lina"), guest_at(evening, "<Mina>")
    page = text(ilka.get(at("settle-evening", made)))
    assert ("Sagen Sie zuerst, wer die Gäste sind." in page, "&lt;Mina&gt;" in page) == (True, True)
    assert "Es ist noch nichts geschehen." in press(ilka, made, do="settle")
    assert "Bitte auswählen, wer es ist." in press(ilka, made, do="name", guest=known, person="")
    assert "Bitte auswählen, wer es ist." in press(ilka, made, do="name", guest=known, person=cast.omar.id)
    assert "Gespeichert: Die Person war da." in press(ilka, made, do="name", guest=known, person=cast.lina.id)
    assert "Gelöscht." in press(ilka, made, do="drop", guest=nobody)
    assert "Das hat inzwischen jemand anderes geklärt." in press(ilka, made, do="drop", guest=nobody)
    assert "Eine Person war da. Stimmt das?" in text(ilka.get(at("settle-evening", made)))
    assert "Abgeschlossen: Eine Person war da." in press(ilka, made, do="settle")
    assert "Die Liste ist schon abgeschlossen." in press(ilka, made, do="settle")
    assert "Die Liste ist wieder offen." in press(ilka, made, do="unsettle")
    assert Guest.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "status"), [({"do": "burn"}, 404), ({"do": "drop"}, 302), ({"do": "name", "guest": "x"}, 302), ({}, 404)]
)
def test_what_the_page_does_not_send_changes_nothing(
    sent: dict[str, str], status: int, made: Evenings, ilka: Desk, cast: Cast
) -> None:
    guest_at(followed(made.date, cast.ilka.viewer))
    assert ilka.post(at("settle-now", made), sent).status_code == status
    assert Guest.objects.count() == 1


def test_the_evidence_names_pseudonyms_and_no_names(made: Evenings, ilka: Desk, cast: Cast) -> None:
    there(cast.yonas.id, made, cast, Proof.CONFIRMED)
    assert "Schließen Sie eine Liste ab: Erst dann zählt sie." in text(ilka.get(reverse("desk:evidence")))
    settle(made.date, by=cast.ilka.viewer)
    page = text(ilka.get(reverse("desk:evidence"), {"von": f"{working_day():%d.%m}.2020"}))
    assert ("Ein Termin ist abgeschlossen." in page, cast.yonas.pseudonym in page, "Tesfay" in page) == (
        True, True, False,
    )  # fmt: skip
    wrong = ilka.get(reverse("desk:evidence"), {"von": "gestern"})
    assert (wrong.status_code, "Bitte ein Datum eingeben" in text(wrong)) == (422, True)


def test_the_file_holds_no_formula_and_is_recorded_as_taken_away(made: Evenings, ilka: Desk, cast: Cast) -> None:
    there(cast.yonas.id, made, cast, Proof.PAPER)
    settle(made.date, by=cast.ilka.viewer)
    wording = {"language": "de", "said": {"de": {"title": "=1+1", "text": ""}}}
    Workshop.objects.filter(id=made.workshop).update(wording=wording)
    place = last_place(cast.ilka.viewer.organisation)
    answer = ilka.post(reverse("desk:evidence-csv"), {"von": "01.01.2020"})
    _heads, row = csv.reader(StringIO(text(answer).removeprefix("\ufeff")), delimiter=";")
    assert [row[0], *row[2:]] == ["'=1+1", "120", "1", "0", "1", "0", "0", cast.yonas.pseudonym, "0"]
    assert recorded_since(cast.ilka.viewer.organisation, place) == [
        Recorded("export", "pseudonym, workshops", "evidence of workshops", frozenset({cast.yonas.id}))
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_more_evidence_asks_the_database_no_more(
    number: int, made: Evenings, ilka: Desk, cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    there(cast.yonas.id, made, cast)
    settle(made.date, by=cast.ilka.viewer)
    for _ in range(number - 1):
        another = evenings(cast.ilka.viewer)
        began(another.date)
        settle(another.date, by=cast.ilka.viewer)
    ilka.get(reverse("desk:evidence"), {"von": "01.01.2020"})
    with django_assert_num_queries(EVIDENCE_QUERIES + (connection.vendor == "postgresql")):  # type: ignore[attr-defined]
        ilka.get(reverse("desk:evidence"), {"von": "01.01.2020"})


EVIDENCE_QUERIES = 11


def test_an_evening_of_others_is_not_there(cast: Cast, ilka: Desk) -> None:
    theirs = evenings(cast.bea.viewer)
    nothing = Evenings(uuid4(), uuid4(), UUID(int=1))
    for act in ("settle", "unsettle", "name", "drop"):
        sent = {"do": act, "guest": str(uuid4()), "person": str(uuid4())}
        assert [ilka.post(at("settle-now", each), sent).status_code for each in (theirs, nothing)] == [404, 404]
    for name in ("evening-link", "sign-in-sheet", "settle-evening"):
        assert [ilka.get(at(name, each)).status_code for each in (theirs, nothing)] == [404, 404]
