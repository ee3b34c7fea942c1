from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import DEFINITIONS, FIRST_DAY, criteria, days, full_facts, known_facts, version
from wegnetz.rules.criteria import (
    COMPOSITE,
    FACT_KINDS,
    Answer,
    Criterion,
    Finding,
    Kind,
    answer_all,
    combine,
    evaluate,
)
from wegnetz.rules.facts import Fact, FactKind, Facts, FactValue, Year
from wegnetz.rules.parameters import ParameterValue
from wegnetz.rules.periods import Period

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
DAY = date(2021, 5, 2)


def answer(
    kind: Kind, parameter: ParameterValue, value: FactValue, day: date = DAY, start: date | None = None
) -> Answer:
    holds = version(FIRST_DAY, parameter)
    return evaluate(Criterion("c", kind, (holds,), "f"), holds, Fact("f", value, Period(start)), day).answer


@pytest.mark.parametrize(
    ("birth", "day", "expected"),
    [
        (date(2003, 5, 3), DAY, NOT_MET),
        (date(2003, 5, 2), DAY, MET),
        (date(1993, 5, 3), DAY, MET),
        (date(1993, 5, 2), DAY, NOT_MET),
        (date(2004, 2, 29), date(2022, 2, 28), NOT_MET),
        (date(2004, 2, 29), date(2022, 3, 1), MET),
        (date(2030, 1, 1), DAY, NOT_MET),
        (Year(2002), DAY, MET),
        (Year(2003), DAY, UNKNOWN),
        (Year(2003), date(2021, 12, 31), MET),
        (Year(2003), date(2020, 12, 31), NOT_MET),
        (Year(2003), date(2021, 1, 1), UNKNOWN),
        (Year(2004), DAY, NOT_MET),
        (Year(1994), DAY, MET),
        (Year(1993), DAY, UNKNOWN),
        (Year(1993), date(2021, 12, 31), NOT_MET),
        (Year(1992), DAY, NOT_MET),
        (Year(2021), DAY, NOT_MET),
    ],
)
def test_an_age_between_18_and_27_ends_with_the_day_before_the_28th_birthday(
    birth: date | Year, day: date, expected: Answer
) -> None:
    assert answer(Kind.AGE_BETWEEN, (18, 27), birth, day) == expected


@given(st.integers(1980, 2021), st.integers(0, 30), st.integers(0, 10), days)
def test_a_year_alone_answers_as_all_its_days_do_or_leaves_the_age_open(
    year: int, youngest: int, span: int, day: date
) -> None:
    parameter = (youngest, youngest + span)
    births = [date(year, month, dom) for month in range(1, 13) for dom in (1, 2, 15, 27, 28)]
    births += [date(year, month, 31) for month in (1, 3, 5, 7, 8, 10, 12)]
    births.append(min(max(day.replace(year=year, day=min(day.day, 28)), date(year, 1, 1)), date(year, 12, 31)))
    found = {answer(Kind.AGE_BETWEEN, parameter, birth, day) for birth in births}
    assert answer(Kind.AGE_BETWEEN, parameter, Year(year), day) == (found.pop() if len(found) == 1 else UNKNOWN)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.ONE_OF, "a", MET),
        (Kind.ONE_OF, "b", MET),
        (Kind.ONE_OF, "c", NOT_MET),
        (Kind.NONE_OF, "a", NOT_MET),
        (Kind.NONE_OF, "b", NOT_MET),
        (Kind.NONE_OF, "c", MET),
    ],
)
def test_a_choice_is_looked_up_in_the_list(kind: Kind, value: str, expected: Answer) -> None:
    assert answer(kind, ("a", "b"), value) == expected


@pytest.mark.parametrize(("wanted", "given_answer"), [*product([True, False], repeat=2)])
def test_a_flag_is_met_by_the_wanted_answer_only(*, wanted: bool, given_answer: bool) -> None:
    assert answer(Kind.FLAG, wanted, given_answer) == (MET if wanted == given_answer else NOT_MET)


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        (date(2021, 2, 2), date(2021, 5, 1), NOT_MET),
        (date(2021, 2, 2), date(2021, 5, 2), MET),
        (date(2020, 11, 30), date(2021, 2, 27), NOT_MET),
        (date(2020, 11, 30), date(2021, 2, 28), MET),
        (date(2022, 1, 1), DAY, NOT_MET),
        (None, DAY, UNKNOWN),
    ],
)
def test_a_time_held_counts_whole_months_from_the_first_day(start: date | None, day: date, expected: Answer) -> None:
    assert answer(Kind.HELD_FOR_AT_LEAST, 3, "a", day, start) == expected


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        (date(2015, 8, 30), MET, NOT_MET),
        (date(2015, 8, 31), NOT_MET, NOT_MET),
        (date(2015, 9, 1), NOT_MET, MET),
        (Year(2014), MET, NOT_MET),
        (Year(2015), UNKNOWN, UNKNOWN),
        (Year(2016), NOT_MET, MET),
    ],
)
def test_the_limit_itself_is_neither_before_nor_after(value: date | Year, before: Answer, after: Answer) -> None:
    limit = date(2015, 8, 31)
    assert (answer(Kind.BEFORE, limit, value), answer(Kind.AFTER, limit, value)) == (before, after)


