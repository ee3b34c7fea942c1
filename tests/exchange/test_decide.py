"""`wegnetz decide`: the answer in full, and input that cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.programme.minimal import DUESSELDORF, changed, keep, minimal
from wegnetz.exchange.cli import main

DAY = "2021-03-01"
BIRTH = "a day that exists, written 2001-12-31 or 2001"
KNOWN = "birth_date, residence_status, work_ban"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A folder with the minimal pack and a file for the answers."""

    pack: Path
    file: Path
    capsys: pytest.CaptureFixture[str]

    def ask(self, facts: bytes | object, *more: str, on: str = DAY) -> Run:
        self.file.write_bytes(facts if isinstance(facts, bytes) else json.dumps(facts).encode())
        return self.run("--pack", str(self.pack), "--on", on, "--facts", str(self.file), *more)

    def run(self, *arguments: str) -> Run:
        code = main(["decide", *arguments])
        written = self.capsys.readouterr()
        return Run(code, written.out, written.err)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(keep(tmp_path / "pack", minimal()), tmp_path / "facts.json", capsys)


def parameter(value: object, unit: str = "") -> dict[str, object]:
    return {"from": "2020-01-01", "value": value, "unit": unit, "status": "confirmed"}


def answer(*, last_of_coaching: str, last_of_courses: str, either: str) -> dict[str, Any]:
    """What the minimal pack says of a person born in 2000 with a Duldung."""
    return {
        "pack": {"id": "minimal", "version": "1.0"},
        "on": DAY,
        "blocks": [
            {
                "id": "coaching",
                "result": "open",
                "criteria": [
                    {
                        "id": "period",
                        "result": "met",
                        "fact": None,
                        "parameter": parameter("2021-12-31"),
                        "source": "Guideline",
                        "text": last_of_coaching,
                    },
                    {
                        "id": "age",
                        "result": "met",
                        "fact": "birth_date",
                        "parameter": parameter([18, 27], "years"),
                        "source": "Guideline",
                        "text": either,
                    },
                    {
                        "id": "access",
                        "result": "met",
                        "fact": "residence_status",
                        "parameter": parameter(None),
                        "source": "Guideline",
                        "text": "Has access.",
                    },
                ],
                "missing": [],
            },
            {
                "id": "courses",
                "result": "missing-facts",
                "criteria": [
                    {
                        "id": "period",
                        "result": "met",
                        "fact": None,
                        "parameter": parameter("2022-12-31"),
                        "source": "Guideline",
                        "text": last_of_courses,
                    },
                    {
                        "id": "may-work",
                        "result": "unknown",
                        "fact": "work_ban",
                        "parameter": parameter(value=False),
                        "source": "Guideline",
                        "text": "Unknown.",
                    },
                ],
                "missing": ["work_ban"],
            },
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
PERSON = {"birth_date": "2000", "residence_status": "duldung"}


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


def results(run: Run) -> dict[str, str]:
    return {block["id"]: block["result"] for block in json.loads(run.out)["blocks"]}


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


NOT_JSON = "expected an object of answers"
NOT_UTF8 = "'utf-8' codec can't decode byte 0x{:x} in position {}: invalid start byte), "
REFUSED: list[tuple[str, bytes, str]] = [
    ("unknown fact", b'{"shoe_size": 42}', f"shoe_size: found an unknown fact, expected one of {KNOWN}"),
    ("unknown fact that is null", b'{"x": null}', f"x: found an unknown fact, expected one of {KNOWN}"),
    ("fact without a name", b'{"": true}', f": found an unknown fact, expected one of {KNOWN}"),
    ("word for a day", b'{"birth_date": "May"}', f"birth_date: found a text, expected {BIRTH}"),
    ("number for a day", b'{"birth_date": 2000}', f"birth_date: found a number, expected {BIRTH}"),
    ("no such day", b'{"birth_date": "2001-02-29"}', f"birth_date: found a text, expected {BIRTH}"),
    ("week for a day", b'{"birth_date": "2000-W01-1"}', f"birth_date: found a text, expected {BIRTH}"),
    ("year before 1900", b'{"birth_date": "1899"}', "birth_date: found a text, expected a day after 1899"),
    (
        "day after the day asked about",
        b'{"birth_date": "2021-03-02"}',
        "birth_date: found a text, expected a day up to 2021-03-01, the day asked about",
    ),
    (
        "year after the day asked about",
        b'{"birth_date": "2022"}',
        "birth_date: found a text, expected a day up to 2021-03-01, the day asked about",
    ),
    ("word for yes", b'{"work_ban": "yes"}', "work_ban: found a text, expected true or false"),
    ("one for yes", b'{"work_ban": 1}', "work_ban: found a number, expected true or false"),
    ("NaN", b'{"work_ban": NaN}', "work_ban: found a number, expected true or false"),
    ("infinity", b'{"work_ban": -Infinity}', "work_ban: found a number, expected true or false"),
    ("number too large", b'{"work_ban": 1e999}', "work_ban: found a number, expected true or false"),
    ("list", b'{"work_ban": [true]}', "work_ban: found a list, expected true or false"),
    ("table", b'{"work_ban": {"a": true}}', "work_ban: found an object, expected true or false"),
    (
        "list in lists",
        b'{"work_ban": ' + b"[" * 200 + b"]" * 200 + b"}",
        "work_ban: found a list, expected true or false",
    ),
    (
        "unknown choice",
        b'{"residence_status": "Duldung"}',
        "residence_status: found a text, expected one of duldung, gestattung, other",
    ),
    (
        "half a letter",
        b'{"residence_status": "\\ud800"}',
        "residence_status: found a text, expected one of duldung, gestattung, other",
    ),
    ("twice", b'{"work_ban": true, "work_ban": false}', "work_ban: found twice, expected each fact once"),
    (
        "twice further in",
        b'{"work_ban": {"a": 1, "a": 1}}',
        "a: found twice, expected each fact once",
    ),
    (
        "name with a line of its own",
        b'{"a\\nb": true}',
        f"'a\\nb': found an unknown fact, expected one of {KNOWN}",
    ),
    (
        "name that moves the cursor",
        b'{"\\u001b[2J": true}',
        f"'\\x1b[2J': found an unknown fact, expected one of {KNOWN}",
    ),
    (
        "long name",
        b'{"' + b"x" * 500 + b'": true}',
        f"{'x' * 60}: found an unknown fact, expected one of {KNOWN}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_an_answer_that_does_not_fit_is_refused_with_the_fact_named(desk: Desk, facts: bytes, message: str) -> None:
    assert desk.ask(facts) == Run(2, "", message + "\n")


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"[]", "list, expected an object {fact id: answer}"),
        (b"null", "NoneType, expected an object {fact id: answer}"),
        (b"NaN", "float, expected an object {fact id: answer}"),
        (b'"birth_date"', "str, expected an object {fact id: answer}"),
        (b"", "no valid JSON (Expecting value: line 1 column 1 (char 0)), " + NOT_JSON),
        (b"\xef\xbb\xbf", "no valid JSON (Expecting value: line 1 column 1 (char 0)), " + NOT_JSON),
        (b"{} {}", "no valid JSON (Extra data: line 1 column 4 (char 3)), " + NOT_JSON),
        (
            b"\x00\x01\xfe\xff",
            "no valid JSON (" + NOT_UTF8.format(0xFE, 2) + NOT_JSON,
        ),
        (
            "{}".encode("utf-16"),
            "no valid JSON (" + NOT_UTF8.format(0xFF, 0) + NOT_JSON,
        ),
        (b"{}" + b" " * 999_999, "more than 1000000 bytes, expected the answers of one person"),
        (b"x" * 5_000_000, "more than 1000000 bytes, expected the answers of one person"),
    ],
    ids=["list", "null", "number", "text", "empty", "mark only", "two", "binary", "utf-16", "byte", "large"],
)  # fmt: skip
def test_a_file_that_is_no_object_of_answers_is_refused(desk: Desk, raw: bytes, found: str) -> None:
    assert desk.ask(raw) == Run(2, "", f"{desk.file}: found {found}\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 400_000,
        b'{"work_ban":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"work_ban":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"work_ban":' + b"9" * 10_000 + b"}",
    ],
    ids=["open lists", "lists", "tables", "digits"],
)
def test_a_bomb_is_refused_as_no_valid_json(desk: Desk, raw: bytes) -> None:
    run = desk.ask(raw)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith(f"{desk.file}: found no valid JSON (")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["birth_date", "residence_status", "work_ban"]) | st.text(), json_values)
    | json_values
    | st.binary()
)
def test_whatever_is_given_there_is_an_answer_or_one_line_that_says_why_not(desk: Desk, raw: object) -> None:
    run = desk.ask(raw)
    assert (run.code, bool(run.out), run.err.count("\n")) in {(0, True, 0), (2, False, 1)}


