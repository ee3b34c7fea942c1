"""Every way to break a pack names the file, the place, what was found and what was expected."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.programme.breaking import BLOCKS, CRITERIA, DE, FACTS, ORDER, PROGRAMME, RATES, SOURCES, faults_of
from tests.programme.broken_care import BROKEN_CARE, BROKEN_WITH_TEXTS
from tests.programme.broken_districts import BROKEN_DISTRICTS
from tests.programme.broken_interests import BROKEN_INTERESTS
from tests.programme.broken_rest import BROKEN_REST
from tests.programme.broken_rules import BROKEN_RULES
from tests.programme.minimal import added, changed, minimal
from wegnetz.programme.pack.errors import Fault

CASES = BROKEN_RULES + BROKEN_REST + BROKEN_CARE + BROKEN_INTERESTS + BROKEN_DISTRICTS


def test_the_pack_that_the_tests_break_is_sound() -> None:
    assert faults_of(minimal()) == ()


@pytest.mark.parametrize(("files", "faults"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_pack_is_refused_with_the_place_to_mend(files: dict[str, str], faults: tuple[Fault, ...]) -> None:
    assert faults_of(files) == faults


@pytest.mark.parametrize(
    ("files", "faults"), [case[1:] for case in BROKEN_WITH_TEXTS], ids=[case[0] for case in BROKEN_WITH_TEXTS]
)
def test_a_fault_in_one_file_stands_beside_those_in_its_texts(files: dict[str, str], faults: tuple[Fault, ...]) -> None:
    found = faults_of(files)
    assert tuple(fault for fault in found if not fault.file.startswith("texts/")) == faults
    assert {fault.file.split("/")[0] for fault in found} == {faults[0].file, "texts"}


def test_criteria_in_a_circle_are_shown_as_the_circle() -> None:
    circle = '[round]\nkind = "not"\nparts = ["access"]\n[[round.versions]]\nfrom = 2020-01-01\nsource = "S1"\n'
    files = changed((CRITERIA, '["status", "may-work"]', '["status", "round"]'))
    faults = faults_of(files | {CRITERIA: files[CRITERIA] + circle})
    assert len(faults) == 1
    assert sorted(set(faults[0].place.split(" -> "))) == ["access", "round"]
    assert faults[0] == Fault(CRITERIA, faults[0].place, "criteria that ask for each other", "parts without a circle")


def test_a_time_of_day_where_a_limit_should_stand_is_refused() -> None:
    early = '[early]\nkind = "before"\nfact = "birth_date"\n[[early.versions]]\nfrom = 2020-01-01\n'
    place, found = "early.versions[0].value", "datetime.datetime(2015, 8, 31, 0, 0)"
    faults = faults_of(added(CRITERIA, early + 'value = 2015-08-31T00:00:00\nsource = "S1"\n'))
    assert faults == (Fault(CRITERIA, place, found, "a day"),)


def test_an_interest_with_a_capital_is_refused() -> None:
    files = {name: text.replace("stencils", "Stencils") for name, text in minimal().items()}
    words = "lower case letters and digits, joined by - or _"
    assert faults_of(files) == (Fault("interests.toml", "Stencils", "'Stencils'", words),)


def test_the_id_of_the_running_time_is_taken() -> None:
    files = {name: re.sub(r"\bmay-work\b", "period", text) for name, text in minimal().items()}
    assert faults_of(files) == (Fault(CRITERIA, "period", "the name of the running time", "another id"),)


def test_criteria_out_of_order_are_refused_where_they_stand_and_where_they_are_used() -> None:
    later = '[[age.versions]]\nfrom = 2019-01-01\nvalue = [18, 27]\nunit = "years"\nsource = "S1"\n[status]\n'
    assert faults_of(changed((CRITERIA, "[status]\n", later))) == (
        Fault(CRITERIA, "age", "a criterion that does not hold together", f"age: {ORDER}"),
        Fault(BLOCKS, "coaching.requirements[0].criterion", "'age'", "a criterion of criteria.toml"),
    )


def test_one_run_shows_the_faults_of_every_file() -> None:
    files = changed(
        (SOURCES, 'reading = "read"', "reading = 1"),
        (FACTS, 'kind = "boolean"', 'kind = "number"'),
        (BLOCKS, "number = 2", "number = 2.0"),
        (RATES, "from = 2021-01-01\n", ""),
    )
    assert faults_of(files) == (
        Fault(SOURCES, "S1.reading", "1", "`str`"),
        Fault(FACTS, "work_ban.kind", "'number'", "one of the words the format allows here"),
        Fault(BLOCKS, "courses.number", "2.0", "`int`"),
        Fault(RATES, "course-hour.versions[1].from", "nothing", "a value"),
    )


def test_a_third_language_needs_every_text_too() -> None:
    faults = faults_of(changed((PROGRAMME, '["de", "en"]', '["de", "en", "ar"]')))
    assert {fault.file.rpartition("/")[0] for fault in faults} == {"texts/ar"}
    german = {fault.place for fault in faults_of({k: v for k, v in minimal().items() if DE not in k})}
    assert {fault.place for fault in faults} == german


@pytest.mark.parametrize("file", [PROGRAMME, FACTS, CRITERIA, BLOCKS, "consents.toml", "care.toml"])
def test_a_missing_file_is_refused_and_never_a_crash(file: str) -> None:
    faults = faults_of({name: text for name, text in minimal().items() if name != file})
    assert faults
    assert {type(fault) for fault in faults} == {Fault}


@pytest.mark.parametrize("file", sorted(minimal()))
@pytest.mark.parametrize("text", ["\x00", "]", "a = ", "a.b.c = 1", "a = [[[]]]", "[[a]]", "[a]\nb = {c = 1}"])
def test_any_file_may_hold_nonsense_without_a_crash(file: str, text: str) -> None:
    faults = faults_of(minimal() | {file: text})
    assert faults != ()


@given(
    st.sampled_from(sorted(minimal())),
    st.integers(0, 2000),
    st.integers(0, 40),
    st.text("[]{}=\"'.,1-T:\n a", max_size=8),
)
def test_a_pack_with_a_few_letters_changed_is_sound_or_faulty_and_never_a_crash(
    file: str, at: int, length: int, instead: str
) -> None:
    text = minimal()[file]
    at %= len(text)
    faults = faults_of(minimal() | {file: text[:at] + instead + text[at + length :]})
    assert [fault for fault in faults if not (fault.file and fault.found and fault.expected is not None)] == []
