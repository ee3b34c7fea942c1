"""Whatever is typed or put into an address: a sentence and what was typed, never a fault and never a script."""

from __future__ import annotations

import html
from dataclasses import asdict
from typing import Any

import pytest
from django.urls import reverse

from tests.desk.addresses import CONTACT, SCREENS, address
from tests.desk.asking import rows_of_every_table
from tests.people import DAY, DB, Cast, Desk, Page
from wegnetz.participants.selectors import open_person

pytestmark = DB

SCRIPT = "<script>alert(1)</script>"
ODD = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "{{ person.name }}{% debug %}",
    "🙂👩‍👩‍👧",
    "\u202eיונס\u202c يونس",
    "a\u0000b",
    "x" * 10_000,
    "%s%n%x",
    "' OR '1'='1",
    "=1+1",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
]


def shown(response: Page) -> str:
    return response.content.decode()


def errors(response: Page) -> dict[str, Any]:
    form = response.context["form"]
    return {name: [error.code for error in found] for name, found in form.errors.as_data().items()}


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("field", ["called", "full", "phone", "email", "note", "language", "version"])
def test_odd_contacts_are_kept_as_typed_or_refused_with_a_sentence(
    field: str, text: str, ilka: Desk, cast: Cast
) -> None:
    response = ilka.post(address("contact", cast.lina), CONTACT | {field: text})
    assert response.status_code in {302, 409, 422}
    if response.status_code == 302:
        found = open_person(cast.ilka.viewer, cast.lina.id, purpose="test")
        assert {**asdict(found.name), **asdict(found.contact)}[field] == text.strip()
        assert SCRIPT not in shown(ilka.get(address("person", cast.lina)))
    else:
        page = shown(response)
        assert SCRIPT not in page
        assert html.escape(text).replace("\r\n", "\n") in page.replace("\r\n", "\n") or "\0" in text or field in {
            "language", "version",
        }  # fmt: skip


def test_refused_input_changes_nothing_and_keeps_every_field(ilka: Desk, cast: Cast) -> None:
    before = rows_of_every_table()
    typed = CONTACT | {"called": "Neuer Name", "phone": "0211 99", "email": "no address", "note": "n" * 201}
    response = ilka.post(address("contact", cast.yonas), typed)
    assert (response.status_code, errors(response)) == (422, {"email": ["invalid"], "note": ["max_length"]})
    for text in ("Neuer Name", "0211 99", "no address", "n" * 201):
        assert (text, f'value="{text}"' in shown(response)) == (text, True)
    assert rows_of_every_table() == before


def test_a_registration_refused_is_shown_again_and_registers_nobody(ilka: Desk, cast: Cast) -> None:
    before = rows_of_every_table()
    response = ilka.post(address("register", cast.nobody), {"called": "x" * 81, "email": "a@b"})
    assert (response.status_code, errors(response)) == (422, {"called": ["max_length"], "email": ["invalid"]})
    assert rows_of_every_table() == before


BAD_DAYS = {
    "31.02.2001": "no-such-day",
    "12.13.2020": "no-such-day",
    "2020-02-30": "no-such-day",
    "heute": "invalid",
    "10/07/2021": "invalid",
    "07.10.2021\0": "null_characters_not_allowed",
    "1" * 10_000: "invalid",
    "🙂": "invalid",
    SCRIPT: "invalid",
    "": "required",
    "1.1.1899": "too-early",
    "1899": "too-early",
    "31.12.9999": None,
    "2999": None,
}


