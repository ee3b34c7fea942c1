"""The Düsseldorf pack: its own examples, and the rules of the programme as its sources give them.

The truths below are written from the guideline, its change of 16 April 2020 and the published questions and
answers, not from the pack. Building blocks go by their official numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.programme.minimal import DUESSELDORF
from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.examples import facts_of, run_examples
from wegnetz.programme.pack.reader import read_pack
from wegnetz.programme.pack.report import worded
from wegnetz.programme.pack.schema import ExampleFile
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.decisions import PERIOD, Decision, Result
from wegnetz.rules.facts import Fact, FactValue, Year
from wegnetz.rules.parameters import Standing

PACK = read_pack(DUESSELDORF)
NUMBERS = {card.id: card.number for card in PACK.cards.values()}
OPEN, CLOSED, SINGLE_CASE, MISSING = Result.OPEN, Result.CLOSED, Result.SINGLE_CASE, Result.MISSING_FACTS
ALL = (1, 2, 3, 4, 5, 6)
DAY = date(2021, 5, 2)
ONE_DAY = timedelta(1)


def test_the_pack_is_sound_and_every_example_agrees() -> None:
    assert tuple(run_examples(PACK)) == ()


@pytest.mark.parametrize("example", [example for _, example in PACK.examples], ids=lambda example: example.name)
def test_the_example(example: ExampleFile) -> None:
    rules, facts = PACK.rulebook.on(example.on), facts_of(PACK, example)
    decisions = {decision.block: decision for decision in rules.decide(facts)}
    assert {block: decisions[block].result for block in example.expect} == example.expect
    asked = {block: set(decisions[block].missing) for block in example.missing}
    assert asked == {block: set(questions) for block, questions in example.missing.items()}


def test_no_two_examples_share_a_name() -> None:
    names = [example.name for _, example in PACK.examples]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_of_every_example_has_a_sentence_and_a_source(language: str) -> None:
    for _, example in PACK.examples:
        decisions = PACK.rulebook.on(example.on).decide(facts_of(PACK, example))
        for block in worded(PACK, decisions, example.on, language)["blocks"]:
            for finding in block["criteria"]:
                assert finding["text"].strip()
                assert finding["source"].strip()
                assert not set("{}") & set(finding["text"])


def decide(on: date, **changes: FactValue | None) -> dict[int, Decision]:
    """Decisions by the number of the block for a person of 20 with a Duldung whom nothing excludes.

    A change of None stands for a question that was not answered.
    """
    answers: dict[str, FactValue | None] = {
        "birth_date": on.replace(year=on.year - 20, day=1),
        "residence_status": "duldung",
        "support_need": True,
        "sgb_access": "none",
        "integration_course_access": "none",
        "lives_in_state_facility": False,
        "security_exclusion": False,
        "work_ban": False,
        **changes,
    }
    facts = {name: Fact(name, value) for name, value in answers.items() if value is not None}
    return {NUMBERS[decision.block]: decision for decision in PACK.rulebook.on(on).decide(facts)}


def results(on: date, **changes: FactValue | None) -> dict[int, Result]:
    return {number: decision.result for number, decision in decide(on, **changes).items()}


def each(numbers: Iterable[int], result: Result) -> dict[int, Result]:
    return dict.fromkeys(numbers, result)


# Who may take part.


def test_the_six_building_blocks_stand_in_order() -> None:
    assert tuple(decide(DAY)) == ALL


@pytest.mark.parametrize("status", ["duldung", "gestattung"])
def test_a_young_person_of_the_target_group_may_enter_every_block(status: str) -> None:
    assert results(DAY, residence_status=status) == each(ALL, OPEN)


def test_a_work_ban_closes_the_second_block_only() -> None:
    assert results(DAY, work_ban=True) == each(ALL, OPEN) | {2: CLOSED}


def test_whether_there_is_a_work_ban_is_asked_for_the_second_block_only() -> None:
    asked = {number: decision.missing for number, decision in decide(DAY, work_ban=None).items()}
    assert asked == {1: (), 2: ("work_ban",), 3: (), 4: (), 5: (), 6: ()}


def test_who_lives_in_a_facility_of_the_state_may_enter_no_block() -> None:
    assert results(DAY, lives_in_state_facility=True) == each(ALL, CLOSED)


def test_who_is_a_danger_or_a_serious_offender_may_enter_no_block() -> None:
    assert results(DAY, security_exclusion=True) == each(ALL, CLOSED)


def test_an_exclusion_closes_even_while_nothing_else_is_known() -> None:
    unknown = dict.fromkeys(PACK.definitions, None)
    assert results(DAY, **unknown | {"lives_in_state_facility": True}) == each(ALL, CLOSED)


def test_nothing_is_closed_or_open_because_too_little_is_known() -> None:
    unknown = dict.fromkeys(PACK.definitions, None)
    assert results(DAY, **unknown) == each(ALL, MISSING)


def test_who_needs_no_support_is_not_meant() -> None:
    assert results(DAY, support_need=False) == each(ALL, CLOSED)


@pytest.mark.parametrize("question", ["sgb_access", "integration_course_access"])
def test_subordinate_access_to_other_help_leaves_the_blocks_open_and_full_access_closes_them(
    question: str,
) -> None:
    assert results(DAY, **{question: "subordinate"}) == each(ALL, OPEN)
    assert results(DAY, **{question: "full"}) == each(ALL, CLOSED)


@pytest.mark.parametrize("status", ["deutsch", "eu", "aufenthaltserlaubnis", "schutz-24", "other"])
def test_others_are_not_closed_out_but_decided_one_by_one(status: str) -> None:
    assert results(DAY, residence_status=status) == each(ALL, SINGLE_CASE)


def test_an_exclusion_holds_for_single_cases_too() -> None:
    assert results(DAY, residence_status="eu", security_exclusion=True) == each(ALL, CLOSED)


# Age: 18, as a rule, and not older than 27; other ages in justified single cases.


@pytest.mark.parametrize(
    ("birth", "result"),
    [
        (date(2003, 5, 3), SINGLE_CASE),
        (date(2003, 5, 2), OPEN),
        (date(1993, 5, 3), OPEN),
        (date(1993, 5, 2), SINGLE_CASE),
        (Year(1992), SINGLE_CASE),
        (Year(1993), MISSING),
        (Year(1994), OPEN),
        (Year(2003), MISSING),
        (Year(2004), SINGLE_CASE),
    ],
    ids=str,
)
def test_a_person_fits_from_the_18th_birthday_to_the_day_before_the_28th(birth: date | Year, result: Result) -> None:
    assert results(DAY, birth_date=birth) == each(ALL, result)


def test_a_person_grows_out_of_the_programme_on_the_28th_birthday() -> None:
    birth = date(1993, 5, 3)
    on = [results(day, birth_date=birth)[1] for day in (date(2021, 5, 2), date(2021, 5, 3))]
    assert on == [OPEN, SINGLE_CASE]


def test_someone_born_on_a_leap_day_is_18_on_the_first_of_march() -> None:
    birth = date(2004, 2, 29)
    on = [results(day, birth_date=birth)[1] for day in (date(2022, 2, 28), date(2022, 3, 1))]
    assert on == [SINGLE_CASE, OPEN]


def test_how_far_27_reaches_is_shown_as_unconfirmed() -> None:
    age = next(criterion for criterion in PACK.rulebook.criteria if criterion.id == "age")
    assert {version.status for version in age.versions} == {Standing.UNCONFIRMED}


# Time.


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 8, 31), each(ALL, CLOSED)),
        (date(2019, 12, 17), each(ALL, CLOSED) | {6: OPEN}),
        (date(2019, 12, 18), each(ALL, OPEN)),
        (date(2021, 6, 30), each(ALL, OPEN)),
        (date(2021, 7, 1), each(ALL, OPEN)),
        (date(2021, 12, 31), each(ALL, OPEN)),
        (date(2022, 6, 30), each(ALL, OPEN)),
        (date(2022, 7, 1), each(ALL, OPEN) | {6: CLOSED}),
        (date(2022, 12, 31), each(ALL, OPEN) | {6: CLOSED}),
        (date(2023, 1, 1), each(ALL, OPEN) | {6: CLOSED}),
        (date(2023, 6, 30), each(ALL, OPEN) | {6: CLOSED}),
        (date(2023, 7, 1), each(ALL, CLOSED)),
        (date(2026, 11, 22), each(ALL, CLOSED)),
    ],
    ids=str,
)
def test_a_block_is_open_from_its_first_to_its_last_day(day: date, expected: dict[int, Result]) -> None:
    assert results(day) == expected


def test_after_the_programme_no_question_is_asked() -> None:
    unknown = dict.fromkeys(PACK.definitions, None)
    decisions = decide(date(2023, 7, 1), **unknown)
    assert {(decision.result, decision.missing) for decision in decisions.values()} == {(CLOSED, ())}


@pytest.mark.parametrize(
    ("day", "last_day"),
    [
        (date(2019, 12, 18), date(2022, 6, 30)),
        (date(2020, 4, 15), date(2022, 6, 30)),
        (date(2020, 4, 16), date(2022, 12, 31)),
        (date(2021, 10, 7), date(2023, 6, 30)),
    ],
    ids=str,
)
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_last_day_is_the_one_that_was_known_on_the_day(number: int, day: date, last_day: date) -> None:
    running = decide(day)[number].findings[0]
    assert running.criterion == PERIOD
    assert running.version is not None
    assert running.version.value == last_day


def test_participation_management_was_prolonged_twice() -> None:
    block = next(block for block in PACK.rulebook.blocks if NUMBERS[block.id] == 6)
    assert [end.value for end in block.ends] == [date(2021, 6, 30), date(2021, 12, 31), date(2022, 6, 30)]


def test_the_initiatives_ended_half_a_year_apart() -> None:
    ends = {initiative.id: initiative.ends[-1].value for initiative in PACK.initiatives}
    assert ends == {"durchstarten": date(2023, 6, 30), "gemeinsam-klappts": date(2022, 12, 31)}


# Money.


@pytest.mark.parametrize(
    ("rate", "amount"),
    [
        ("course-lesson", "37.50"),
        ("youth-integration-course", "3.90"),
        ("participation-management-position", "34000"),
        ("state-share", "80"),
        ("municipal-share", "20"),
        ("state-share-consolidation", "90"),
    ],
)
def test_a_rate_that_a_source_gives_is_exact(rate: str, amount: str) -> None:
    found = {item.id: item.on(DAY) for item in PACK.rates}[rate]
    assert found is not None
    assert (found.value, type(found.value)) == (Decimal(amount), Decimal)


def test_a_rate_that_no_source_gives_has_no_value_and_says_so() -> None:
    nameless = {rate.id for rate in PACK.rates for item in rate.versions if item.value is None}
    standings = {item.status for rate in PACK.rates for item in rate.versions if item.value is None}
    assert {"coaching-amount", "qualification-amount", "school-certificate-amount"} <= nameless
    assert {"travel", "childcare"} <= nameless
    assert standings == {Standing.UNCONFIRMED}


def test_entering_a_school_measure_within_eight_weeks_is_a_rule_since_its_change() -> None:
    entry = next(rate for rate in PACK.rates if rate.id == "school-certificate-entry")
    before, since = entry.on(date(2020, 4, 15)), entry.on(date(2020, 4, 16))
    assert (before and before.value, since and (since.value, since.unit)) == (None, (8, "weeks"))


# What must never be in it.


def test_gender_is_asked_and_changes_no_decision() -> None:
    answers: list[str | None] = ["female", "male", "diverse", "not-stated", None]
    assert [results(DAY, gender=answer) for answer in answers] == [each(ALL, OPEN)] * 5


def test_no_organisation_of_the_pack_is_an_immigration_authority() -> None:
    for organisation in PACK.organisations:
        assert "ausländerbehörde" not in organisation.name.lower()
        assert "ausländeramt" not in organisation.name.lower()


def test_every_unconfirmed_statement_says_in_both_languages_why() -> None:
    for language in ("de", "en"):
        wording = Wording(PACK, language)
        assert [entry for entry in unconfirmed(PACK) if not wording.note(entry[3])] == []


def test_a_day_after_the_last_is_closed_for_every_person_of_the_examples() -> None:
    for _, example in PACK.examples:
        decisions = PACK.rulebook.on(date(2023, 6, 30) + ONE_DAY).decide(facts_of(PACK, example))
        assert {decision.result for decision in decisions} == {CLOSED}
