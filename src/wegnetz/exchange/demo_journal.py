"""What the demo's staff wrote down about some of its people. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from uuid import UUID

from django.utils import timezone
from pypdf import PdfWriter

from wegnetz.accounts.access import Viewer
from wegnetz.casework.services import (
    JOURNAL_FORM,
    EntryContent,
    MeetingContent,
    close_case,
    keep_document,
    keep_draft,
    make_appointment,
    note_appointment,
    write_entry,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A journal entry: day and time, kind, minutes, text."""

    at: datetime
    kind: str
    minutes: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Met:
    """An appointment of so many minutes."""

    at: datetime
    minutes: int
    kind: str
    title: str = ""
    place: str = ""
    interpreter: str = ""
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class Notes:
    """What was written about one person. `papers` are kinds with titles; `closed` is an outcome with its day."""

    told: tuple[Told, ...] = ()
    met: tuple[Met, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    draft: str = ""
    closed: tuple[str, date] | None = None
    remark: str = ""


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(date(2021, month, day), time(hour, minute)))


NOTES: dict[str, Notes] = {
    "Yonas T.": Notes(
        told=(
            Told(at(9, 16, 14), "conversation", 50,
                 "Yonas möchte schneller Deutsch lernen. Er lernt abends in der Bücherei.\n"
                 "Vereinbart: Ich frage beim Kursträger nach einem Platz."),
            Told(at(9, 28, 10, 15), "phone", 10, "Kursträger angerufen, die Zusage kommt bis zum 7. Oktober."),
            Told(at(9, 30, 9, 30), "conversation", 40,
                 "Lebensbereiche gemeinsam eingeschätzt. Yonas war zweimal in der Werkstatt.\n"
                 "Nächster Schritt: Zusage für den Kurs einholen."),
        ),
        met=(
            Met(at(9, 30, 9, 30), 40, "conversation", "Wie läuft es?", "Raum 2.14", "Frau Haile, Tigrinya", "kept"),
            Met(at(10, 4, 15), 30, "phone", "Fahrkarte klären"),
            Met(at(10, 7, 9, 30), 45, "conversation", "Kurs und Werkstatt", "Raum 2.14", "Frau Haile, Tigrinya"),
            Met(at(10, 21, 9, 30), 45, "review", "", "Raum 2.14", "Frau Haile, Tigrinya"),
        ),
        papers=(("certificate", "Schulzeugnis, übersetzt"), ("cv", "Lebenslauf, Entwurf vom September")),
        draft="Yonas hat angerufen: Die Werkstatt würde ihn für zwei Wochen nehmen.",
    ),
    "Şirin A.": Notes(
        told=(Told(at(9, 9, 11), "conversation", 45, "Vertrag für das Praktikum besprochen, Fragen notiert."),),
        met=(Met(at(10, 7, 8, 30), 30, "review", "", "Raum 2.14"),),
    ),
    "Amadou B.": Notes(
        met=(
            Met(at(10, 7, 14), 60, "accompanied", "Vertrag ansehen", "beim Betrieb"),
            Met(at(10, 12, 10), 30, "phone"),
        ),
        papers=(("contract", "Ausbildungsvertrag, noch nicht unterschrieben"),),
    ),
    "Lina A.": Notes(met=(Met(at(10, 8, 11), 45, "conversation", "", "Café im Haus"),)),
    "Zahra E.": Notes(met=(Met(at(10, 11, 9), 45, "conversation", "", "Raum 2.14", "Herr Azimi", "cancelled"),)),
    "Emmanuel I.": Notes(
        told=(Told(at(3, 29, 10), "conversation", 30, "Abschied. Der Betrieb stellt ihn ab April fest ein."),),
        closed=("employment", date(2021, 4, 1)), remark="Erreichbar am Abend per Nachricht.",
    ),
}  # fmt: skip


def add_notes(called: str, person: UUID, *, by: Viewer) -> None:
    """Write down what NOTES say about a person of the demo."""
    notes = NOTES.get(called, Notes())
    for told in notes.told:
        write_entry(person, EntryContent(told.at, told.kind, told.minutes, told.text), by=by)
    for met in notes.met:
        content = MeetingContent(
            met.at, met.at + timedelta(minutes=met.minutes), met.kind, by.user, title=met.title, place=met.place,
            interpreter=met.interpreter,
        )  # fmt: skip
        appointment = make_appointment(person, content, by=by)
        if met.state != "planned":
            note_appointment(person, appointment, state=met.state, by=by)
    for kind, title in notes.papers:
        keep_document(person, _paper(), kind=kind, title=title, name="Blatt.pdf", media_type="application/pdf", by=by)
    if notes.draft:
        fields = {"day": "06.10.2021", "clock": "16:20", "kind": "phone", "minutes": "10", "text": notes.draft}
        keep_draft(person, JOURNAL_FORM, fields, by=by)
    if notes.closed:
        outcome, on = notes.closed
        close_case(person, outcome=outcome, note=notes.remark, on=on, by=by)


def _paper() -> bytes:
    """An empty sheet."""
    sheet, content = PdfWriter(), BytesIO()
    sheet.add_blank_page(595, 842)
    sheet.write(content)
    return content.getvalue()
