"""The steps journeys share, found by where things lead and not by their wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tests.journeys.visitor import Visitor

PASSWORD = "wegnetz-demo-2021"
CASE_MANAGER = "case-manager@demo.example"
WITH_PEOPLE = ("coach", "trauma-coach", "network-coordinator", "lead")
WITHOUT_PEOPLE = ("workshop-host", "steering", "funding", "operator")
DEMO_DAY = "2021-10-07"
SEND = "main form.wn-form button[type=submit]:not([name^=mehr])"

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question of the pack, and how it is known."""

    value: str
    known: str = "self-reported"
    since: str = ""


# Somebody who fits the programme on the demo day, and is 28 soon after.
FITTING = {
    "birth_date": Answer("24.10.1993"), "residence_status": Answer("duldung", "document-seen"),
    "sgb_access": Answer("none"), "integration_course_access": Answer("none"),
    "lives_in_state_facility": Answer("false"), "security_exclusion": Answer("false"),
    "work_ban": Answer("false"), "support_need": Answer("true"),
}  # fmt: skip


def today() -> date:
    return datetime.now(BERLIN).date()


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD) -> None:
    visitor.open("/konto/login/")
    visitor.find("input[name=login]").fill(email)
    visitor.find("input[name=password]").fill(password)
    visitor.press("#signin button[type=submit]")


def confirm(visitor: Visitor, password: str = PASSWORD) -> None:
    """Give the password once more, as every change to one's own account asks for."""
    assert visitor.path.startswith("/konto/erneut/"), visitor.path
    visitor.find("input[name=password]").fill(password)
    visitor.press("main form button[type=submit]")


def sign_out(visitor: Visitor) -> None:
    visitor.find("details.wn-user summary").click()
    visitor.press("details.wn-user form[action$='/logout/'] button")


def register(visitor: Visitor, called: str) -> str:
    """Register somebody by a call name, with consent. Returns their page's address; the blocks page is open then."""
    visitor.open("/menschen/aufnehmen/")
    fill_registration(visitor, called)
    return visitor.path.removesuffix("bausteine/")


def fill_registration(visitor: Visitor, called: str) -> None:
    """Fill the form that is open with a call name and a consent, and send it."""
    visitor.find("input[name=called]").fill(called)
    visitor.find("input[name=ground][value=consent]").check()
    visitor.find("select[name=channel]").select_option("in-person")
    visitor.press(f"{SEND}.kern-btn--primary")


def fill_answer(visitor: Visitor, answer: Answer) -> None:
    """Fill the form that is open, whichever kind of answer it asks for, and send it."""
    choice = visitor.find(f"input[type=radio][name=value][value='{answer.value}']")
    if choice.count():
        choice.check()
    else:
        visitor.find("input[name=value]").fill(answer.value)
    visitor.find(f"input[name=provenance][value='{answer.known}']").check()
    if answer.since:
        visitor.find("input[name=valid_from]").fill(answer.since)
    visitor.press(SEND)


def record(visitor: Visitor, person: str, fact: str, answer: Answer) -> None:
    visitor.open(f"{person}angaben/{fact}/")
    fill_answer(visitor, answer)


def open_blocks(visitor: Visitor) -> None:
    visitor.press(".wn-tabs a[href$='/bausteine/']")


def asked(visitor: Visitor) -> str:
    """The question the blocks page asks now, by its id in the pack; empty when all is settled."""
    form = visitor.find(".wn-ask a[href*='/angaben/']")
    address = form.get_attribute("href") if form.count() else ""
    return urlsplit(address or "").path.rstrip("/").rpartition("/")[2]


def answer_asked(visitor: Visitor, answer: Answer) -> None:
    """Answer the question of the blocks page, by one press where it offers that, and be on that page again."""
    button = visitor.find(f".wn-ask button[name=value][value='{answer.value}']")
    if button.count() and answer.known == "self-reported":
        visitor.press(button)
        return
    visitor.press(".wn-ask a[href*='/angaben/']")
    fill_answer(visitor, answer)
    assert urlsplit(visitor.path).path.endswith("/bausteine/"), visitor.path


def settle(visitor: Visitor, answers: dict[str, Answer], *, until: str = "") -> list[str]:
    """Answer until nothing is asked any more, or `until`. Returns the questions in the order they were asked."""
    order: list[str] = []
    while (question := asked(visitor)) != until:
        assert len(order) < 2 * len(answers), order
        order.append(question)
        answer_asked(visitor, answers[question])
    return order


def states(visitor: Visitor) -> list[str]:
    """The state of each block on the page, as it reads."""
    return visitor.texts(".wn-blocks > li > div:first-child .wn-state")


def choose_day(visitor: Visitor, day: str) -> None:
    visitor.find(".wn-day input[name=on]").fill(day)
    visitor.press(".wn-day button[type=submit]")


def record_decision(visitor: Visitor) -> str:
    """Record the decision of the blocks page. Returns the address of what was recorded."""
    visitor.press("form[action$='/festhalten/'] button")
    return visitor.path


def search(visitor: Visitor, text: str) -> None:
    """Search by the form above the list of people."""
    visitor.find("#list-q").fill(text)
    visitor.press(".wn-find:has(#list-q) button")


def seek(visitor: Visitor, name: str) -> str:
    """The address of somebody of the list, by the first hit of a search."""
    visitor.open("/menschen/")
    search(visitor, name)
    return visitor.find(".wn-rows tbody th a").first.get_attribute("href") or ""
