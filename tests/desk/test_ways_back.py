"""Undo, redirects, the file of the list, and the choice of light or dark."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from tests.desk.addresses import SCREENS, address
from tests.people import CANARY_A, DAY, DB, Cast, Desk, agreed
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services import register_person

pytestmark = DB

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "http:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "http://testserver@evil.example/",
    "\thttps://evil.example",
    " //evil.example",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("view", ["desk:theme", "set_language"])
def test_no_choice_leads_to_another_site(view: str, elsewhere: str, ilka: Desk) -> None:
    response = ilka.post(reverse(view), {"next": elsewhere, "theme": "dark", "language": "en"})
    assert (response.status_code, response.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("view", ["desk:theme", "set_language"])
def test_a_choice_leads_back_to_the_page_it_was_made_on(view: str) -> None:
    response = Desk().post(reverse(view), {"next": "/programm/?on=2021-10-07", "theme": "dark", "language": "en"})
    assert response.headers["Location"] == "/programm/?on=2021-10-07"


@pytest.mark.parametrize(
    ("chosen", "kept", "page"),
    [("dark", "dark", "dark"), ("light", "light", "light"), ("auto", "", ""), ("<script>", "", ""), ("", "", "")],
)
def test_the_look_is_kept_in_a_cookie_scripts_cannot_read(chosen: str, kept: str, page: str) -> None:
    client = Desk()
    cookie = client.post(address_of_theme(), {"theme": chosen}).cookies["theme"]
    assert cookie.value == kept
    if kept:
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")
    assert client.get(reverse("account_login")).context["theme"] == page


def address_of_theme() -> str:
    return reverse("desk:theme")


def test_a_made_up_cookie_is_not_put_into_the_page() -> None:
    client = Desk()
    client.cookies["theme"] = 'dark" onload="alert(1)'
    response = client.get(reverse("account_login"))
    assert (response.status_code, b"alert(1)" in response.content) == (200, False)


def test_taking_an_answer_back_can_be_undone_from_the_message(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(address("retract", cast.yonas), follow=True).content.decode()
    undo = reverse("desk:restore", args=[cast.yonas.id, cast.yonas.record])
    assert f'action="{undo}"' in page
    assert ilka.post(undo, follow=True).redirect_chain == [(address("person", cast.yonas), 302)]
    records = {entry.id: entry for entry in open_person(cast.ilka.viewer, cast.yonas.id, purpose="test").facts}
    assert records[cast.yonas.record].retracted_at is None


def test_an_answer_by_button_leads_back_to_the_day_and_can_be_undone(ilka: Desk, cast: Cast) -> None:
    response = ilka.post(address("answer", cast.lina), SCREENS["answer"].body, follow=True)
    assert response.redirect_chain == [(f"{address('blocks', cast.lina)}?on=2021-10-07", 302)]
    record = open_person(cast.ilka.viewer, cast.lina.id, purpose="test").facts[0].id
    assert f'action="{reverse("desk:retract", args=[cast.lina.id, record])}"' in response.content.decode()


def test_the_single_case_of_a_settled_block_is_refused_with_a_message(ilka: Desk, cast: Cast) -> None:
    url = reverse("desk:single-case", args=[cast.yonas.id, cast.yonas.decision, "coaching"])
    response = ilka.post(url, SCREENS["single-case"].body, follow=True)
    assert response.redirect_chain == [(reverse("desk:decision", args=[cast.yonas.id, cast.yonas.decision]), 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


# --- the file --------------------------------------------------------------------------------------------


def rows_of_file(client: Desk, sort: str = "") -> list[list[str]]:
    response = client.post(reverse("desk:people-csv"), {"sort": sort})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8")
    assert text[0] == "\ufeff"  # without it, spreadsheet programs read umlauts wrongly
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_the_file_holds_what_the_list_shows(bea: Desk, cast: Cast) -> None:
    head, row = rows_of_file(bea)
    assert len(head) == 9
    assert row[:3] == [cast.omar.pseudonym, "Omar Karminspecht", "2020-11-02"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("//evil.example")', "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_file_is_a_formula(text: str, ilka: Desk, cast: Cast) -> None:
    register_person(name=Name(called=text), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)
    cells = [cell for row in rows_of_file(ilka) for cell in row]
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []
    assert f"'{text}" in cells


def test_separators_and_quotes_stay_inside_their_cell(ilka: Desk, cast: Cast) -> None:
    name = 'a;b"c\nd,e'
    register_person(name=Name(called=name), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)
    assert [row[1] for row in rows_of_file(ilka) if row[1] == name] == [name]


def test_the_file_has_the_order_asked_for(ilka: Desk) -> None:
    up, down = ([row[0] for row in rows_of_file(ilka, sort)[1:]] for sort in ("", "-pseudonym"))
    assert up == [f"Lino-{CANARY_A}", f"Yono-{CANARY_A}"]
    assert down == up[::-1]


def test_the_name_of_the_file_says_nothing_about_people(ilka: Desk) -> None:
    header = ilka.post(reverse("desk:people-csv")).headers["Content-Disposition"]
    assert (header.startswith('attachment; filename="menschen-'), CANARY_A in header) == (True, False)
