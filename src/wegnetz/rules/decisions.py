"""Is a building block open to a person on a day, and why? Decided for all blocks at once, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from wegnetz.rules.criteria import Answer, Criterion, Finding, answer_all
from wegnetz.rules.facts import FactDefinition, Facts
from wegnetz.rules.parameters import Version, check_order, version_on

PERIOD = "period"


class Result(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    SINGLE_CASE = "single-case"
    MISSING_FACTS = "missing-facts"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A criterion a block asks for. `otherwise` says what follows when it is not met: closed or single-case."""

    criterion: str
    otherwise: Result = Result.CLOSED

    def __post_init__(self) -> None:
        if self.otherwise not in {Result.CLOSED, Result.SINGLE_CASE}:
            raise ValueError(f"{self.criterion}: a failed requirement leads to closed or single-case")


@dataclass(frozen=True, slots=True)
class Block:
    """A building block: the day it starts, its end as known from day to day, and its requirements."""

    id: str
    start: Version
    ends: tuple[Version, ...]
    requirements: tuple[Requirement, ...]

    def __post_init__(self) -> None:
        check_order(f"{self.id}, end", self.ends)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of a decision: what was found, and what follows for the block when it is not met."""

    finding: Finding
    otherwise: Result


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one block on one day. `missing` are the questions that would settle it."""

    block: str
    day: date
    result: Result
    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...]
    missing: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(
            Reason(finding, requirement.otherwise)
            for finding, requirement in zip(self.findings, self.requirements, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _BlockOfDay:
    id: str
    running: Finding
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class RulesOfDay:
    """The rulebook as it stood on `day`: every criterion with the parameter version in force."""

    day: date
    criteria: tuple[tuple[Criterion, Version], ...]
    blocks: tuple[_BlockOfDay, ...]

    def decide(self, facts: Facts) -> tuple[Decision, ...]:
        """Decide every block from the answers in force on the day (see `facts_on`)."""
        findings = answer_all(self.criteria, facts, self.day)
        return tuple(self._decide_block(block, findings) for block in self.blocks)

    def _decide_block(self, block: _BlockOfDay, all_findings: Mapping[str, Finding]) -> Decision:
        findings = (block.running, *(all_findings[item.criterion] for item in block.requirements[1:]))
        result, missing = settle(findings, block.requirements)
        return Decision(block.id, self.day, result, findings, block.requirements, missing)


def settle(findings: tuple[Finding, ...], requirements: tuple[Requirement, ...]) -> tuple[Result, tuple[str, ...]]:
    """Weigh the findings of one block, and name the questions that would settle it.

    A failed exclusion closes, whatever else is unknown. Nothing is called a single case while an exclusion is
    still unknown. Once one single-case rule has failed, unknown ones of the same sort change nothing more.
    """
    failed_softly = False
    open_hard: list[str] = []
    open_soft: list[str] = []
    for finding, requirement in zip(findings, requirements, strict=True):
        hard = requirement.otherwise is Result.CLOSED
        if finding.answer is Answer.NOT_MET:
            if hard:
                return Result.CLOSED, ()
            failed_softly = True
        elif finding.answer is Answer.UNKNOWN:
            (open_hard if hard else open_soft).extend(finding.missing)
    missing = tuple(dict.fromkeys(open_hard if failed_softly else open_hard + open_soft))
    if missing:
        return Result.MISSING_FACTS, missing
    return (Result.SINGLE_CASE if failed_softly else Result.OPEN), ()


@dataclass(frozen=True)
class Rulebook:
    """All rules of a programme over time. `criteria` stand so that parts come before their composites."""

    facts: tuple[FactDefinition, ...]
    criteria: tuple[Criterion, ...]
    blocks: tuple[Block, ...]

    def on(self, day: date) -> RulesOfDay:
        """The rules as they stood on `day`. Kept for the days asked last, since most questions share a day."""
        return _rules_on(self, day)

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=64)
def _rules_on(book: Rulebook, day: date) -> RulesOfDay:
    criteria = tuple(
        (criterion, version)
        for criterion in book.criteria
        if (version := version_on(criterion.versions, day)) is not None
    )
    known = {criterion.id for criterion, _ in criteria}
    blocks = tuple(
        _BlockOfDay(
            block.id,
            running(block, day),
            (Requirement(PERIOD), *(item for item in block.requirements if item.criterion in known)),
        )
        for block in book.blocks
    )
    return RulesOfDay(day, criteria, blocks)


def running(block: Block, day: date) -> Finding:
    """Whether the block runs on `day`, by the end that was in force on that day."""
    start, end = block.start, version_on(block.ends, day)
    if not isinstance(start.value, date) or day < start.value:
        return Finding(PERIOD, Answer.NOT_MET, start)
    if end is None or not isinstance(end.value, date):
        return Finding(PERIOD, Answer.MET, end or start)
    return Finding(PERIOD, Answer.MET if day <= end.value else Answer.NOT_MET, end)


@dataclass(frozen=True, slots=True)
class Change:
    """A block whose result differs between two rulebooks for the same facts and day."""

    day: date
    block: str
    before: Result | None
    after: Result | None


def compare(day: date, before: Iterable[Decision], after: Iterable[Decision]) -> tuple[Change, ...]:
    """What another rulebook changes on `day`; None stands for a block that one of the two does not have."""
    old = {decision.block: decision.result for decision in before}
    new = {decision.block: decision.result for decision in after}
    return tuple(
        Change(day, block, old.get(block), new.get(block))
        for block in dict.fromkeys([*old, *new])
        if old.get(block) != new.get(block)
    )
