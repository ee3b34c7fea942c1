"""`wegnetz decide`: the answer in full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.decide_desk import DAY, PERSON, Desk, results
from tests.programme.minimal import DUESSELDORF, changed, keep, minimal


def parameter(value: object, unit: str = "") -> dict[str, object]:
    return {"from": "2020-01-01", "value": value, "unit": unit, "status": "confirmed"}


def line(criterion: str, result: str, fact: str | None, parameter: object, text: str) -> dict[str, Any]:
    """One criterion as the command prints it."""
    return {
        "id": criterion,
        "result": result,
        "fact": fact,
        "parameter": parameter,
        "source": "Guideline",
        "text": text,
    }


def answer(*, last_of_coaching: str, last_of_courses: str, either: str) -> dict[str, Any]:
    """What the minimal pack says of a person born in 2000 with a Duldung."""
    coaching = [
        line("period", "met", None, parameter("2021-12-31"), last_of_coaching),
        line("age", "met", "birth_date", parameter([18, 27], "years"), either),
        line("access", "met", "residence_status", parameter(None), "Has access."),
    ]
    courses = [
        line("period", "met", None, parameter("2022-12-31"), last_of_courses),
        line("may-work", "unknown", "work_ban", parameter(value=False), "Unknown."),
    ]
    return {
        "pack": {"id": "minimal", "version": "1.0"},
        "on": DAY,
        "blocks": [
            {"id": "coaching", "result": "open", "criteria": coaching, "missing": []},
            {"id": "courses", "result": "missing-facts", "criteria": courses, "missing": ["work_ban"]},
        ],
    }


GERMAN = answer(
    last_of_coaching="Läuft bis 31. Dezember 2021.",
    last_of_courses="Läuft bis 31. Dezember 2022.",
    either="Is 20 oder 21.",
)
ENGLISH = answer(
    last_of_coaching="Runs until 31 December 2021.",
    last_of_courses="Runs until 31 December 2022.",
    either="Is 20 or 21.",
)


def test_the_answer_says_what_is_open_and_what_it_rests_on(desk: Desk) -> None:
    run = desk.ask(PERSON)
    assert (run.code, json.loads(run.out), run.err) == (0, GERMAN, "")


def test_the_keys_stand_in_the_order_of_the_description(desk: Desk) -> None:
    block = json.loads(desk.ask(PERSON).out)["blocks"][0]
    assert list(json.loads(desk.ask(PERSON).out)) == ["pack", "on", "blocks"]
    assert list(block) == ["id", "result", "criteria", "missing"]
    assert list(block["criteria"][0]) == ["id", "result", "fact", "parameter", "source", "text"]


def test_the_answer_comes_in_english_too(desk: Desk) -> None:
    assert json.loads(desk.ask(PERSON, "--lang", "en").out) == ENGLISH


def test_an_umlaut_is_written_as_it_is(desk: Desk) -> None:
    assert desk.ask(PERSON).out.count("Läuft bis") == 2


def test_the_same_question_gets_the_same_letters(desk: Desk) -> None:
    assert desk.ask(PERSON) == desk.ask(PERSON)


def test_the_order_of_the_answers_does_not_matter(desk: Desk) -> None:
    assert desk.ask(PERSON) == desk.ask(dict(reversed(PERSON.items())))


@pytest.mark.parametrize(
    "facts",
    [{**PERSON, "work_ban": None}, "\ufeff" + json.dumps(PERSON), json.dumps(PERSON) + " " * 900_000],
    ids=["null for not known", "byte order mark", "just below a megabyte"],
)
def test_what_says_the_same_gets_the_same_answer(desk: Desk, facts: object) -> None:
    run = desk.ask(facts.encode() if isinstance(facts, str) else facts)
    assert (run.code, json.loads(run.out), run.err) == (0, GERMAN, "")


def test_without_any_answer_every_question_of_a_block_is_asked(desk: Desk) -> None:
    run = desk.ask({})
    blocks = json.loads(run.out)["blocks"]
    assert {block["id"]: (block["result"], block["missing"]) for block in blocks} == {
        "coaching": ("missing-facts", ["residence_status", "work_ban", "birth_date"]),
        "courses": ("missing-facts", ["work_ban"]),
    }


@pytest.mark.parametrize(
    ("changes", "on", "coaching", "courses"),
    [
        ({"work_ban": False}, DAY, "open", "open"),
        ({"work_ban": True}, DAY, "open", "closed"),
        ({"work_ban": True, "residence_status": "other"}, DAY, "closed", "closed"),
        ({"work_ban": False, "residence_status": "other"}, DAY, "open", "open"),
        ({"birth_date": "1993-03-02"}, DAY, "open", "missing-facts"),
        ({"birth_date": "1993-03-01"}, DAY, "single-case", "missing-facts"),
        ({"birth_date": "1993-03-01", "work_ban": True}, DAY, "single-case", "closed"),
        ({}, "2019-12-31", "closed", "closed"),
        ({}, "2023-01-01", "closed", "closed"),
    ],
)
def test_the_result_follows_from_the_answers_and_the_day(
    desk: Desk, changes: dict[str, object], on: str, coaching: str, courses: str
) -> None:
    assert results(desk.ask({**PERSON, **changes}, on=on)) == {"coaching": coaching, "courses": courses}


@pytest.mark.parametrize("birth", [DAY, "2021"])
def test_someone_may_be_born_on_the_day_asked_about(desk: Desk, birth: str) -> None:
    assert desk.ask({"birth_date": birth}).code == 0


def running(desk: Desk, files: dict[str, str], on: str) -> dict[str, str]:
    keep(desk.pack, files)
    blocks = json.loads(desk.ask({}, on=on).out)["blocks"]
    return {block["id"]: block["criteria"][0]["text"] for block in blocks}


def test_a_day_outside_is_worded_by_the_start_or_the_end(desk: Desk) -> None:
    assert running(desk, minimal(), "2019-12-31")["coaching"] == "Beginnt erst am 1. Januar 2020."
    assert running(desk, minimal(), "2023-01-01")["coaching"] == "Endete am 31. Dezember 2022."


def test_an_end_that_nobody_has_set_yet_is_not_made_up(desk: Desk) -> None:
    later = ("blocks.toml", '[[coaching.end]]\nfrom = 2020-01-01\nvalue = 2021-12-31\nsource = "S1"\n', "")
    texts = running(desk, changed(later), "2021-03-01")
    assert texts["coaching"] == "Läuft; ein Ende ist nicht bekannt."


def test_a_start_that_is_another_block_s_last_day_is_still_a_start(desk: Desk) -> None:
    same_day = ("blocks.toml", "value = 2021-12-31", "value = 2020-01-01")
    texts = running(desk, changed(same_day), "2019-12-31")
    assert texts == dict.fromkeys(("coaching", "courses"), "Beginnt erst am 1. Januar 2020.")
    assert running(desk, changed(same_day), "2020-01-02")["coaching"] == "Endete am 1. Januar 2020."


def in_a_process(pack: Path, facts: bytes) -> subprocess.CompletedProcess[bytes]:
    """The command as an operator starts it, in a plain locale."""
    return subprocess.run(
        [sys.executable, "-m", "wegnetz.exchange.cli", "decide", "--pack", pack, "--on", DAY, "--facts", "-"],
        input=facts,
        capture_output=True,
        check=False,
        timeout=60,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )


def test_the_command_answers_from_a_process_of_its_own(desk: Desk) -> None:
    run = in_a_process(desk.pack, json.dumps(PERSON).encode())
    assert (run.returncode, json.loads(run.stdout.decode()), run.stderr) == (0, GERMAN, b"")


def test_the_command_refuses_from_a_process_of_its_own(desk: Desk) -> None:
    run = in_a_process(desk.pack, b'{"work_ban": "\\ud800"}')
    expected = b"work_ban: found a text, expected true or false\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, b"", expected)


def test_the_duesseldorf_pack_answers_for_a_person_of_the_reference(desk: Desk) -> None:
    desk.file.write_text(json.dumps({"birth_date": "2000-05-03", "residence_status": "duldung", "work_ban": True}))
    run = desk.run("--pack", str(DUESSELDORF), "--on", "2021-10-07", "--facts", str(desk.file))
    blocks = {block["id"]: block["result"] for block in json.loads(run.out)["blocks"]}
    assert (run.code, run.err) == (0, "")
    assert blocks == {
        "coaching": "missing-facts",
        "qualification": "closed",
        "school-certificate": "missing-facts",
        "courses": "missing-facts",
        "innovation": "missing-facts",
        "participation-management": "missing-facts",
    }
