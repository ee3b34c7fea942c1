"""The tool that makes interests.json from the package, on a package of a few presets."""

from __future__ import annotations

import io
import json
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.directory.tools import load_tool
from wegnetz.directory.interests.shipped import PACKAGE

ROOT = Path(__file__).parents[2]
NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "de": {"leisure/pitch/tennis": ("Tennis\u00adplatz", "tennis,Tennis-Platz,"), "leisure/slipway": ("Slip", "")},
    "en": {"leisure/pitch/tennis": ("Tennis Court", "tennis net"), "leisure/slipway": ("Slipway", "")},
    "tr": {"leisure/pitch/tennis": ("Tennis Court", "kort")},
    "ru": {"leisure/pitch/tennis": ("Tennis", "корт,atp")},
    "fa": {"leisure/pitch/tennis": ("زمین تنیس", "تنیس ، راکت")},
}
SPORTS = {"de": "Tennis", "en": "Tennis"}
CHOICES: dict[str, Any] = {
    "pictures": {"more": ["mdi-kite"]},
    "groups": {"sport": {"in": [], "icon": "mdi-trophy"}},
    "concepts": {"tennis": {"in": ["sport"], "icon": "mdi-tennis", "from": ["sport=tennis", "leisure/pitch/tennis"]}},
    "left-out": [{"reason": "no interest", "presets": ["leisure/slipway"]}],
    "not-taken": [{"reason": "English", "language": "tr", "presets": ["leisure/pitch/tennis"]}],
}


tool = load_tool("interests")


@pytest.fixture(name="package")
def _package(tmp_path: Path) -> Any:
    files: dict[str, object] = {
        "package.json": {"name": "presets", "version": "1.2.3"},
        "dist/presets.json": {"leisure/pitch/tennis": {}, "leisure/slipway": {}, "leisure/nameless": {}},
        "dist/fields.json": {"sport": {"options": ["tennis"]}},
    }
    for language in tool.LANGUAGES:
        presets = {key: {"name": name, "terms": terms} for key, (name, terms) in NAMES.get(language, {}).items()}
        options = {"tennis": SPORTS[language]} if language in SPORTS else {}
        words = {"presets": presets, "fields": {"sport": {"options": options}}}
        files[f"dist/translations/{language}.json"] = {language: {"presets": words}}
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in {**files, "LICENSE.md": "ISC"}.items():
            data = (content if isinstance(content, str) else json.dumps(content)).encode()
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return tool.read_package(path)


def words(package: Any, choices: dict[str, Any] = CHOICES) -> Any:
    return json.loads(tool.written(choices, package))["concepts"][0]["words"]


def test_the_file_names_its_source_and_its_version(package: Any) -> None:
    made = json.loads(tool.written(CHOICES, package))
    assert (made["source"], made["version"], made["licence"]) == ("npm presets", "1.2.3", "ISC")
    assert len(made["sha256"]) == 64
    assert made["groups"] == [{"id": "sport", "parents": [], "icon": "mdi-trophy"}]
    assert made["concepts"][0]["icon"] == "mdi-tennis"
    assert made["pictures"] == ["mdi-kite", "mdi-tennis", "mdi-trophy"]
    assert made["concepts"][0]["from"] == ["sport=tennis", "leisure/pitch/tennis"]


def test_the_first_name_is_the_label_and_all_else_a_synonym_once(package: Any) -> None:
    assert words(package)["de"] == {"label": "Tennis", "synonyms": ["Tennisplatz", "Tennis-Platz"]}
    assert words(package)["en"] == {"label": "Tennis", "synonyms": ["Tennis Court", "tennis net"]}


def test_terms_are_parted_at_the_arabic_comma_too(package: Any) -> None:
    assert words(package)["fa"] == {"label": "زمین تنیس", "synonyms": ["تنیس", "راکت"]}


def test_what_is_not_translated_is_not_taken(package: Any) -> None:
    assert words(package)["ru"] == {"label": "", "synonyms": ["корт"]}
    assert "tr" not in words(package)


def test_where_the_label_is_ours_the_names_are_synonyms(package: Any) -> None:
    ours = {**CHOICES, "concepts": {"tennis": {**CHOICES["concepts"]["tennis"], "ours": True}}}
    assert words(package, ours)["de"] == {"label": "", "synonyms": ["Tennis", "Tennisplatz", "Tennis-Platz"]}


def test_what_is_narrower_never_gives_the_label(package: Any) -> None:
    narrower = {"in": ["sport"], "icon": "mdi-tennis", "from": ["sport=tennis"], "also": ["leisure/pitch/tennis"]}
    found = words(package, {**CHOICES, "concepts": {"tennis": narrower}})
    assert found["fa"] == {"label": "", "synonyms": ["زمین تنیس"]}


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("left-out", [], "leisure/slipway: neither taken nor left out"),
        ("concepts", {}, "sport=tennis: neither taken nor left out"),
        ("concepts", {"a": {"in": ["sport"], "from": ["sport=golf"]}}, "sport=golf: not in the package"),
        ("concepts", {"a": {"in": ["sport"], "from": ["leisure/slipway"]}}, "leisure/slipway: taken and left out"),
        ("concepts", {"a": {"in": ["sports"]}}, "a: sports above it is unknown"),
        ("concepts", {"sport": {"in": []}}, "sport: a group and a concept"),
        ("concepts", {"tennis": {"in": ["sport"]}}, "tennis: without a picture"),
    ],
)
def test_it_stops_where_something_is_undecided(package: Any, part: str, instead: Any, fault: str) -> None:
    assert list(tool.faults(CHOICES, package)) == []
    assert fault in list(tool.faults({**CHOICES, part: instead}, package))


def test_what_is_shipped_is_what_was_chosen() -> None:
    choices = tomllib.loads(tool.CHOICES.read_text(encoding="utf-8"))
    made = json.loads(PACKAGE.read_text(encoding="utf-8"))
    for kind in ("groups", "concepts"):
        assert {entry["id"]: (entry["parents"], entry["icon"]) for entry in made[kind]} == {
            name: (node["in"], node["icon"]) for name, node in choices[kind].items()
        }
    for entry in made["concepts"]:
        node = choices["concepts"][entry["id"]]
        assert entry["from"] == [*node.get("from", ()), *node.get("also", ())]
    for key in ("left-out", "not-taken"):
        assert [entry for entry in choices[key] if not entry["reason"].strip() or not entry["presets"]] == []
