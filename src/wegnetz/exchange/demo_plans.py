"""What the demo's people have planned, and where they stand. All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.casework.openings import AreaStep
from wegnetz.casework.services import (
    ItemContent,
    PlanContent,
    add_item,
    begin_plan,
    finish_item,
    take_assessment,
)


@dataclass(frozen=True, slots=True)
class Todo:
    """A step or task: until when, by whom ("" is the person, "me" the case manager), and when it was done."""

    title: str
    due: date | None = None
    who: str = ""
    done: date | None = None
    translated: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    title: str
    area: str
    steps: tuple[Todo, ...]
    translated: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of one person: wish (also in their language), agreement, review, goals."""

    wish: str
    agreed: date
    review: date
    goals: tuple[Goal, ...]
    translated: str = ""


def _day(month: int, day: int) -> date:
    return date(2021, month, day)


PLANS: dict[str, Planned] = {
    "Yonas T.": Planned(
        "Ich will richtig gut Deutsch lernen und dann in einer Werkstatt arbeiten.", _day(9, 2), _day(11, 4),
        (
            Goal("Deutsch B1 bis zum Sommer", "language", (
                Todo("Sprachtest machen", _day(3, 18), done=_day(3, 16)),
                Todo("Kurs A2 besuchen", _day(8, 27), done=_day(8, 25)),
                Todo("Zusage für den Kurs „Deutsch und Berufsorientierung“ einholen", _day(10, 7), "me",
                     translated="ናይ ኮርስ መልሲ ምቕባል"),
                Todo("Kurs beginnen", _day(10, 18)),
                Todo("Prüfung B1", date(2022, 6, 17)),
            ), translated="ክሳብ ሓጋይ ጀርመን B1"),
            Goal("Herausfinden, welcher Beruf passt", "work", (
                Todo("Zwei Wochen in der Werkstatt ansehen", _day(9, 24), done=_day(9, 24)),
                Todo("Zwei Betriebe anschreiben", _day(10, 29)),
                Todo("Mit dem Betrieb über ein Praktikum sprechen", _day(11, 12), "me"),
            )),
            Goal("Eigener Platz zum Lernen", "leisure", (
                Todo("Leseausweis der Bücherei abholen", _day(10, 15)),
                Todo("Dreimal in der Woche in der Bücherei lernen", _day(12, 1)),
            )),
        ),
        translated="ጽቡቕ ጀርመንኛ ክመሃርን ድሕሪኡ ኣብ ወርክሾፕ ክሰርሕን እደሊ።",
    ),
    "Lina A.": Planned(
        "Ich möchte die Schule fertig machen und Erzieherin werden.", _day(6, 10), _day(10, 12),
        (
            Goal("Schulabschluss nachholen", "school", (
                Todo("Zeugnisse übersetzen lassen", _day(7, 30), done=_day(7, 22),
                     translated="ترجمة الشهادات المدرسية"),
                Todo("Anmeldung an der Abendschule", _day(10, 8), translated="التسجيل في المدرسة المسائية"),
                Todo("Erster Schultag", _day(10, 25)),
            ), translated="إنهاء المدرسة"),
            Goal("Eine Kita von innen kennenlernen", "training", (
                Todo("Drei Kitas in der Nähe aussuchen", _day(10, 20)),
                Todo("Hospitation vereinbaren", _day(11, 5), "me"),
            )),
        ),
        translated="أريد أن أنهي المدرسة وأن أصبح مربّية أطفال.",
    ),
    "Amadou B.": Planned(
        "Ich will die Ausbildung als Maler schaffen.", _day(8, 19), _day(11, 18),
        (Goal("Ausbildung beginnen", "training", (
            Todo("Vertrag gemeinsam lesen", _day(10, 7), "me"),
            Todo("Vertrag unterschreiben", _day(10, 15)),
            Todo("Fahrkarte beantragen", _day(10, 22)),
        )),),
    ),
}  # fmt: skip

