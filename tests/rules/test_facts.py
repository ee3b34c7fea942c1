from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.rules.facts import (
    Fact,
    FactDefinition,
    FactError,
    FactKind,
    FactValue,
    Year,
    facts_on,
    read_value,
    write_value,
)
from wegnetz.rules.periods import Period

BIRTH = FactDefinition("birth_date", FactKind.DATE, year_is_enough=True)
ENTRY = FactDefinition("entry_date", FactKind.DATE)
STATUS = FactDefinition("status", FactKind.CHOICE, ("duldung", "gestattung", "2001", "true"))
BAN = FactDefinition("work_ban", FactKind.BOOLEAN)
DAY = "a day that exists, written 2001-12-31"
YEAR = DAY + " or 2001"

answers = st.one_of(
    st.tuples(st.just(BIRTH), st.dates(date(1900, 1, 1)) | st.integers(1900, 9999).map(Year)),
    st.tuples(st.just(ENTRY), st.dates(date(1900, 1, 1))),
    st.tuples(st.just(STATUS), st.sampled_from(STATUS.choices)),
    st.tuples(st.just(BAN), st.booleans()),
)


@given(answers)
def test_an_answer_written_as_json_is_read_back_the_same(answer: tuple[FactDefinition, FactValue]) -> None:
    definition, value = answer
    read = read_value(definition, json.loads(json.dumps(write_value(value))))
    assert (type(read), read) == (type(value), value)


def test_a_day_of_a_toml_file_needs_no_quotes() -> None:
    assert read_value(ENTRY, date(2001, 12, 31)) == date(2001, 12, 31)


def test_a_year_alone_is_kept_as_a_year() -> None:
    assert read_value(BIRTH, "2001") == Year(2001)
    assert (Year(2001).first, Year(2001).last) == (date(2001, 1, 1), date(2001, 12, 31))


@pytest.mark.parametrize(
    ("definition", "raw", "expected"),
    [
        (ENTRY, "2021-02-29", DAY),
        (ENTRY, "2021-13-01", DAY),
        (ENTRY, "2021-00-10", DAY),
        (ENTRY, "0000-01-01", DAY),
        (ENTRY, "20210301", DAY),
        (ENTRY, "2021-W01-1", DAY),
        (ENTRY, "2021-W011-", DAY),
        (ENTRY, "2021-3-001", DAY),
        (ENTRY, "01.03.2021", DAY),
        (ENTRY, " 2021-3-01", DAY),
        (ENTRY, "2021-03-01T00:00", DAY),
        (ENTRY, "２０21-03-01", DAY),
        (ENTRY, "2021-0\ud800-1", DAY),
        (ENTRY, "2021-03-\x001", DAY),
        (ENTRY, "2021", DAY),
        (ENTRY, 2021, DAY),
        (ENTRY, 20210301, DAY),
        (ENTRY, True, DAY),
        (ENTRY, None, DAY),
        (ENTRY, 1e308, DAY),
        (ENTRY, [], DAY),
        (ENTRY, {"year": 2021}, DAY),
        (ENTRY, datetime(2021, 3, 1), DAY),  # noqa: DTZ001  a TOML date-time without a zone
        (ENTRY, "1899-12-31", "a day after 1899"),
        (ENTRY, date(1899, 12, 31), "a day after 1899"),
        (BIRTH, "1899", "a day after 1899"),
        (BIRTH, "0000", YEAR),
        (BIRTH, "-001", YEAR),
        (BIRTH, "２００１", YEAR),
        (BIRTH, "²²²²", YEAR),
        (BIRTH, "20 1", YEAR),
        (BIRTH, "02001", YEAR),
        (BIRTH, 2001, YEAR),
        (STATUS, "Duldung", "one of duldung, gestattung, 2001, true"),
        (STATUS, "duldung ", "one of duldung, gestattung, 2001, true"),
        (STATUS, "", "one of duldung, gestattung, 2001, true"),
        (STATUS, True, "one of duldung, gestattung, 2001, true"),
        (STATUS, 2001, "one of duldung, gestattung, 2001, true"),
        (STATUS, ["duldung"], "one of duldung, gestattung, 2001, true"),
        (BAN, "true", "true or false"),
        (BAN, 1, "true or false"),
        (BAN, 0, "true or false"),
        (BAN, None, "true or false"),
        (BAN, float("nan"), "true or false"),
    ],
)
def test_a_value_that_does_not_fit_its_question_is_refused_with_the_question_named(
    definition: FactDefinition, raw: object, expected: str
) -> None:
    with pytest.raises(FactError) as caught:
        read_value(definition, raw)
    assert (caught.value.fact, caught.value.found, caught.value.expected) == (definition.id, raw, expected)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from([BIRTH, ENTRY, STATUS, BAN]), json_values | st.text("0123456789-W", max_size=10))
def test_whatever_is_given_is_a_fitting_answer_or_a_fact_error(definition: FactDefinition, raw: object) -> None:
    try:
        value = read_value(definition, raw)
    except FactError:
        return
    assert write_value(value) == (raw.isoformat() if isinstance(raw, date) else raw)


def test_a_long_value_is_cut_in_the_message() -> None:
    assert str(FactError("ban", "x" * 100, "true or false")) == "ban: found a text, expected true or false"


def fact(value: str, start: date | None = None, end: date | None = None, recorded: date | None = None) -> Fact:
    return Fact("status", value, Period(start, end), recorded)


MAY, JUNE, JULY = date(2021, 5, 1), date(2021, 6, 1), date(2021, 7, 1)


def test_of_two_answers_the_one_that_began_last_counts() -> None:
    later_begun, recorded_after = fact("b", JUNE), fact("a", MAY)
    assert facts_on([later_begun, recorded_after], JULY) == {"status": later_begun}


def test_of_two_answers_from_the_same_day_the_one_recorded_later_counts() -> None:
    first, second = fact("a", MAY, recorded=MAY), fact("b", MAY, recorded=JUNE)
    assert facts_on([first, second], JULY) == {"status": second}


def test_an_answer_without_a_start_gives_way_to_one_with_a_start() -> None:
    open_start, begun = fact("a"), fact("b", MAY)
    assert facts_on([begun, open_start], JULY) == {"status": begun}
    assert facts_on([begun, open_start], MAY - timedelta(1)) == {"status": open_start}


def test_an_answer_counts_on_its_first_and_last_day_only_between_them() -> None:
    only = fact("a", MAY, JUNE)
    on = [bool(facts_on([only], day)) for day in (MAY - timedelta(1), MAY, JUNE, JUNE + timedelta(1))]
    assert on == [False, True, True, False]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.none() | st.dates(MAY, JULY))
        end = draw(st.none() | st.dates(start or MAY, JULY))
        found.append(Fact(draw(st.sampled_from("xy")), str(number), Period(start, end)))
    return found


@given(histories(), st.dates(MAY, JULY))
def test_the_answer_in_force_is_the_last_begun_then_the_last_recorded(history: list[Fact], day: date) -> None:
    speaking = [(item.valid.start or date.min, place, item) for place, item in enumerate(history)]
    expected: dict[str, Fact] = {}
    for _, _, item in sorted(entry for entry in speaking if day in entry[2].valid):
        expected[item.id] = item
    assert facts_on(history, day) == expected