@pytest.mark.parametrize(
    ("limit", "before", "after"),
    [
        (date(2015, 1, 1), NOT_MET, UNKNOWN),
        (date(2015, 12, 31), UNKNOWN, NOT_MET),
        (date(2014, 12, 31), NOT_MET, MET),
        (date(2016, 1, 1), MET, NOT_MET),
    ],
)
def test_a_year_beside_the_limit_is_settled_and_around_it_is_open(limit: date, before: Answer, after: Answer) -> None:
    found = answer(Kind.BEFORE, limit, Year(2015)), answer(Kind.AFTER, limit, Year(2015))
    assert found == (before, after)


@pytest.mark.parametrize("kind", sorted(FACT_KINDS))
def test_without_an_answer_every_kind_is_unknown_and_asks_its_question(kind: Kind) -> None:
    holds = version(FIRST_DAY, (1, 2))
    finding = evaluate(Criterion("c", kind, (holds,), "f"), holds, None, DAY)
    assert finding == Finding("c", UNKNOWN, holds, (), ("f",))


def test_a_finding_names_the_fact_and_the_version_it_rests_on() -> None:
    holds = version(FIRST_DAY, (18, 27))
    criterion, known = Criterion("age", Kind.AGE_BETWEEN, (holds,), "birth"), Fact("birth", date(2000, 1, 1))
    assert evaluate(criterion, holds, known, DAY) == Finding("age", MET, holds, (known,), ())


def test_an_answer_that_leaves_it_open_is_shown_and_asked_for_again() -> None:
    holds = version(FIRST_DAY, (18, 27))
    criterion, known = Criterion("age", Kind.AGE_BETWEEN, (holds,), "birth"), Fact("birth", Year(2003))
    assert evaluate(criterion, holds, known, DAY) == Finding("age", UNKNOWN, holds, (known,), ("birth",))


def test_every_kind_reads_questions_or_parts_and_never_both() -> None:
    assert set(FACT_KINDS) | COMPOSITE == set(Kind)
    assert set(FACT_KINDS) & COMPOSITE == set()
    assert FACT_KINDS[Kind.HELD_FOR_AT_LEAST] == set(FactKind)


@pytest.mark.parametrize(
    ("kind", "fact", "parts", "message"),
    [
        (Kind.FLAG, "", (), "c: flag needs a fact, only"),
        (Kind.FLAG, "f", ("p",), "c: flag needs a fact, only"),
        (Kind.ALL, "", (), "c: all needs parts, only"),
        (Kind.ANY, "f", ("p",), "c: any needs parts, only"),
        (Kind.ALL, "f", (), "c: all needs parts, only"),
        (Kind.NOT, "", ("p", "q"), "c: not takes exactly one part"),
    ],
)
def test_a_criterion_that_does_not_hold_together_cannot_be_made(
    kind: Kind, fact: str, parts: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Criterion("c", kind, (version(FIRST_DAY),), fact, parts)


HOLDS = version(FIRST_DAY)
STRENGTH = {NOT_MET: 0, UNKNOWN: 1, MET: 2}
ANSWERS = sorted(STRENGTH, key=STRENGTH.__getitem__)
three_values = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5)


def part(number: int, value: Answer) -> Finding:
    known = Fact(f"f{number}", value != NOT_MET)
    missing = (f"f{number}",) if value is UNKNOWN else ()
    return Finding(f"p{number}", value, HOLDS, () if missing else (known,), missing)


def of(kind: Kind, values: Iterable[Answer]) -> Answer:
    parts = tuple(part(number, value) for number, value in enumerate(values))
    return combine(Criterion("c", kind, (HOLDS,), parts=tuple(item.criterion for item in parts)), HOLDS, parts).answer


@pytest.mark.parametrize(("one", "other"), [*product(ANSWERS, repeat=2)])
def test_two_parts_follow_the_table_of_strong_kleene_logic(one: Answer, other: Answer) -> None:
    assert of(Kind.ALL, [one, other]) == min(one, other, key=STRENGTH.__getitem__)
    assert of(Kind.ANY, [one, other]) == max(one, other, key=STRENGTH.__getitem__)


