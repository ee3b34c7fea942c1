from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.rules.strategies import (
    DEFINITIONS,
    FIRST_DAY,
    LAST_DAY,
    Situation,
    full_facts,
    known_facts,
    parameter,
    questions_read,
    rulebooks,
    situations,
    version,
)
from wegnetz.rules.criteria import Answer, Criterion, Finding, Kind
from wegnetz.rules.decisions import (
    PERIOD,
    Block,
    Change,
    Decision,
    Reason,
    Requirement,
    Result,
    Rulebook,
    compare,
    running,
    settle,
)
from wegnetz.rules.facts import Fact, Facts
from wegnetz.rules.parameters import Version

OPEN, CLOSED, SINGLE_CASE, MISSING = Result.OPEN, Result.CLOSED, Result.SINGLE_CASE, Result.MISSING_FACTS
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
DAY = date(2021, 5, 2)


def decide(situation: Situation, facts: Facts | None = None) -> tuple[Decision, ...]:
    return situation.book.on(situation.day).decide(situation.facts if facts is None else facts)


def results(decisions: tuple[Decision, ...]) -> dict[str, Result]:
    return {decision.block: decision.result for decision in decisions}


@pytest.mark.parametrize(
    ("hard", "soft", "expected"),
    [
        ((), (), (OPEN, ())),
        ((MET,), (MET,), (OPEN, ())),
        ((MET,), (NOT_MET,), (SINGLE_CASE, ())),
        ((NOT_MET,), (MET,), (CLOSED, ())),
        ((NOT_MET,), (NOT_MET,), (CLOSED, ())),
        ((NOT_MET, UNKNOWN), (UNKNOWN,), (CLOSED, ())),
        ((UNKNOWN, NOT_MET), (NOT_MET,), (CLOSED, ())),
        ((UNKNOWN,), (MET,), (MISSING, ("hard0",))),
        ((MET,), (UNKNOWN,), (MISSING, ("soft0",))),
        ((UNKNOWN,), (NOT_MET, UNKNOWN), (MISSING, ("hard0",))),
        ((MET,), (NOT_MET, UNKNOWN), (SINGLE_CASE, ())),
        ((MET,), (UNKNOWN, NOT_MET), (SINGLE_CASE, ())),
        ((UNKNOWN, UNKNOWN), (UNKNOWN,), (MISSING, ("hard0", "hard1", "soft0"))),
    ],
)
def test_an_exclusion_closes_then_what_is_unknown_is_asked_then_a_person_decides(
    hard: tuple[Answer, ...], soft: tuple[Answer, ...], expected: tuple[Result, tuple[str, ...]]
) -> None:
    rows = [(f"hard{n}", answer, CLOSED) for n, answer in enumerate(hard)]
    rows += [(f"soft{n}", answer, SINGLE_CASE) for n, answer in enumerate(soft)]
    findings = tuple(Finding(name, a, None, (), (name,) if a is UNKNOWN else ()) for name, a, _ in rows)
    assert settle(findings, tuple(Requirement(name, otherwise) for name, _, otherwise in rows)) == expected


@pytest.mark.parametrize("otherwise", [OPEN, MISSING])
def test_a_failed_requirement_cannot_open_a_block(otherwise: Result) -> None:
    with pytest.raises(ValueError, match=r"^age: a failed requirement leads to closed or single-case$"):
        Requirement("age", otherwise)


KNOWN_LATER = date(2020, 4, 16)
BLOCK = Block(
    "coaching",
    version(FIRST_DAY, date(2019, 12, 18)),
    (version(FIRST_DAY, date(2022, 6, 30)), version(KNOWN_LATER, date(2022, 12, 31))),
    (),
)


@pytest.mark.parametrize(
    ("day", "answer", "rests_on"),
    [
        (date(2019, 12, 17), NOT_MET, BLOCK.start),
        (date(2019, 12, 18), MET, BLOCK.ends[0]),
        (KNOWN_LATER - timedelta(1), MET, BLOCK.ends[0]),
        (KNOWN_LATER, MET, BLOCK.ends[1]),
        (date(2022, 12, 31), MET, BLOCK.ends[1]),
        (date(2023, 1, 1), NOT_MET, BLOCK.ends[1]),
    ],
)
def test_a_block_runs_from_its_first_to_its_last_day_as_known_on_the_day(
    day: date, answer: Answer, rests_on: Version
) -> None:
    assert running(BLOCK, day) == Finding(PERIOD, answer, rests_on)


