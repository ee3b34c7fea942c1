"""What the start page says about a day: each thing with the page where it is done, and the caseload by distance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegnetz.casework.openings import Meeting
from wegnetz.casework.selectors import NextStep, Stop, Todo
from wegnetz.core.templatetags.ui import weekday

SOON = timedelta(days=7)

# By the kind of a thing: its icon, and where it is done.
ICONS: Mapping[str, str] = {
    "task": "check", "review": "plan", "note-missing": "calendar", "follow-up": "chat", "glass-tell": "eye",
    "consent": "doc", "draft": "doc", "referral-in": "arrow", "referral-answer": "arrow",
    "introduction": "chat",
}  # fmt: skip
WHERE: Mapping[str, Callable[[Todo], str]] = {
    "task": lambda todo: reverse("desk:plan", args=[todo.person]),
    "review": lambda todo: reverse("desk:plan", args=[todo.person]),
    "note-missing": lambda todo: f"{reverse('desk:write-entry', args=[todo.person])}?termin={todo.about}",
    "follow-up": lambda todo: reverse("desk:follow-up", args=[todo.person, todo.about]),
    "glass-tell": lambda todo: reverse("desk:tell-person", args=[todo.person, todo.about]),
    "consent": lambda todo: reverse("desk:consents", args=[todo.person]),
    "referral-in": lambda todo: reverse("desk:letter-in", args=[todo.about]),
    "referral-answer": lambda todo: reverse("desk:letter-out", args=[todo.about]),
    "draft": lambda todo: reverse("desk:continue-draft", args=[todo.person, todo.about]),
    "introduction": lambda todo: reverse("desk:places", args=[todo.person]),
}


@dataclass(frozen=True, slots=True)
class TodoLine:
    """A thing that waits: whom it is about, what it is, what to do, and how urgent. `address` may be empty."""

    icon: str
    name: str
    title: str
    what: str
    address: str
    state: str
    when: str


def todo_lines(todos: Iterable[Todo], today: date) -> list[TodoLine]:
    words = _words()
    return [_line(todo, today, *words[todo.what]) for todo in todos]


def _line(todo: Todo, today: date, title: str, what: str) -> TodoLine:
    where = WHERE.get(todo.what)
    state, when = _urgency(todo, today)
    return TodoLine(
        ICONS[todo.what], todo.name, todo.title or title, what, where(todo) if where else "", state, when
    )  # fmt: skip


def _words() -> Mapping[str, tuple[str, str]]:
    """By the kind of a thing: what it is, and what to do about it."""
    return {
        "task": (_("Aufgabe"), _("Abhaken oder einen neuen Tag vereinbaren.")),
        "review": (_("Plan ansehen"), _("Vereinbart war, den Plan wieder gemeinsam anzusehen.")),
        "note-missing": (
            _("Was war beim Termin?"),
            _("Festhalten, ob er stattgefunden hat, und ins Journal schreiben."),
        ),
        "follow-up": (_("Nachfragen, wie es geht"), _("Die Begleitung ist seit einigen Monaten abgeschlossen.")),
        "glass-tell": (
            _("Über eine Einsicht informieren"),
            _("Ihre Leitung hat in einem Notfall gelesen, was hier über die Person steht."),
        ),
        "consent": (_("Einwilligung läuft aus"), _("Beim nächsten Gespräch neu fragen; ohne Antwort endet sie.")),
        "draft": (_("Entwurf zu Ende schreiben"), _("Nur Sie sehen ihn.")),
        "referral-in": (_("Neue Überweisung"), _("Lesen und antworten: annehmen oder mit Grund ablehnen.")),
        "referral-answer": (_("Antwort auf Ihre Überweisung"), _("Lesen, was die andere Stelle schreibt.")),
        "introduction": (
            _("Einführung: nachfragen, wie es steht"),
            _("Mit der Person sprechen und den nächsten Schritt eintragen."),
        ),
    }


def _urgency(todo: Todo, today: date) -> tuple[str, str]:
    """A sign and a word. What happened on its day, such as a letter that came, is not due then."""
    if todo.what == "draft" or todo.due is None:
        return "calm", "" if todo.what == "draft" else _("ohne Datum")
    if todo.what in {"referral-in", "referral-answer", "note-missing", "glass-tell"}:
        # That somebody looked is told without waiting for a day.
        sign = "late" if todo.what == "glass-tell" else "soon"
        return sign, _("vom %(day)s") % {"day": weekday(todo.due)}
    if todo.due < today:
        late = (today - todo.due).days
        return "late", ngettext("seit %(n)d Tag", "seit %(n)d Tagen", late) % {"n": late}
    if todo.due == today:
        return "late", _("heute")
    return "soon" if todo.due <= today + SOON else "calm", _("bis %(day)s") % {"day": weekday(todo.due)}


@dataclass(frozen=True, slots=True)
class Way:
    """People whose next step is equally far away. `kind` says how the piece looks."""

    kind: str
    icon: str
    label: str
    people: tuple[NextStep, ...]


def ways(people: Iterable[NextStep], today: date) -> list[Way]:
    """The caseload by distance to the next step: overdue, this week, next week, later, without."""
    sunday = today + timedelta(days=6 - today.weekday())
    found: dict[str, list[NextStep]] = {"late": [], "week": [], "next": [], "later": [], "none": []}
    for step in people:
        found[_distance(step.due, today, sunday)].append(step)
    labels = {
        "late": ("late", _("Überfällig")), "week": ("now", _("Diese Woche")), "next": ("calm", _("Nächste Woche")),
        "later": ("calm", _("Später")), "none": ("ask", _("Ohne nächsten Schritt")),
    }  # fmt: skip
    return [Way(kind, *labels[kind], tuple(steps)) for kind, steps in found.items()]


def _distance(due: date | None, today: date, sunday: date) -> str:
    if due is None:
        return "none"
    if due < today:
        return "late"
    if due <= sunday:
        return "week"
    return "next" if due <= sunday + timedelta(days=7) else "later"


@dataclass(frozen=True, slots=True)
class StopLine:
    """An appointment of the day; `phase` is "done", "now" (the one that comes next), "open" or "gap"."""

    meeting: Meeting
    name: str
    kind: str
    phase: str
    waits: bool


def stop_lines(stops: Iterable[Stop], kinds: Mapping[str, str], now: datetime) -> list[StopLine]:
    lines = []
    coming = True
    for stop in stops:
        meeting = stop.meeting
        over = meeting.ends_at < now
        if meeting.state != "planned":
            phase = "done" if meeting.state == "kept" else "gap"
        elif over:
            phase = "gap"
        else:
            phase, coming = ("now", False) if coming else ("open", False)
        lines.append(
            StopLine(meeting, stop.name, kinds.get(meeting.kind, ""), phase, waits=over and meeting.state == "planned")
        )
    return lines
