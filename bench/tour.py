"""Which pages the benchmark asks for, and what tells each of them from a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from bench.filling import LONG_JOURNAL, Filled, Known, Seen
from bench.papers import entry_mark
from wegnetz.casework.selectors.records import JOURNAL_PAGE
from wegnetz.casework.selectors.referrals import LETTERS_ON_A_PAGE
from wegnetz.core.days import working_day
from wegnetz.engines.folding import fold
from wegnetz.participants.selectors import PAGE_SIZE, SEARCH_LIMIT

MANY = "a"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: a search when there is a query, else a GET. The page must hold all of `marks`."""

    path: str
    marks: tuple[str, ...]
    query: str = ""


# The number picks another person each time.
Stop = Callable[[int], Visit]


def stops_of_case_manager(filled: Filled) -> Mapping[str, Stop]:
    """By page; nothing here is measured yet."""
    seen = filled.case_manager
    planned = [known for known in seen.people if known.has_plan]
    long = [known for known in seen.people if known.entries == LONG_JOURNAL]
    today = timezone.localdate()
    return {
        "start": lambda _: _start(seen),
        **_lists(seen),
        "person": lambda number: _about("person", _pick(seen.people, number), "wn-next", "wn-areas", "wn-goals"),
        "person, 200 entries": lambda number: _about("person", _pick(long, number), entry_mark(LONG_JOURNAL)),
        "journal, 200 entries, page 1": lambda number: _journal(_pick(long, number), 1),
        "journal, 200 entries, page 2": lambda number: _journal(_pick(long, number), 2),
        "plan": lambda number: _about("plan", _pick(planned, number), "wn-wish", "wn-items--goals"),
        "assessments": lambda number: _about("assessments", _pick(seen.people, number), "wn-areas"),
        "appointments": lambda number: _about("appointments", _pick(seen.people, number), "Raum 2.04"),
        "consents": lambda number: _about("consents", _pick(seen.people, number), "wn-consent__state"),
        "accesses": lambda number: _about("accesses", _pick(seen.people, number), "wn-opened"),
        "eligibility, today": lambda number: _eligibility(_pick(seen.people, number), today),
        "eligibility, working day": lambda number: _eligibility(_pick(seen.people, number), working_day()),
        "letters sent": lambda _: Visit(reverse("desk:letters-out"), _letters(seen)),
        "week": lambda _: Visit(reverse("desk:week"), ("wn-week", *_coming(seen))),
        "programme": lambda _: Visit(reverse("desk:programme"), ("wn-blocks", filled.version)),
    }


def stops_of_coach(filled: Filled) -> Mapping[str, Stop]:
    """The pages of somebody whose organisation sees less, and gets the letters."""
    seen = filled.coach
    return {
        "start": lambda _: _start(seen),
        **_lists(seen),
        "person": lambda number: _about("person", _pick(seen.people, number), "wn-next", "wn-hub"),
        "journal": lambda number: _about("journal", _pick(seen.people, number), entry_mark(1)),
        "shared plan": lambda number: _about("plan", _pick(seen.people, number)),
        "letters arrived": lambda _: Visit(reverse("desk:letters-in"), _letters(seen)),
    }


def _start(seen: Seen) -> Visit:
    return Visit(reverse("desk:start"), ("wn-ways", *_coming(seen), *(str(known.id) for known in seen.own)))


def _coming(seen: Seen) -> tuple[str, ...]:
    return tuple(_bdi(known.name) for known in seen.own if known.comes_on_the_day)


def _lists(seen: Seen) -> Mapping[str, Stop]:
    people = sorted(seen.people, key=lambda known: known.pseudonym)
    middle = (len(people) - 1) // PAGE_SIZE // 2
    named = [known for known in people if known.full] or people
    many = [known for known in people if fold(MANY) in _text(known)][:SEARCH_LIMIT]
    path = reverse("desk:people")
    return {
        "people list, page 1": lambda _: Visit(path, ("wn-rows", _bdi(people[0].pseudonym))),
        "people list, middle page": lambda _: Visit(
            f"{path}?page={middle + 1}", ("wn-rows", _bdi(people[middle * PAGE_SIZE].pseudonym))
        ),
        "people list, own, next step first": lambda _: Visit(
            f"{path}?sicht=meine&sort=next", ("wn-rows", f" von {len(seen.own)}.")
        ),
        "search, one name": lambda number: _search(_pick(named, number)),
        "search, many hits": lambda _: Visit(path, ("wn-rows", *(_bdi(known.pseudonym) for known in many)), MANY),
    }


def _pick(people: list[Known], number: int) -> Known:
    """Someone, spread over all; 7919 is prime, so that everybody's turn comes."""
    return people[number * 7919 % len(people)]


def _text(known: Known) -> str:
    return fold(f"{known.pseudonym} {known.full} {known.called}")


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _search(known: Known) -> Visit:
    marks = ("wn-rows", str(known.id), _bdi(known.pseudonym))
    return Visit(reverse("desk:people"), marks, known.full or known.pseudonym)


def _about(view: str, known: Known, *marks: str, parameters: str = "") -> Visit:
    return Visit(reverse(f"desk:{view}", args=[known.id]) + parameters, (_bdi(known.pseudonym), *marks))


def _journal(known: Known, page: int) -> Visit:
    newest = LONG_JOURNAL - (page - 1) * JOURNAL_PAGE
    marks = ("wn-journal", entry_mark(newest), entry_mark(newest - JOURNAL_PAGE + 1))
    return _about("journal", known, *marks, parameters=f"?page={page}")


def _eligibility(known: Known, day: date) -> Visit:
    shown = f'name="on" value="{day.isoformat()}"'
    return _about("blocks", known, "wn-blocks", shown, parameters=f"?on={day.isoformat()}")


def _letters(seen: Seen) -> tuple[str, ...]:
    """The first page shows those that wait, or says how many there are where they fill more than a page."""
    names = tuple(map(_bdi, seen.waiting))
    return ("wn-letter__state", *(names if len(names) <= LETTERS_ON_A_PAGE else (f" {len(names)} ",)))