def test_a_file_that_is_not_there_is_refused(desk: Desk) -> None:
    run = desk.run("--pack", str(desk.pack), "--on", DAY, "--facts", str(desk.file))
    assert run == Run(2, "", f"{desk.file}: cannot be read (No such file or directory)\n")


def test_a_folder_holds_no_answers(desk: Desk) -> None:
    run = desk.run("--pack", str(desk.pack), "--on", DAY, "--facts", str(desk.pack))
    assert run == Run(2, "", f"{desk.pack}: cannot be read (Is a directory)\n")


@pytest.mark.parametrize(
    "on",
    [
        "2021-02-29",
        "2021-13-01",
        "20210301",
        "2021-W09-1",
        "01.03.2021",
        "2021",
        "",
        "0000-01-01",
        "２021-03-01",
        "today",
    ],
)
def test_a_day_that_does_not_exist_is_refused(desk: Desk, on: str) -> None:
    expected = f"--on: found {on!r}, expected a day that exists, written 2021-10-07\n"
    assert desk.ask(PERSON, on=on) == Run(2, "", expected)


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days(desk: Desk, on: str) -> None:
    assert results(desk.ask({}, on=on)) == {"coaching": "closed", "courses": "closed"}


def test_a_folder_without_a_pack_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.file.write_text("{}")
    run = desk.run("--pack", str(tmp_path), "--on", DAY, "--facts", str(desk.file))
    assert run == Run(2, "", f"{tmp_path}: found no programme.toml, expected the folder of a programme pack\n")


def test_a_broken_pack_is_refused_with_every_fault(desk: Desk) -> None:
    keep(desk.pack, changed(("facts.toml", '"boolean"', '"number"'), ("rates.toml", '"37.50"', "37.50")))
    assert desk.ask(PERSON) == Run(
        2, "", "facts.toml: work_ban.kind: found 'number', expected one of the words the format allows here\n"
    )


@pytest.mark.parametrize("arguments", [[], ["--pack", "x"], ["--on", DAY], ["--pack", "x", "--on", DAY]])
def test_arguments_that_are_missing_are_named_by_the_command_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["decide", *arguments])
    written = capsys.readouterr()
    assert (caught.value.code, written.out) == (2, "")
    assert written.err.splitlines()[-1].startswith("wegnetz decide: error: the following arguments are required")


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