def test_a_block_whose_end_nobody_has_set_yet_runs_on() -> None:
    block = replace(BLOCK, ends=(version(date(2021, 1, 1), date(2022, 6, 30)),))
    assert running(block, date(2020, 12, 31)) == Finding(PERIOD, MET, BLOCK.start)


def test_a_block_without_requirements_is_open_while_it_runs() -> None:
    book = Rulebook((), (), (BLOCK,))
    found = [book.on(day).decide({})[0].result for day in (date(2019, 12, 17), DAY, date(2023, 1, 1))]
    assert found == [CLOSED, OPEN, CLOSED]


def test_a_requirement_counts_only_while_its_criterion_is_in_force() -> None:
    ban = Criterion("ban", Kind.FLAG, (version(date(2020, 1, 1), False), version(DAY, repealed=True)), "work_ban")
    book = Rulebook((), (ban,), (replace(BLOCK, requirements=(Requirement("ban"),)),))
    days = (date(2019, 12, 31), date(2020, 1, 1), DAY - timedelta(1), DAY)
    facts = {"work_ban": Fact("work_ban", True)}
    assert [book.on(day).decide(facts)[0].result for day in days] == [OPEN, CLOSED, CLOSED, OPEN]


def test_a_decision_gives_a_reason_for_its_running_time_and_every_requirement() -> None:
    ban = Criterion("ban", Kind.FLAG, (version(FIRST_DAY, False),), "work_ban")
    block = replace(BLOCK, requirements=(Requirement("ban", SINGLE_CASE),))
    known = Fact("work_ban", True)
    decision = Rulebook((), (ban,), (block,)).on(DAY).decide({"work_ban": known})[0]
    assert decision.reasons == (
        Reason(Finding(PERIOD, MET, BLOCK.ends[1]), CLOSED),
        Reason(Finding("ban", NOT_MET, ban.versions[0], (known,)), SINGLE_CASE),
    )
    assert (decision.block, decision.day, decision.result) == ("coaching", DAY, SINGLE_CASE)


@given(situations(), st.data())
def test_a_new_answer_never_changes_a_settled_result(situation: Situation, data: st.DataObject) -> None:
    new = [name for name in sorted(DEFINITIONS) if name not in situation.facts]
    chosen = data.draw(st.lists(st.sampled_from(new), unique=True)) if new else []
    more = {**situation.facts, **{name: data.draw(full_facts(name)) for name in chosen}}
    before, after = results(decide(situation)), results(decide(situation, more))
    settled = {block: result for block, result in before.items() if result is not MISSING}
    event(f"{len(settled)} settled")
    assert {block: after[block] for block in settled} == settled


@given(situations(), st.data())
def test_an_answer_that_no_criterion_of_a_block_reads_changes_nothing_in_it(
    situation: Situation, data: st.DataObject
) -> None:
    changed = data.draw(known_facts())
    unread = {"unheard-of": Fact("unheard-of", True), **situation.facts}
    assert decide(situation, unread) == decide(situation)
    for number, block in enumerate(situation.book.blocks):
        read = {q for item in block.requirements for q in questions_read(situation.book, item.criterion)}
        kept = {name: fact for name, fact in situation.facts.items() if name in read}
        other = {name: fact for name, fact in changed.items() if name not in read}
        assert decide(situation, {**kept, **other})[number] == decide(situation)[number]


@given(situations())
def test_missing_facts_come_with_questions_that_the_block_reads_and_other_results_with_none(
    situation: Situation,
) -> None:
    for block, decision in zip(situation.book.blocks, decide(situation), strict=True):
        event(decision.result)
        assert bool(decision.missing) == (decision.result is MISSING)
        read = {q for item in block.requirements for q in questions_read(situation.book, item.criterion)}
        assert set(decision.missing) <= read
        assert len(decision.missing) == len(set(decision.missing))


