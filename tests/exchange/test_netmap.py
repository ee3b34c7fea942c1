"""`wegnetz netmap`: the measures of each version as JSON, and a sentence for what is no map."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.network.test_map_files import FRIEND, PERSON, a_map, record
from tests.network.test_map_forms import EGO, PERSONS, TWO, pack
from wegnetz.exchange.cli import main
from wegnetz.network.exporting import FORMATS
from wegnetz.network.importing import read_map


def test_it_prints_the_measures_of_each_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "karte.json"
    helper = {"id": 3, "name": "C", "angle": -45, "distance": 80, "edgeType": 1}
    ties = {"connections": [{"id1": 1, "id2": 2}, {"id1": 2, "id2": 3}]}
    file.write_text(json.dumps(record(a_map(), a_map(PERSON, FRIEND, helper, **ties))))
    assert main(["netmap", str(file)]) == 0
    empty, full = json.loads(capsys.readouterr().out)
    assert (empty["size"], empty["constraint"], empty["density"]) == (0, None, 0)
    assert {key: full[key] for key in ("title", "date", "size", "tied", "alter_ties", "density", "components")} == {
        "title": "Karte 2", "date": "2021-02-01", "size": 3, "tied": 3, "alter_ties": 2, "density": 0.666667,
        "components": 1,
    }  # fmt: skip
    assert full["by_sector"] == {"family": 1, "friends": 1, "colleagues": 0, "professionals": 1}
    assert full["by_horizon"] == {"inner": 1, "middle": 1, "outer": 1}
    assert (full["without_professionals"]["size"], full["without_professionals"]["alter_ties"]) == (2, 1)
    assert (full["isolates"], full["multiplex"], full["effective_size"]) == (0, 1, 1.666667)


def test_it_reads_what_is_piped_into_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(a_map(FRIEND)).encode())))
    assert main(["netmap", "-"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["size"] == 1


def test_what_cannot_be_read_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for name, sentence in (
        (str(tmp_path / "none"), "cannot be read"),
        (str(broken), "neither JSON nor"),
        ("a\0b", "cannot be read"),
    ):
        assert main(["netmap", name]) == 2
        said = capsys.readouterr()
        assert (said.out, sentence in said.err, said.err.count("\n")) == ("", True, 1)


def test_the_last_of_several_versions_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "karte.json"
    file.write_bytes(FORMATS["wegnetz"].write(TWO))
    assert main(["netmap", str(file)]) == 0
    first, last = json.loads(capsys.readouterr().out)
    assert "change" not in first
    changed = last["change"]
    assert changed["measures"]["tied"] == {"before": 1, "after": 2, "n": [1, 3], "missing": 0}
    assert changed["measures"]["density"] == {"before": None, "after": 0.666667, "n": [1, 3], "missing": 1}
    assert changed["without_us"]["size"] == {"before": 1, "after": 2, "n": [1, 2], "missing": 0}
    assert changed["carried"] == {"before": 1, "after": 1, "n": [1, 2], "missing": 0}
    unknown = {"kept": 0, "ended": 0, "not_yet_known": 1}
    assert changed["new_ties"] == {
        "programme": 1, "outside": 0, "staff": 0, "outside_share": 0,
        "survival_by_months": {"3": unknown, "6": unknown},
    }  # fmt: skip


@pytest.mark.parametrize("form", ["wegnetz", "network-canvas", "graphml", "egor"])
def test_a_map_is_written_in_another_form(
    form: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "karte.json"
    file.write_bytes(FORMATS["wegnetz"].write(TWO))
    assert main(["netmap", str(file), "--as", form]) == 0
    assert read_map(capsysbinary.readouterr().out) == TWO


def test_what_a_file_lacked_is_said_beside_the_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(pack(s_attributeList_Person=PERSONS, s_ego=EGO.format(1, "c")))
    assert main(["netmap", str(file)]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)[0]["size"] == 2
    remark = "People without a place on the map: 2. They stand among friends and acquaintances, in the middle ring."
    assert said.err == f"{file}: {remark}\n"