# Tasks outside of a plan, so that everybody's next step is somewhere on the way.
REMINDERS: dict[str, Todo] = {
    "Şirin A.": Todo("Plan gemeinsam prüfen", _day(10, 7), "me"),
    "Jawad M.": Todo("Platz im Sprachkurs klären", _day(10, 5), "me"),
    "Rojda Y.": Todo("Zeugnis mitbringen", _day(10, 8)),
    "Zahra E.": Todo("Bewerbung abschicken", _day(10, 8)),
    "Arta H.": Todo("Probearbeiten bestätigen", _day(10, 6), "me"),
    "Merhawi B.": Todo("Sprachtest, 9 Uhr", _day(10, 11)),
    "Fatima Z.": Todo("Rückruf der Kita", _day(10, 10), "me"),
    "Ibrahim S.": Todo("Coach einladen", _day(10, 11), "me"),
    "Nazanin M.": Todo("Kursplan abstimmen", _day(10, 12), "me"),
    "Samuel W.": Todo("Ausbildungsmesse vorbereiten", _day(10, 14)),
    "Dilan K.": Todo("Tanzgruppe besuchen", _day(10, 15)),
    "Omar D.": Todo("Aufnahme im Kurs", _day(10, 13)),
    "Tesfay H.": Todo("Fahrtkosten einreichen", _day(10, 20)),
    "Mariam C.": Todo("Zielgespräch vorbereiten", _day(10, 21), "me"),
    "Ali R.": Todo("Hausarzt finden", _day(10, 28)),
    "Besnik L.": Todo("Antwort des Betriebs abwarten", _day(11, 8)),
    "Khadija N.": Todo("Plan prüfen", _day(10, 20), "me"),
    "Mahsa R.": Todo("Bewerbungsmappe fertig machen", _day(10, 21)),
    "Daniel F.": Todo("Kosten des Führerscheins klären", _day(10, 22), "me"),
}

# Lebensbereiche in the pack's order, by the first letter of the step: urgent, unsure, going, carrying; - for nothing.
AREAS = ("residence", "housing", "health", "language", "school", "training", "work", "money", "family", "leisure")
STEPS = {"u": "urgent", "n": "unsure", "g": "going", "c": "carrying"}
ASSESSED: dict[str, Mapping[date, str]] = {
    "Yonas T.": {date(2021, 2, 11): "ungnuuunu-", date(2021, 9, 30): "nngggnnngc"},
    "Lina A.": {date(2021, 6, 10): "nnguu-ugcn"},
    "Amadou B.": {date(2020, 11, 9): "uungnuunnn", date(2021, 8, 19): "ngggggnncg"},
}
NOTES: dict[str, str] = {"language": "liest viel, spricht noch ungern", "leisure": "war zweimal in der Werkstatt"}


def add_plans(called: str, person: UUID, *, by: Viewer) -> None:
    """Write down what was planned with a person of the demo, and where they stand."""
    assessed = ASSESSED.get(called, {})
    for day, letters in assessed.items():
        steps = {area: STEPS[letter] for area, letter in zip(AREAS, letters, strict=True) if letter in STEPS}
        notes = NOTES if called == "Yonas T." and day == max(assessed) else {}
        areas = {area: AreaStep(step, notes.get(area, "")) for area, step in steps.items()}
        take_assessment(person, areas, on=day, by=by)
    if planned := PLANS.get(called):
        _plan(person, planned, by)
    if reminder := REMINDERS.get(called):
        add_item(person, "task", _content(reminder, by), by=by)


def _plan(person: UUID, planned: Planned, by: Viewer) -> None:
    content = PlanContent(planned.wish, planned.translated, planned.agreed, planned.review)
    plan = begin_plan(person, content, by=by)
    for goal in planned.goals:
        wanted = ItemContent(goal.title, goal.translated, area=goal.area)
        parent = add_item(person, "goal", wanted, by=by, plan=plan)
        for step in goal.steps:
            item = add_item(person, "step", _content(step, by), by=by, plan=plan, parent=parent)
            if step.done:
                finish_item(person, item, on=step.done, by=by)


def _content(todo: Todo, by: Viewer) -> ItemContent:
    mine = todo.who == "me"
    return ItemContent(
        todo.title, todo.translated, due_on=todo.due, doer="staff" if mine else "person",
        assignee=by.user if mine else None,
    )  # fmt: skip
