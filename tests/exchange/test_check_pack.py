"""`wegnetz check-pack`: 0 for a sound pack, 1 with every fault on standard error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.programme.minimal import DUESSELDORF, changed, keep, minimal
from wegnetz.exchange.cli import main
from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.reader import read_pack

SOUND = "minimal 1.0: sound. 1 examples agree. 2 statements are unconfirmed.\n"


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["check-pack", str(folder)])
    written = capsys.readouterr()
    return code, written.out, written.err


def test_a_sound_pack_is_said_to_be_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(keep(tmp_path, minimal()), capsys) == (0, SOUND, "")


def test_every_fault_stands_on_a_line_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = keep(tmp_path, changed(("facts.toml", '"boolean"', "1"), ("blocks.toml", "number = 2", "number = 2.5")))
    code, out, err = check(folder, capsys)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "facts.toml: work_ban.kind: found 1, expected `str`",
        "blocks.toml: courses.number: found 2.5, expected `int`",
        "2 to mend.",
    ]


def test_an_example_that_does_not_agree_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = keep(tmp_path, changed(("examples/young.toml", 'coaching = "open"', 'coaching = "closed"')))
    place = "examples/young.toml: A young person with a Duldung: coaching"
    assert check(folder, capsys) == (1, "", f"{place}: found open, expected closed\n1 to mend.\n")


def test_a_line_that_is_no_toml_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = keep(tmp_path, changed(("facts.toml", 'kind = "choice"', "kind = choice")))
    expected = "facts.toml: line 7, column 8: found Invalid value, expected valid TOML\n1 to mend.\n"
    assert check(folder, capsys) == (1, "", expected)


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = tmp_path / "absent"
    expected = f"{absent}: found no programme.toml, expected the folder of a programme pack\n1 to mend.\n"
    assert check(absent, capsys) == (1, "", expected)


def test_the_duesseldorf_pack_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    pack = read_pack(DUESSELDORF)
    waiting = len(list(unconfirmed(pack)))
    examples = len(pack.examples)
    expected = f"{pack.id} {pack.version}: sound. {examples} examples agree. {waiting} statements are unconfirmed.\n"
    assert check(DUESSELDORF, capsys) == (0, expected, "")


@pytest.mark.parametrize(("files", "code"), [(minimal(), 0), (minimal() | {"rates.toml": "]"}, 1)])
def test_the_command_says_so_by_its_exit_code(tmp_path: Path, files: dict[str, str], code: int) -> None:
    command = [sys.executable, "-m", "wegnetz.exchange.cli", "check-pack", str(keep(tmp_path, files))]
    run = subprocess.run(command, capture_output=True, check=False, timeout=60, text=True)
    assert (run.returncode, bool(run.stdout), bool(run.stderr)) == (code, code == 0, code == 1)
