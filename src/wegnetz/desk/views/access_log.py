"""Who opened what of a person, in plain words; a sheet that can be handed to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from wegnetz.accounts.access import Role
from wegnetz.audit.selectors.accesses import Access
from wegnetz.audit.selectors.words import ACTORS, Sentence, sentence
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import open_person
from wegnetz.participants.selectors.log import log_for_staff


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: which function, what, and when on that day."""

    who: str
    said: Sentence
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True, slots=True)
class DayOfLines:
    day: date
    lines: tuple[Line, ...]


@screen(Policy.WORK)
def accesses(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="who saw what", also=("log",), pack=words.pack)
    log = log_for_staff(request.viewer, found, pack=words.pack, page=request.GET.get("page", "1")[:9])
    context = {
        "person": found, "speaks": language_name(found.contact.language), "tab": "accesses", "page": log.page,
        "days": tuple(by_day(log.rows)), "organisation": request.viewer.organisation_name,
    }  # fmt: skip
    return render(request, "desk/people/accesses.html", context)


def by_day(rows: tuple[Access, ...]) -> Iterator[DayOfLines]:
    """The entries of each day, the newest first."""
    for day, entries in groupby(rows, key=lambda row: row.day):
        yield DayOfLines(day, tuple(map(_line, entries)))


def _line(row: Access) -> Line:
    who = ACTORS.get(row.role) or Role(row.role).label
    return Line(str(who), sentence(row.action, row.category, row.purpose), row.first, row.last, row.times)