@pytest.mark.parametrize("text", BAD_DAYS)
def test_a_day_of_birth_that_cannot_be_is_refused_and_shown_again(text: str, ilka: Desk, cast: Cast) -> None:
    url = reverse("desk:fact", args=[cast.lina.id, "birth_date"])
    before = rows_of_every_table()
    response = ilka.post(url, {"value": text, "provenance": "self-reported"})
    assert response.status_code == 422
    assert [*errors(response)] == ["value"]
    if BAD_DAYS[text] != "null_characters_not_allowed":
        assert errors(response) == {"value": [BAD_DAYS[text]]}
        assert f'value="{html.escape(text)}"' in shown(response) or not text
    assert SCRIPT not in shown(response)
    assert rows_of_every_table() == before


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"value": ""}, {"value": ["required"], "provenance": ["required"]}),
        ({"value": "maybe", "provenance": "hearsay"}, {"value": ["invalid_choice"], "provenance": ["invalid_choice"]}),
        ({"value": SCRIPT, "provenance": "copied"}, {"value": ["invalid_choice"]}),
        ({"value": "true", "provenance": "copied", "valid_from": "31.02.2021"}, {"valid_from": ["no-such-day"]}),
        (
            {"value": "true", "provenance": "copied", "valid_from": "02.01.2021", "valid_to": "01.01.2021"},
            {"valid_to": [None]},
        ),
        ({"value": "True", "provenance": "copied"}, {"value": ["invalid_choice"]}),
    ],
)
def test_an_answer_that_is_none_is_refused(
    data: dict[str, str], wrong: dict[str, list[str | None]], ilka: Desk, cast: Cast
) -> None:
    response = ilka.post(address("fact", cast.lina), data)
    assert (response.status_code, errors(response)) == (422, wrong)
    for text in data.values():
        if text not in {"maybe", "hearsay", SCRIPT, "True"}:
            assert (text, f'value="{text}"' in shown(response)) == (text, True)


def test_one_day_may_be_the_first_and_the_last(ilka: Desk, cast: Cast) -> None:
    data = {"value": "true", "provenance": "copied", "valid_from": "01.01.2021", "valid_to": "01.01.2021"}
    assert ilka.post(address("fact", cast.lina), data).status_code == 302


@pytest.mark.parametrize("value", ["", "maybe", SCRIPT, "x" * 10_000, "\0", "1", "None"])
@pytest.mark.parametrize("fact", ["work_ban", "birth_date", "residence_status"])
def test_a_button_sent_with_another_value_leads_to_the_form(fact: str, value: str, ilka: Desk, cast: Cast) -> None:
    before = rows_of_every_table()
    response = ilka.post(reverse("desk:answer", args=[cast.lina.id, fact]), {"value": value})
    assert (response.status_code, response.headers["Location"]) == (
        302,
        reverse("desk:fact", args=[cast.lina.id, fact]),
    )
    assert rows_of_every_table() == before


def test_a_birth_in_the_future_sent_as_a_button_leads_to_the_form(ilka: Desk, cast: Cast) -> None:
    response = ilka.post(reverse("desk:answer", args=[cast.lina.id, "birth_date"]), {"value": "2999-01-01"})
    assert response.headers["Location"] == reverse("desk:fact", args=[cast.lina.id, "birth_date"])


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"outcome": ""}, {"outcome": ["required"], "justification": ["required"]}),
        ({"outcome": "admitted", "justification": "zu kurz"}, {"justification": ["min_length"]}),
        ({"outcome": "admitted", "justification": " " * 60}, {"justification": ["required"]}),
        ({"outcome": "admitted", "justification": "x" * 4001}, {"justification": ["max_length"]}),
        ({"outcome": "perhaps", "justification": "x" * 40}, {"outcome": ["invalid_choice"]}),
    ],
)
def test_a_single_case_needs_an_outcome_and_a_reason(
    data: dict[str, str], wrong: dict[str, list[str]], ilka: Desk, cast: Cast
) -> None:
    before = rows_of_every_table()
    response = ilka.post(address("single-case", cast.yonas), data)
    assert (response.status_code, errors(response)) == (422, wrong)
    assert data.get("justification", "").strip() in shown(response)
    assert rows_of_every_table() == before


def test_a_reason_in_any_script_is_kept_and_shown_without_becoming_code(ilka: Desk, cast: Cast) -> None:
    reason = f"{SCRIPT} 🙂 \u202bلأن المدرسة تطلب ذلك\u202c\nZweite Zeile"
    assert ilka.post(
        address("single-case", cast.yonas), {"outcome": "declined", "justification": reason}
    ).status_code == 302  # fmt: skip
    page = shown(ilka.get(reverse("desk:decision", args=[cast.yonas.id, cast.yonas.early_decision])))
    assert (SCRIPT in page, html.escape(SCRIPT) in page, "لأن المدرسة تطلب ذلك" in page) == (False, True, True)


