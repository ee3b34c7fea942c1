"""Letters between organisations as a person reads them: what travelled along, and how far the letter has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wegnetz.casework.openings import Letter, LetterStep
from wegnetz.casework.selectors import BEGUN, NOT_BEGUN, SENT, Travelling
from wegnetz.desk.pages import item_word, language_name
from wegnetz.participants.boxes import fact_from_plain
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.referrals import Status


@dataclass(frozen=True, slots=True)
class Part:
    """A category that travels, and each thing of it: what it is called (may be empty) and what it says."""

    label: str
    lines: tuple[tuple[str, str], ...]


def category_labels() -> dict[str, str]:
    return {
        "name": _("Name"),
        "contact": _("Erreichbarkeit"),
        "facts": _("Angaben"),
        "assessment": _("Lebensbereiche"),
        "plan": _("Offene Ziele und Schritte"),
    }


def parts_of(travelling: Travelling, words: Wording) -> list[Part]:
    """In the order of the consent; a category of which there is nothing yet has no lines."""
    readers: Mapping[str, Callable[[Any, Wording], list[tuple[str, str]]]] = {
        "name": _name, "contact": _contact, "facts": _facts, "assessment": _assessment, "plan": _plan,
    }  # fmt: skip
    labels = category_labels()
    return [
        Part(labels[category], tuple(readers[category](travelling.content[category], words)))
        for category in travelling.categories
        if category in readers
    ]


def travelled_with(letter: Letter) -> Travelling:
    return Travelling(letter.travels, letter.content)


def _name(content: Any, _words: Wording) -> list[tuple[str, str]]:
    return _filled([(_("Rufname"), content["called"]), (_("Ganzer Name"), content["full"])])


def _contact(content: Any, _words: Wording) -> list[tuple[str, str]]:
    return _filled([
        (_("Sprache"), language_name(content["language"])), (_("Telefon"), content["phone"]),
        (_("E-Mail"), content["email"]), (_("Am besten"), content["note"]),
    ])  # fmt: skip


def _filled(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [line for line in lines if line[1]]


def _facts(content: Any, words: Wording) -> list[tuple[str, str]]:
    facts = [fact_from_plain(plain) for plain in content]
    return [(words.text("facts", fact.id, "label"), words.fact(fact)) for fact in facts if fact.id in words.pack.facts]


def _assessment(content: Any, words: Wording) -> list[tuple[str, str]]:
    return [
        (
            words.text("care", "areas", area),
            ": ".join(part for part in (words.text("care", "steps", said["step"]), said["note"]) if part),
        )
        for area, said in content.get("areas", {}).items()
    ]


def _plan(content: Any, words: Wording) -> list[tuple[str, str]]:
    return [(item_word(item["kind"]), f"{item['title']}{_until(item['due_on'], words)}") for item in content]


def _until(day: str | None, words: Wording) -> str:
    return _(", bis %(day)s") % {"day": words.short_day(date.fromisoformat(day))} if day else ""


# --- how far it has come -----------------------------------------------------------------------------

SIGNS: Mapping[str, str] = {
    Status.OFFERED: "soon", Status.ACCEPTED: "ok", Status.DECLINED: "no", Status.WITHDRAWN: "no", Status.DONE: "ok",
    SENT: "calm", BEGUN: "ok", NOT_BEGUN: "no",
}  # fmt: skip


def status_word(status: str) -> str:
    return {
        Status.OFFERED: _("wartet auf Antwort"),
        Status.ACCEPTED: _("angenommen"),
        Status.DECLINED: _("abgelehnt"),
        Status.WITHDRAWN: _("zurückgezogen"),
        Status.DONE: _("erledigt"),
        SENT: _("verschickt"),
        BEGUN: _("hat begonnen"),
        NOT_BEGUN: _("hat nicht begonnen"),
    }[status]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken: what, when, by whom, and why in the pack's words and in those of who wrote."""

    word: str
    day: date
    organisation: str
    reason: str
    note: str


def step_lines(letter: Letter, words: Wording) -> list[StepLine]:
    return [
        StepLine(_done(step.status), _day(step, letter), step.organisation, _reason(step, words), step.note)
        for step in letter.steps
    ]


def _day(step: LetterStep, letter: Letter) -> date:
    """The day that was named for it; where none was, that of the record."""
    named = {Status.OFFERED: letter.offered_on, Status.DONE: letter.done_on}.get(
        Status(step.status), letter.answered_on
    )
    return named or timezone.localdate(step.taken_at)


def _done(status: str) -> str:
    return _("abgeschickt") if status == Status.OFFERED else status_word(status)


def _reason(step: LetterStep, words: Wording) -> str:
    lists = {Status.DECLINED: "decline-reasons", Status.DONE: "referral-outcomes"}
    name = lists.get(Status(step.status))
    return words.text("care", name, step.reason) if name and step.reason else ""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a list: for what, how it stands, and for how many days it waited or waits."""

    letter: Letter
    does: str
    sign: str
    word: str
    waiting: int


def letter_line(letter: Letter, words: Wording, waiting: int = 0) -> LetterLine:
    does = words.text("consents", "functions", letter.function, "name")
    return LetterLine(letter, does, SIGNS[letter.status], status_word(letter.status), waiting)