@given(situations(), st.data())
def test_full_answers_to_the_missing_questions_settle_a_block(situation: Situation, data: st.DataObject) -> None:
    for number, decision in enumerate(decide(situation)):
        answered = {name: data.draw(full_facts(name)) for name in decision.missing}
        assert decide(situation, {**situation.facts, **answered})[number].result is not MISSING


@given(situations(), st.data())
def test_answering_one_missing_question_after_the_other_comes_to_an_end(
    situation: Situation, data: st.DataObject
) -> None:
    facts, rounds = dict(situation.facts), 0
    while asked := decide(situation, facts)[0].missing:
        question = data.draw(st.sampled_from(asked))
        facts[question] = data.draw(full_facts(question))
        rounds += 1
        assert rounds <= len(DEFINITIONS)


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_requirements_does_not_matter(situation: Situation, random: Random) -> None:
    shuffled = []
    for block in situation.book.blocks:
        requirements = list(block.requirements)
        random.shuffle(requirements)
        shuffled.append(replace(block, requirements=tuple(requirements)))
    book = replace(situation.book, blocks=tuple(shuffled))
    before, after = decide(situation), book.on(situation.day).decide(situation.facts)
    assert results(after) == results(before)
    assert [set(decision.missing) for decision in after] == [set(decision.missing) for decision in before]


def rewritten(versions: tuple[Version, ...], kind: Kind, day: date, data: st.DataObject) -> tuple[Version, ...]:
    """The versions up to `day`, and other ones after it."""
    kept = [item for item in versions if item.since <= day]
    later = day + timedelta(data.draw(st.integers(1, 500)))
    value = data.draw(parameter(kind))
    future = [version(later, value, repealed=data.draw(st.booleans()))]
    return tuple(kept + (future if not kept or data.draw(st.booleans()) else []))


@given(situations(), st.data())
def test_the_rules_of_a_day_never_depend_on_what_begins_later(situation: Situation, data: st.DataObject) -> None:
    day, book = situation.day, situation.book
    criteria = [replace(c, versions=rewritten(c.versions, c.kind, day, data)) for c in book.criteria]
    blocks = [replace(b, ends=rewritten(b.ends, Kind.BEFORE, day, data)) for b in book.blocks]
    other = replace(book, criteria=tuple(criteria), blocks=tuple(blocks))
    assert other.on(day).decide(situation.facts) == decide(situation)


@given(situations())
def test_a_block_is_decided_the_same_alone_as_among_others(situation: Situation) -> None:
    for block, decision in zip(situation.book.blocks, decide(situation), strict=True):
        alone = replace(situation.book, blocks=(block,))
        assert alone.on(situation.day).decide(situation.facts) == (decision,)


@given(situations())
def test_a_block_that_does_not_run_is_closed_whatever_is_known(situation: Situation) -> None:
    for block, decision in zip(situation.book.blocks, decide(situation), strict=True):
        if running(block, situation.day).answer is NOT_MET:
            assert (decision.result, decision.missing) == (CLOSED, ())


@given(rulebooks(), st.dates(FIRST_DAY, LAST_DAY), known_facts())
def test_a_rulebook_restored_from_the_same_rules_decides_the_same(book: Rulebook, day: date, facts: Facts) -> None:
    again = Rulebook(book.facts, tuple(replace(item) for item in book.criteria), book.blocks)
    assert again.on(day).decide(facts) == book.on(day).decide(facts)


@given(situations(), rulebooks())
def test_a_comparison_is_empty_if_and_only_if_the_results_are_equal(situation: Situation, other: Rulebook) -> None:
    before, after = decide(situation), other.on(situation.day).decide(situation.facts)
    old, new = results(before), results(after)
    changes = compare(situation.day, before, after)
    assert (changes == ()) == (old == new)
    assert {change.block: change for change in changes} == {
        block: Change(situation.day, block, old.get(block), new.get(block))
        for block in {**old, **new}
        if old.get(block) != new.get(block)
    }


@given(situations())
def test_nothing_changes_against_itself(situation: Situation) -> None:
    assert compare(situation.day, decide(situation), decide(situation)) == ()
