"""`wegnetz decide`: input that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.decide_desk import BIRTH, DAY, KNOWN, PERSON, Desk, Run, results
from tests.programme.minimal import changed, keep
from wegnetz.exchange.cli import main

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
    ("twice", b'{"work_ban": true, "work_ban": false}', "work_ban: found twice, expected each key once"),
    (
        "twice further in",
        b'{"work_ban": {"a": 1, "a": 1}}',
        "a: found twice, expected each key once",
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
        (b"7", "int, expected an object {fact id: answer}"),
        (b'"birth_date"', "str, expected an object {fact id: answer}"),
        (b"", "no valid JSON (Expecting value: line 1 column 1 (char 0)), " + NOT_JSON),
        (b"\xef\xbb\xbf", "no valid JSON (Expecting value: line 1 column 1 (char 0)), " + NOT_JSON),
        (b'{"work_ban": NaN}', "no valid JSON (NaN is no number), " + NOT_JSON),
        (b'{"work_ban": -Infinity}', "no valid JSON (-Infinity is no number), " + NOT_JSON),
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
    ids=[
        "list", "null", "number", "text", "empty", "mark only", "NaN", "infinity", "two", "binary", "utf-16", "byte",
        "large",
    ],
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
