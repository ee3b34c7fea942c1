"""What was deleted about a person and can still be brought back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.selectors import Deleted, deleted_of
from wegnetz.desk.forms.network import STAGES
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.offer_lines import named
from wegnetz.desk.pages import item_word, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.network.openings import Met
from wegnetz.network.selectors import deleted_introductions
from wegnetz.participants.selectors import Deletion, open_person
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.retention import UNDO


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was deleted; `address` is where the button that brings it back is sent to."""

    icon: str
    what: str
    title: str
    address: str
    on: date | None
    deletion: Deletion


@screen(Policy.PEOPLE)
def deleted(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    also = ("journal", "plan", "assessment", "appointments", "documents", "introductions")
    found = open_person(request.viewer, person_id, purpose="deleted", also=also, pack=words.pack)
    lines = [_line(person_id, each, words) for each in deleted_of(request.viewer, found)]
    lines += _introductions(person_id, deleted_introductions(request.viewer, found))
    context = {
        "person": found, "speaks": language_name(found.contact.language), "days": UNDO.days,
        "lines": sorted(lines, key=lambda line: line.deletion.at, reverse=True),
    }  # fmt: skip
    return render(request, "desk/people/deleted.html", context)


def _line(person: UUID, found: Deleted, words: Wording) -> Line:
    icon, what, restore = {
        "journal": ("chat", _("Journal"), "desk:restore-entry"),
        "plan": ("plan", _("Plan"), "desk:restore-item"),
        "assessment": ("list", _("Lebensbereiche"), "desk:restore-assessment"),
        "appointments": ("calendar", _("Termin"), "desk:restore-appointment"),
        "documents": ("doc", _("Dokument"), "desk:restore-document"),
    }[found.what]
    parts = (part for part in (what, _kind(found, words)) if part)
    address = reverse(restore, args=[person, found.id])
    return Line(icon, ", ".join(parts), found.said, address, found.on, found.deletion)


def _introductions(person: UUID, found: Collection[tuple[Met, Deletion]]) -> list[Line]:
    names = named(met.offer for met, _deletion in found)
    return [
        Line(
            "pin", f"{_('Vermittlung')}, {STAGES[met.stage]}", names[met.offer]["title"],
            reverse("desk:restore-introduction", args=[person, met.id]), met.latest.on, deletion,
        )
        for met, deletion in found
    ]  # fmt: skip


def _kind(found: Deleted, words: Wording) -> str:
    match found.what:
        case "plan":
            return item_word(found.kind)
        case "assessment":
            return ""
        case _:
            kinds = {"journal": "contact-kinds", "appointments": "appointment-kinds", "documents": "document-kinds"}
            return words.text("care", kinds[found.what], found.kind)