NO_DAYS = ["x", "2021-13-01", "2021-02-30", "20211007", "2021-W40-4", "0000-00-00", "9999-12-31", "1899-12-31",
           "2100-01-02", "07.10.2021", "-", " ", "2021-10-0\u0667", SCRIPT, "x" * 10_000, "\0",
           "2021-10-07T00:00"]  # fmt: skip


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_day_in_the_address_that_is_none_is_answered_with_a_sentence(text: str, ilka: Desk, cast: Cast) -> None:
    for name in ("blocks", "programme"):
        response = ilka.get(address(name, cast.yonas), {"on": text})
        assert (name, response.status_code, bool(response.context["problem"])) == (name, 200, True)
        assert SCRIPT not in shown(response)


@pytest.mark.parametrize("text", ["1900-01-01", "2021-10-07", "2100-01-01", ""])
def test_the_first_and_the_last_day_that_can_be_asked_for(text: str, ilka: Desk, cast: Cast) -> None:
    response = ilka.get(address("blocks", cast.yonas), {"on": text})
    assert (response.status_code, response.context["problem"]) == (200, "")


def test_a_decision_about_no_day_is_not_stored(ilka: Desk, cast: Cast) -> None:
    before = rows_of_every_table()
    response = ilka.post(address("decide", cast.yonas), {"on": "2021-02-30"})
    assert response.headers["Location"] == address("blocks", cast.yonas)
    assert rows_of_every_table() == before
    assert ilka.post(address("decide", cast.yonas), {"on": DAY.isoformat()}).status_code == 302
    assert (rows_of_every_table() == before) is False


@pytest.mark.parametrize("name", ["page", "sort"])
@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "9" * 5000, "\0", "٢", "１", SCRIPT, "", "1e3", "id", "?"])
def test_page_numbers_and_orders_that_are_none_lead_to_the_list(name: str, text: str, ilka: Desk, cast: Cast) -> None:
    response = ilka.get(address("people", cast.nobody), {name: text})
    assert (response.status_code, response.context["total"], SCRIPT in shown(response)) == (200, 3, False)


@pytest.mark.parametrize("text", [text for text in ODD if "\r" not in text])
def test_an_odd_search_finds_nobody_and_is_shown_again(text: str, ilka: Desk, cast: Cast) -> None:
    response = ilka.post(address("people", cast.nobody), {"q": text})
    assert (response.status_code, response.context["total"]) == (200, 0)
    assert (SCRIPT in shown(response), html.escape(text[:80].strip()) in shown(response)) == (False, True)


@pytest.mark.parametrize(
    "path",
    [
        "/menschen/x/",
        "/menschen/00000000-0000-0000-0000-000000000000/",
        "/menschen/%00/",
        "/menschen/%ff%fe/",
        "/menschen/../programm/",
        f"/menschen/{'a' * 3000}/",
        "/menschen/<script>/",
    ],
)
def test_an_address_that_is_none_is_not_found(path: str, ilka: Desk) -> None:
    response = ilka.get(path)
    assert (response.status_code, b"<script>/" in response.content) == (404, False)


@pytest.mark.parametrize("fact", ["no_such_fact", "WORK_BAN", "work-ban", "__class__"])
def test_a_question_nobody_asks_is_not_found(fact: str, ilka: Desk, cast: Cast) -> None:
    assert ilka.get(reverse("desk:fact", args=[cast.yonas.id, fact])).status_code == 404
    assert ilka.post(reverse("desk:answer", args=[cast.yonas.id, fact]), {"value": "true"}).status_code == 404


@pytest.mark.parametrize("block", ["qualification", "no-such-block", "__class__"])
def test_a_single_case_page_of_a_block_that_is_none_is_not_found(block: str, ilka: Desk, cast: Cast) -> None:
    for decision in (cast.yonas.decision, cast.yonas.early_decision):
        assert ilka.get(reverse("desk:single-case", args=[cast.yonas.id, decision, block])).status_code == 404


def test_too_much_at_once_is_refused(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.yonas)
    assert ilka.post(url, {f"field{number}": "x" for number in range(4_001)}).status_code == 400
    assert ilka.post(url, {"note": "x" * 1_500_000}).status_code == 413
    assert ilka.generic("POST", url, b"", headers={"transfer-encoding": "chunked"}).status_code == 413


def test_a_form_without_its_token_changes_nothing(cast: Cast, ilka: Desk) -> None:
    strict = Desk(enforce_csrf_checks=True)
    strict.cookies = ilka.cookies
    before = rows_of_every_table()
    for name, screen in SCREENS.items():
        if "POST" in screen.answers:
            assert (name, strict.post(address(name, cast.yonas), screen.body).status_code) == (name, 403)
    assert rows_of_every_table() == before
