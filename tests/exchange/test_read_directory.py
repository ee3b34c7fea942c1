"""`wegnetz read-directory`: an operator tries a file without a database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.directory.importing.test_integreat import place
from tests.programme.minimal import DUESSELDORF, changed, keep, minimal
from wegnetz.directory.interests.programme import taxonomy_of
from wegnetz.exchange.cli import main
from wegnetz.programme.pack.reader import read_pack

TABLE = "Haus;Farbe;Alter\nHaus Nord;rot;14-27\nHaus Süd;blau;alt\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "orte.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    code = main(["read-directory", *arguments])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out else None, captured.err


def test_points_faults_and_the_suggested_mapping_are_printed(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = told(capsys, str(table), "--map", "Haus=name")
    assert (code, answer["format"], answer["columns"]) == (0, "csv", ["Haus", "Farbe", "Alter"])
    assert answer["suggested"] == {"Alter": "ages"}
    assert answer["mapping"] == {"Alter": "ages", "Haus": "name"}
    names = [point["wording"]["translations"]["de"]["texts"]["name"] for point in answer["points"]]
    assert sorted(names) == ["Haus Nord", "Haus Süd"]
    (fault,) = answer["faults"]
    assert (fault["where"], fault["column"], fault["found"], fault["expected"], fault["effect"]) == (
        3, "Alter", "alt", "ages", "left-out"
    )  # fmt: skip
    assert fault["text"].startswith("Zeile 3, Spalte „Alter“: Hier steht „alt“.")


def test_a_column_can_be_left_out(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = told(capsys, str(table), "--map", "Haus=name", "--map", "Alter=")
    assert (code, answer["mapping"], answer["faults"]) == (0, {"Haus": "name"}, [])


def test_without_points_the_columns_are_printed_all_the_same(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = told(capsys, str(table), "--lang", "en")
    assert (code, answer["points"], answer["columns"]) == (1, [], ["Haus", "Farbe", "Alter"])
    assert answer["faults"][0]["text"] == (
        "File: Found “Haus, Farbe, Alter”. We need a column with the name of the place. Please choose it."
    )


def test_integreat_comes_in_several_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language, entry in {"de": place(2, "Ort", {"ar": 3}), "ar": place(3, "مكان")}.items():
        (tmp_path / f"{language}.json").write_text(json.dumps([entry]), encoding="utf-8")
    code, answer, _ = told(capsys, f"de:{tmp_path}/de.json", f"ar:{tmp_path}/ar.json", "--format", "integreat")
    assert (code, [sorted(point["wording"]["translations"]) for point in answer["points"]]) == (0, [["ar", "de"]])


@pytest.fixture
def with_interests(tmp_path: Path) -> Callable[..., str]:
    def write(*concepts: str) -> str:
        path = tmp_path / "interessen.csv"
        rows = [f"Haus {number};Angebot;{concept}" for number, concept in enumerate(concepts)]
        path.write_text("\n".join(["Name;Angebot;Interessen", *rows]), encoding="utf-8")
        return str(path)

    return write


def test_every_interest_of_the_programme_is_known(
    with_interests: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    every = [each.id for each in taxonomy_of(read_pack(DUESSELDORF)).interests]
    assert {"singing", "chess"} <= set(every)
    code, answer, _ = told(capsys, with_interests(*every))
    assert (code, answer["faults"]) == (0, [])
    assert sorted(offer["concepts"][0] for point in answer["points"] for offer in point["offers"]) == sorted(every)


def test_the_programme_can_be_another_one(
    with_interests: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    table = with_interests("stencils", "dance-workshop")
    other = str(keep(tmp_path, minimal()))
    assert [fault["found"] for fault in told(capsys, table)[1]["faults"]] == ["stencils"]
    assert [fault["found"] for fault in told(capsys, table, "--pack", other)[1]["faults"]] == ["dance-workshop"]
    monkeypatch.setenv("WEGNETZ_PACK", other)
    assert [fault["found"] for fault in told(capsys, table)[1]["faults"]] == ["dance-workshop"]


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        ({}, "found no programme.toml, expected the folder of a programme pack"),
        (changed(("interests.toml", '["art"]', '["arts"]')), "graffiti.groups: found 'arts', expected a group"),
    ],
)
def test_a_programme_that_cannot_be_used_is_said(
    table: Path, pack: dict[str, str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer, error = told(capsys, str(table), "--pack", str(keep(tmp_path / "pack", pack)))
    assert (code, answer, error.count("\n")) == (2, None, 1)
    assert message in error


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--map", "Haus=nam"], "found Haus=nam, expected COLUMN=FIELD"),
        (["--map", "Haus"], "found Haus, expected COLUMN=FIELD"),
        (["--map", "Dach=name"], "found no column Dach, expected one of Haus, Farbe, Alter"),
        (["--format", "hsds"], "(kein gültiges JSON). Bitte laden Sie sie noch einmal herunter."),
        (["--format", "xlsx", "--lang", "en"], "The file has another format than expected."),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    table: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer, error = told(capsys, str(table), *arguments)
    assert (code, answer, error.count("\n")) == (2, None, 1)
    assert message in error


@pytest.mark.parametrize("name", ["nicht-da.csv", "\0"])
def test_a_file_that_is_not_there_is_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, error = told(capsys, name)
    assert (code, answer) == (2, None)
    assert "cannot be read" in error
