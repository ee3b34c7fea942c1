"""The catalogue of criteria. A pack names a kind and its dated parameter; there is no expression language.

Answers are three-valued (Kleene's strong logic): what is not known is neither met nor failed. An answer never
goes back from "met" or "not met" when more becomes known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from wegnetz.rules.facts import Fact, FactKind, Facts, Year
from wegnetz.rules.parameters import ParameterValue, Version, check_order
from wegnetz.rules.periods import add_months, age_on


class Kind(StrEnum):
    AGE_BETWEEN = "age-between"
    ONE_OF = "one-of"
    NONE_OF = "none-of"
    FLAG = "flag"
    HELD_FOR_AT_LEAST = "held-for-at-least"
    BEFORE = "before"
    AFTER = "after"
    ALL = "all"
    ANY = "any"
    NOT = "not"


COMPOSITE = frozenset({Kind.ALL, Kind.ANY, Kind.NOT})

FACT_KINDS: Mapping[Kind, frozenset[FactKind]] = {
    Kind.AGE_BETWEEN: frozenset({FactKind.DATE}),
    Kind.ONE_OF: frozenset({FactKind.CHOICE}),
    Kind.NONE_OF: frozenset({FactKind.CHOICE}),
    Kind.FLAG: frozenset({FactKind.BOOLEAN}),
    Kind.HELD_FOR_AT_LEAST: frozenset(FactKind),
    Kind.BEFORE: frozenset({FactKind.DATE}),
    Kind.AFTER: frozenset({FactKind.DATE}),
}


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rule about one question (`fact`), or about other criteria (`parts`, for all, any and not).

    `versions` hold the parameter: [youngest, oldest] in completed years for age-between, allowed or excluded
    answers for one-of and none-of, the wanted answer for flag, months for held-for-at-least, a day for before
    and after. Composites have versions only to say since when they hold.
    """

    id: str
    kind: Kind
    versions: tuple[Version, ...]
    fact: str = ""
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_order(self.id, self.versions)
        if (self.kind in COMPOSITE) != bool(self.parts) or (self.kind in COMPOSITE) == bool(self.fact):
            raise ValueError(f"{self.id}: {self.kind} needs {'parts' if self.kind in COMPOSITE else 'a fact'}, only")
        if self.kind is Kind.NOT and len(self.parts) != 1:
            raise ValueError(f"{self.id}: not takes exactly one part")


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for one criterion: the answer, the facts and the parameter version it rests on.

    `missing` names the questions whose answer could still settle it; it is empty unless the answer is unknown.
    """

    criterion: str
    answer: Answer
    version: Version | None
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Finding, ...] = ()


def evaluate(criterion: Criterion, version: Version, fact: Fact | None, day: date) -> Finding:
    """Answer a criterion that reads one question, with the parameter `version` in force on `day`."""
    if fact is None:
        return Finding(criterion.id, Answer.UNKNOWN, version, (), (criterion.fact,))
    answer = _SIMPLE[criterion.kind](fact, version.value, day)
    missing = (criterion.fact,) if answer is Answer.UNKNOWN else ()
    return Finding(criterion.id, answer, version, (fact,), missing)


def combine(criterion: Criterion, version: Version, parts: tuple[Finding, ...]) -> Finding:
    """Answer all, any or not from the findings of its parts."""
    answers = [part.answer for part in parts]
    if criterion.kind is Kind.NOT:
        answer = _OPPOSITE[answers[0]]
    else:
        decisive = Answer.NOT_MET if criterion.kind is Kind.ALL else Answer.MET
        if decisive in answers:
            answer = decisive
        else:
            answer = Answer.UNKNOWN if Answer.UNKNOWN in answers else _OPPOSITE[decisive]
    facts = tuple(dict.fromkeys(fact for part in parts for fact in part.facts))
    missing = tuple(dict.fromkeys(name for part in parts for name in part.missing))
    return Finding(criterion.id, answer, version, facts, missing if answer is Answer.UNKNOWN else (), parts)


_OPPOSITE = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}


def _certain(*, somewhere: bool, everywhere: bool) -> Answer:
    """The answer when a condition holds for everything that is possible, for some of it, or for none."""
    if everywhere:
        return Answer.MET
    return Answer.UNKNOWN if somewhere else Answer.NOT_MET


def _age_between(fact: Fact, value: ParameterValue, day: date) -> Answer:
    youngest, oldest = cast("tuple[int, int]", value)
    if isinstance(fact.value, Year):
        ages = range(age_on(fact.value.last, day), age_on(fact.value.first, day) + 1)
        fitting = [youngest <= age <= oldest for age in ages]
        return _certain(somewhere=any(fitting), everywhere=all(fitting))
    age = age_on(cast("date", fact.value), day)
    return Answer.MET if youngest <= age <= oldest else Answer.NOT_MET


def _one_of(fact: Fact, value: ParameterValue, _day: date) -> Answer:
    return Answer.MET if fact.value in cast("tuple[str, ...]", value) else Answer.NOT_MET


def _none_of(fact: Fact, value: ParameterValue, _day: date) -> Answer:
    return Answer.NOT_MET if fact.value in cast("tuple[str, ...]", value) else Answer.MET


def _flag(fact: Fact, value: ParameterValue, _day: date) -> Answer:
    return Answer.MET if fact.value is value else Answer.NOT_MET


def _held_for_at_least(fact: Fact, value: ParameterValue, day: date) -> Answer:
    if fact.valid.start is None:
        return Answer.UNKNOWN
    return Answer.MET if add_months(fact.valid.start, cast("int", value)) <= day else Answer.NOT_MET


def _ends(fact: Fact) -> tuple[date, date]:
    if isinstance(fact.value, Year):
        return fact.value.first, fact.value.last
    return cast("date", fact.value), cast("date", fact.value)


def _before(fact: Fact, value: ParameterValue, _day: date) -> Answer:
    first, last = _ends(fact)
    limit = cast("date", value)
    return _certain(somewhere=first < limit, everywhere=last < limit)


def _after(fact: Fact, value: ParameterValue, _day: date) -> Answer:
    first, last = _ends(fact)
    limit = cast("date", value)
    return _certain(somewhere=last > limit, everywhere=first > limit)


_SIMPLE: Mapping[Kind, Callable[[Fact, ParameterValue, date], Answer]] = {
    Kind.AGE_BETWEEN: _age_between,
    Kind.ONE_OF: _one_of,
    Kind.NONE_OF: _none_of,
    Kind.FLAG: _flag,
    Kind.HELD_FOR_AT_LEAST: _held_for_at_least,
    Kind.BEFORE: _before,
    Kind.AFTER: _after,
}


def answer_all(order: tuple[tuple[Criterion, Version], ...], facts: Facts, day: date) -> dict[str, Finding]:
    """Answer every criterion of a day once. Parts stand before the composites that use them.

    A composite skips parts that do not hold on the day; the pack check refuses composites older than a part.
    """
    findings: dict[str, Finding] = {}
    for criterion, version in order:
        if criterion.kind in COMPOSITE:
            parts = tuple(findings[part] for part in criterion.parts if part in findings)
            findings[criterion.id] = combine(criterion, version, parts)
        else:
            findings[criterion.id] = evaluate(criterion, version, facts.get(criterion.fact), day)
    return findings
