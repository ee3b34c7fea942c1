"""Generated rulebooks: random answers, criteria trees over the questions, and blocks on criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from wegnetz.rules.criteria import COMPOSITE, Criterion, Kind
from wegnetz.rules.decisions import Block, Requirement, Result, Rulebook
from wegnetz.rules.facts import Fact, FactDefinition, FactKind, Facts, FactValue, Year
from wegnetz.rules.parameters import Citation, ParameterValue, Version
from wegnetz.rules.periods import Period

SOURCE = Citation("R0", "Nr. 1")
FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2024, 12, 31)
CHOICES = ("a", "b", "c")
DEFINITIONS: Mapping[str, FactDefinition] = {
    definition.id: definition
    for definition in (
        FactDefinition("birth", FactKind.DATE, year_is_enough=True),
        FactDefinition("entry", FactKind.DATE),
        FactDefinition("status", FactKind.CHOICE, CHOICES),
        FactDefinition("school", FactKind.CHOICE, CHOICES),
        FactDefinition("ban", FactKind.BOOLEAN),
        FactDefinition("camp", FactKind.BOOLEAN),
    )
}
_QUESTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGE_BETWEEN: ("birth", "entry"),
    Kind.BEFORE: ("birth", "entry"),
    Kind.AFTER: ("birth", "entry"),
    Kind.ONE_OF: ("status", "school"),
    Kind.NONE_OF: ("status", "school"),
    Kind.FLAG: ("ban", "camp"),
    Kind.HELD_FOR_AT_LEAST: tuple(DEFINITIONS),
}

days = st.dates(FIRST_DAY, LAST_DAY)
past_days = st.dates(date(1990, 1, 1), LAST_DAY)


def version(since: date, value: ParameterValue = None, *, repealed: bool = False) -> Version:
    return Version(since, value, SOURCE, repealed=repealed)


def parameter(kind: Kind) -> st.SearchStrategy[ParameterValue]:
    """A value that fits a kind of criterion."""
    match kind:
        case Kind.AGE_BETWEEN:
            return st.tuples(st.integers(0, 20), st.integers(20, 40))
        case Kind.ONE_OF | Kind.NONE_OF:
            return st.lists(st.sampled_from(CHOICES), min_size=1, max_size=2, unique=True).map(tuple)
        case Kind.FLAG:
            return st.booleans()
        case Kind.HELD_FOR_AT_LEAST:
            return st.integers(1, 60)
        case Kind.BEFORE | Kind.AFTER:
            return past_days
    return st.none()


def full_values(fact: str) -> st.SearchStrategy[FactValue]:
    """An answer that leaves nothing open."""
    match DEFINITIONS[fact].kind:
        case FactKind.DATE:
            return past_days
        case FactKind.CHOICE:
            return st.sampled_from(CHOICES)
        case FactKind.BOOLEAN:
            return st.booleans()


@st.composite
def full_facts(draw: st.DrawFn, fact: str) -> Fact:
    """An answer with the day from which it holds."""
    return Fact(fact, draw(full_values(fact)), Period(draw(past_days)))


@st.composite
def some_facts(draw: st.DrawFn, fact: str) -> Fact:
    """An answer that may leave the day open, or for a birth all but the year."""
    value = draw(full_values(fact))
    if isinstance(value, date) and DEFINITIONS[fact].year_is_enough and draw(st.booleans()):
        value = Year(value.year)
    return Fact(fact, value, Period(draw(st.none() | past_days)))


@st.composite
def known_facts(draw: st.DrawFn) -> Facts:
    """Answers to any of the questions."""
    known = draw(st.lists(st.sampled_from(sorted(DEFINITIONS)), unique=True))
    return {fact: draw(some_facts(fact)) for fact in known}


@st.composite
def versions(draw: st.DrawFn, kind: Kind, earliest: date) -> tuple[Version, ...]:
    """One to three versions, the first on `earliest` or up to a year later."""
    first = earliest + timedelta(draw(st.integers(0, 365)))
    later = draw(st.lists(st.integers(1, 900), max_size=2, unique=True))
    starts = [first, *(first + timedelta(gap) for gap in sorted(later))]
    return tuple(version(since, draw(parameter(kind))) for since in starts)


@st.composite
def criteria(draw: st.DrawFn, least: int = 1) -> tuple[Criterion, ...]:
    """Criteria with parts before their composites, and no composite older than a part of it."""
    found: list[Criterion] = []
    for number in range(draw(st.integers(least, 8))):
        kind = draw(st.sampled_from(sorted(Kind) if found else sorted(_QUESTIONS)))
        if kind in COMPOSITE:
            most = 1 if kind is Kind.NOT else 3
            parts = draw(st.lists(st.sampled_from(found), min_size=1, max_size=most, unique_by=lambda c: c.id))
            earliest = max(part.versions[0].since for part in parts)
            holds = draw(versions(kind, earliest))
            found.append(Criterion(f"c{number}", kind, holds, parts=tuple(part.id for part in parts)))
        else:
            fact = draw(st.sampled_from(_QUESTIONS[kind]))
            found.append(Criterion(f"c{number}", kind, draw(versions(kind, FIRST_DAY)), fact))
    return tuple(found)


def repealed(criterion: Criterion, day: date) -> Criterion:
    """The criterion, gone from `day` on."""
    kept = tuple(item for item in criterion.versions if item.since < day)
    end = version(max(day, criterion.versions[0].since), repealed=True)
    return Criterion(criterion.id, criterion.kind, (*kept, end), criterion.fact, criterion.parts)


@st.composite
def blocks(draw: st.DrawFn, name: str, available: Sequence[Criterion]) -> Block:
    start = draw(st.dates(FIRST_DAY, date(2021, 6, 30)))
    announced = sorted(draw(st.lists(st.dates(FIRST_DAY, LAST_DAY), min_size=1, max_size=3, unique=True)))
    ends = tuple(version(day, draw(st.dates(start, LAST_DAY))) for day in announced)
    asked = draw(st.lists(st.sampled_from(available), min_size=1, max_size=5, unique_by=lambda c: c.id))
    outcomes = st.sampled_from([Result.CLOSED, Result.SINGLE_CASE])
    requirements = tuple(Requirement(criterion.id, draw(outcomes)) for criterion in asked)
    return Block(name, version(FIRST_DAY, start), ends, requirements)


@dataclass(frozen=True)
class Situation:
    """A rulebook, a day, and what is known of a person."""

    book: Rulebook
    day: date
    facts: Facts


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    available = draw(criteria())
    used = {part for criterion in available for part in criterion.parts}
    kept = tuple(
        repealed(criterion, draw(days)) if criterion.id not in used and draw(st.booleans()) else criterion
        for criterion in available
    )
    return Rulebook(
        tuple(DEFINITIONS.values()),
        kept,
        tuple(draw(blocks(f"b{number}", kept)) for number in range(draw(st.integers(1, 3)))),
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    book = draw(rulebooks())
    start = book.blocks[0].start.value
    assert isinstance(start, date)
    day = draw(st.dates(start, LAST_DAY) | days)
    return Situation(book, day, draw(known_facts()))


def questions_read(book: Rulebook, criterion: str) -> set[str]:
    """Every question a criterion reads, through all its parts."""
    found = next(item for item in book.criteria if item.id == criterion)
    below = {question for part in found.parts for question in questions_read(book, part)}
    return below | ({found.fact} if found.fact else set())
