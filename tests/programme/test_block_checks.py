"""Packs that would decide more widely than they say, or show answers to the wrong people."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.faults import faults_of
from tests.programme.minimal import added, changed
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.model import READERS
from wegnetz.programme.pack.reader import build
from wegnetz.programme.pack.report import worded
from wegnetz.rules.decisions import PERIOD

PROGRAMME, FACTS = "programme.toml", "facts.toml"
CRITERIA, BLOCKS = "criteria.toml", "blocks.toml"
AGE = "[[age.versions]]\nfrom = "
SECOND_END = 'value = 2022-12-31\nsource = "S1"\n[[coaching.requirements]]\ncriterion = "age"'
UNKNOWN = 'source = "S1"\nstatus = "unconfirmed"\nnote = "open-question"\n'
LAST_PLACE = "coaching.end[1].value"


def test_a_criterion_that_begins_after_its_block_is_refused() -> None:
    expected = "a criterion that holds on 2020-01-01, the first day of the block"
    place = "coaching.requirements[0].criterion"
    files = changed((CRITERIA, AGE + "2020-01-01", AGE + "2020-01-02"))
    assert faults_of(files) == (Fault(BLOCKS, place, "age, from 2020-01-02", expected),)


def test_a_criterion_that_begins_with_or_before_its_block_is_sound() -> None:
    assert faults_of(changed((CRITERIA, AGE + "2020-01-01", AGE + "2019-12-31"))) == ()


def test_a_criterion_that_is_gone_before_its_block_begins_is_refused() -> None:
    gone = '[[age.versions]]\nfrom = 2020-01-01\nrepealed = true\nsource = "S1"\n\n[status]\n'
    files = changed((CRITERIA, AGE + "2020-01-01", AGE + "2019-01-01"), (CRITERIA, "[status]\n", gone))
    expected = "a criterion that holds on 2020-01-01, the first day of the block"
    assert faults_of(files)[0] == Fault(BLOCKS, "coaching.requirements[0].criterion", "age, repealed", expected)


def test_a_criterion_may_be_repealed_while_its_block_runs() -> None:
    gone = '[[age.versions]]\nfrom = 2022-01-01\nrepealed = true\nsource = "S1"\n\n[status]\n'
    assert faults_of(changed((CRITERIA, "[status]\n", gone))) == ()


@pytest.mark.parametrize("kind", ["all", "any", "not"])
@pytest.mark.parametrize("parts", ["parts = []\n", ""])
def test_a_composite_with_no_part_is_refused(kind: str, parts: str) -> None:
    empty = f'[empty]\nkind = "{kind}"\n{parts}[[empty.versions]]\nfrom = 2020-01-01\nsource = "S1"\n'
    fault = Fault(CRITERIA, "empty.parts", "nothing", "at least one criterion")
    assert faults_of(added(CRITERIA, empty)) == (fault,)


# Ends that are not known.


def without_end(basis: str = UNKNOWN) -> dict[str, str]:
    return changed((BLOCKS, SECOND_END, SECOND_END.replace('value = 2022-12-31\nsource = "S1"\n', basis)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Läuft; ein Ende ist nicht bekannt."), ("en", "Runs; no end is known.")],
)
def test_a_block_whose_end_is_not_known_runs_and_says_so(language: str, sentence: str) -> None:
    pack = build(without_end())
    day = date(2035, 1, 1)
    said = worded(pack, pack.rulebook.on(day).decide({}), day, language)["blocks"][0]["criteria"][0]
    assert (said["id"], said["result"], said["text"]) == (PERIOD, "met", sentence)
    assert faults_of(without_end()) == ()


def test_an_end_that_is_not_known_can_be_stated_in_an_example() -> None:
    files = without_end()
    stated = '[[example]]\nname = "Stated"\non = {}\n[example.ends]\ncoaching = "none"\n'
    example = "examples/young.toml"
    assert faults_of(files | {example: stated.format("2021-06-01")}) == ()
    known = Fault(example, "Stated: ends.coaching", "2021-12-31", "none")
    assert faults_of(files | {example: stated.format("2021-05-31")}) == (known,)


def test_an_initiative_may_have_an_end_that_is_not_known() -> None:
    end = 'value = 2022-12-31\nsource = "S1"\n'
    assert faults_of(changed((PROGRAMME, end, UNKNOWN))) == ()


def test_a_confirmed_end_has_a_day() -> None:
    expected = 'a day after the start, or status = "unconfirmed"'
    fault = Fault(BLOCKS, LAST_PLACE, "nothing", expected)
    assert faults_of(without_end('source = "S1"\n')) == (fault,)


def test_an_end_is_never_repealed() -> None:
    expected = 'a last day, or no value with status = "unconfirmed"'
    fault = Fault(BLOCKS, "coaching.end[1].repealed", "true", expected)
    assert faults_of(without_end(UNKNOWN + "repealed = true\n")) == (fault,)


# Who may see an answer.


def seen_by(role: str) -> dict[str, str]:
    return changed((FACTS, 'kind = "boolean"', f'kind = "boolean"\nvisible_to = ["{role}"]'))


@pytest.mark.parametrize(
    "role", ["case-manager", "coach", "trauma-coach", "network-coordinator", "workshop-host", "lead"]
)
def test_who_works_with_people_may_see_answers(role: str) -> None:
    assert faults_of(seen_by(role)) == ()


@pytest.mark.parametrize("role", ["steering", "funding", "operator", "immigration-authority", "Coach"])
def test_nobody_else_may_see_an_answer(role: str) -> None:
    expected = f"one of {', '.join(READERS)}; steering, funding and operator see no answers"
    assert faults_of(seen_by(role)) == (Fault(FACTS, "work_ban.visible_to", f"'{role}'", expected),)