@pytest.mark.parametrize(("value", "opposite"), [(MET, NOT_MET), (UNKNOWN, UNKNOWN), (NOT_MET, MET)])
def test_not_turns_what_is_known_and_keeps_what_is_unknown(value: Answer, opposite: Answer) -> None:
    assert of(Kind.NOT, [value]) == opposite


@given(three_values)
def test_de_morgan_holds(values: list[Answer]) -> None:
    opposites = [of(Kind.NOT, [value]) for value in values]
    assert of(Kind.NOT, [of(Kind.ALL, values)]) == of(Kind.ANY, opposites)
    assert of(Kind.NOT, [of(Kind.ANY, values)]) == of(Kind.ALL, opposites)


@given(three_values, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_parts_matters(values: list[Answer], random: Random) -> None:
    shuffled = [*values, random.choice(values)]
    random.shuffle(shuffled)
    assert of(Kind.ALL, shuffled) == of(Kind.ALL, values)
    assert of(Kind.ANY, shuffled) == of(Kind.ANY, values)


@given(three_values, three_values)
def test_parts_may_be_grouped_at_will(values: list[Answer], more: list[Answer]) -> None:
    for kind in (Kind.ALL, Kind.ANY):
        assert of(kind, [of(kind, values), of(kind, more)]) == of(kind, values + more)


@given(three_values, three_values)
def test_all_distributes_over_any(values: list[Answer], more: list[Answer]) -> None:
    pairs = [of(Kind.ALL, pair) for pair in product(values, more)]
    assert of(Kind.ALL, [of(Kind.ANY, values), of(Kind.ANY, more)]) == of(Kind.ANY, pairs)


@given(three_values, st.sampled_from([Kind.ALL, Kind.ANY]))
def test_a_composite_asks_for_what_its_unknown_parts_ask_for_while_it_is_unknown(
    values: list[Answer], kind: Kind
) -> None:
    parts = tuple(part(number, value) for number, value in enumerate(values))
    criterion = Criterion("c", kind, (HOLDS,), parts=tuple(item.criterion for item in parts))
    finding = combine(criterion, HOLDS, parts)
    unknown = tuple(f"f{number}" for number, value in enumerate(values) if value is UNKNOWN)
    assert finding.missing == (unknown if finding.answer is UNKNOWN else ())
    assert finding.facts == tuple(fact for item in parts for fact in item.facts)
    assert finding.parts == parts


def test_a_question_that_two_parts_ask_is_asked_once() -> None:
    parts = (part(1, UNKNOWN), part(1, UNKNOWN))
    assert combine(Criterion("c", Kind.ALL, (HOLDS,), parts=("p1",)), HOLDS, parts).missing == ("f1",)


def answers(book: tuple[Criterion, ...], facts: Facts, day: date = DAY) -> dict[str, Finding]:
    return answer_all(tuple((criterion, criterion.versions[0]) for criterion in book), facts, day)


@given(criteria(3), known_facts(), st.data())
def test_what_is_met_or_not_met_stays_so_when_more_becomes_known(
    book: tuple[Criterion, ...], known: Facts, data: st.DataObject
) -> None:
    new = [name for name in sorted(DEFINITIONS) if name not in known]
    more = {**known, **{name: data.draw(full_facts(name)) for name in new}}
    before, after = answers(book, known), answers(book, more)
    settled = {name for name, finding in before.items() if finding.answer is not UNKNOWN}
    assert {name: after[name].answer for name in settled} == {name: before[name].answer for name in settled}


@given(criteria(3), known_facts(), st.data())
def test_what_is_met_or_not_met_stays_so_when_an_answer_becomes_exact(
    book: tuple[Criterion, ...], known: Facts, data: st.DataObject
) -> None:
    exact: dict[str, Fact] = {}
    for name, fact in known.items():
        value = fact.value
        if isinstance(value, Year):
            value = data.draw(st.dates(value.first, value.last))
        exact[name] = Fact(name, value, Period(fact.valid.start or data.draw(days)))
    before, after = answers(book, known), answers(book, exact)
    settled = {name for name, finding in before.items() if finding.answer is not UNKNOWN}
    assert {name: after[name].answer for name in settled} == {name: before[name].answer for name in settled}


@given(criteria(3), st.data())
def test_nothing_is_unknown_when_every_question_is_answered_in_full(
    book: tuple[Criterion, ...], data: st.DataObject
) -> None:
    facts = {name: data.draw(full_facts(name)) for name in DEFINITIONS}
    assert {finding.answer for finding in answers(book, facts).values()} <= {MET, NOT_MET}


@given(criteria(3), known_facts())
def test_only_an_unknown_finding_asks_questions_and_it_asks_at_least_one(
    book: tuple[Criterion, ...], known: Facts
) -> None:
    for finding in answers(book, known).values():
        assert bool(finding.missing) == (finding.answer is UNKNOWN)
