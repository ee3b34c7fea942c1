"""Examples may state which end and which rate was known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.programme.faults import faults_of
from tests.programme.minimal import DUESSELDORF, added, changed
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.files import read_folder

EXAMPLE = "examples/young.toml"
# Without the translations, which take time to read and decide nothing.
DUESSELDORF_FILES = {
    name: text
    for name, text in read_folder(DUESSELDORF).items()
    if not name.startswith("texts/") or name.split("/")[1] in {"de", "en"}
}


def stating(on: str, what: str) -> tuple[Fault, ...]:
    return faults_of(added(EXAMPLE, f'[[example]]\nname = "Stated"\non = {on}\n{what}\n'))


def fault(place: str, found: str, expected: str) -> tuple[Fault, ...]:
    return (Fault(EXAMPLE, f"Stated: {place}", found, expected),)


@pytest.mark.parametrize(
    ("on", "what"),
    [
        ("2019-12-31", '[example.ends]\ncoaching = "none"\n[example.rates]\ncourse-hour = "none"'),
        ("2020-01-01", "[example.ends]\ncoaching = 2021-12-31\ncourses = 2022-12-31"),
        ("2021-05-31", "[example.ends]\ncoaching = 2021-12-31"),
        ("2021-06-01", "[example.ends]\ncoaching = 2022-12-31"),
        ("2020-12-31", '[example.rates]\ncourse-hour = "37.50"\n[example.since]\ncourse-hour = 2020-01-01'),
        ("2021-01-01", '[example.rates]\ncourse-hour = "none"\n[example.since]\ncourse-hour = 2021-01-01'),
    ],
)
def test_an_example_agrees_with_what_was_known_on_its_day(on: str, what: str) -> None:
    assert stating(on, what) == ()


@pytest.mark.parametrize(
    ("on", "what", "place", "found", "expected"),
    [
        ("2021-05-31", "[example.ends]\ncoaching = 2022-12-31", "ends.coaching", "2021-12-31", "2022-12-31"),
        ("2019-12-31", "[example.ends]\ncoaching = 2021-12-31", "ends.coaching", "none", "2021-12-31"),
        ("2021-05-31", '[example.ends]\ncoaching = "none"', "ends.coaching", "2021-12-31", "none"),
        ("2020-12-31", '[example.rates]\ncourse-hour = "38"', "rates.course-hour", "37.50", "38"),
        ("2021-01-01", '[example.rates]\ncourse-hour = "37.50"', "rates.course-hour", "none", "37.50"),
        ("2020-12-31", '[example.rates]\ncourse-hour = "none"', "rates.course-hour", "37.50", "none"),
        ("2020-12-31", "[example.since]\ncourse-hour = 2020-01-02", "since.course-hour", "2020-01-01", "2020-01-02"),
        ("2019-12-31", "[example.since]\ncourse-hour = 2020-01-01", "since.course-hour", "none", "2020-01-01"),
    ],
)  # fmt: skip
def test_an_example_that_states_something_else_is_a_fault(
    on: str, what: str, place: str, found: str, expected: str
) -> None:
    assert stating(on, what) == fault(place, found, expected)


@pytest.mark.parametrize(
    ("what", "place", "found", "expected"),
    [
        ("[example.ends]\ncoach = 2021-12-31", "ends.coach", "'coach'", "a block of blocks.toml"),
        ("[example.ends]\ncoaching = 2021", "ends.coaching", "2021", 'a day, or "none"'),
        ("[example.ends]\ncoaching = 2021-12-31T00:00:00", "ends.coaching",
         "datetime.datetime(2021, 12, 31, 0, 0)", 'a day, or "none"'),
        ('[example.rates]\nhour = "37.50"', "rates.hour", "'hour'", "a rate of rates.toml"),
        ("[example.rates]\ncourse-hour = 37.5", "rates.course-hour", "37.5",
         'an exact amount in quotes, such as "37.50", or "none"'),
        ("[example.since]\nhour = 2020-01-01", "since.hour", "'hour'", "a rate of rates.toml"),
        ("[example.criteria]\nage = \"met\"", "expect", "nothing",
         "the result of at least one block, or ends, rates or since"),
    ],
)  # fmt: skip
def test_an_example_that_states_nothing_real_is_refused(what: str, place: str, found: str, expected: str) -> None:
    assert stating("2020-01-01", what) == fault(place, found, expected)


def test_lists_of_words_and_of_days_can_be_stated() -> None:
    days = changed(("rates.toml", '"37.50"', "[2020-03-31, 2020-09-30]"))
    stated = '[[example]]\nname = "Stated"\non = 2020-01-01\n[example.rates]\ncourse-hour = [2020-03-31]\n'
    files = days | {EXAMPLE: days[EXAMPLE] + stated}
    assert faults_of(files) == fault("rates.course-hour", "2020-03-31, 2020-09-30", "2020-03-31")


# The examples of Düsseldorf pin every end and every rate.


def changed_by_one(line: str) -> list[str]:
    """A line `from = …` or `value = …` of a pack with its day or number one smaller and one greater."""
    key, _, value = line.partition(" = ")
    inner = value.strip('[]"')
    if inner.count("-") == 2:
        other = [str(date.fromisoformat(inner) + timedelta(step)) for step in (-1, 1)]
    else:
        last = Decimal(1).scaleb(Decimal(inner).as_tuple().exponent)  # type: ignore[arg-type]
        other = [str(Decimal(inner) + step * last) for step in (-1, 1)]
    return [f"{key} = {value.replace(inner, text)}" for text in other]


def mutants() -> list[tuple[str, int, str]]:
    found = []
    for file in ("blocks.toml", "rates.toml"):
        table = ""
        for number, line in enumerate(DUESSELDORF_FILES[file].splitlines()):
            table = line if line.startswith("[") else table
            if line.startswith(("from = ", "value = ")) and table.endswith((".end]]", ".versions]]")):
                found += [(file, number, text) for text in changed_by_one(line)]
    return found


@pytest.mark.parametrize(("file", "number", "line"), mutants())
def test_a_change_by_one_of_any_end_or_rate_turns_an_example_of_duesseldorf_red(
    file: str, number: int, line: str
) -> None:
    lines = DUESSELDORF_FILES[file].splitlines()
    lines[number] = line
    faults = faults_of(DUESSELDORF_FILES | {file: "\n".join(lines)})
    assert [fault for fault in faults if fault.file.startswith("examples/")] != []
