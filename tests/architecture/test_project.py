"""The project as a whole: no left-overs, vendored files as recorded, and pages that say what is there."""

from __future__ import annotations

import fnmatch
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDORED = [
    ROOT / "src/wegnetz/core/static/wegnetz/vendor",
    ROOT / "src/wegnetz/directory/interests/vendor",
    ROOT / "src/wegnetz/network/exporting/vendor",
    ROOT / "tests/vendor",
]

LEFT_OVERS = re.compile(r"\b(TODO|FIXME|XXX)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])(/(root|home|tmp|work|mnt|Users)/|[A-Z]:\\)")
REGISTRY_HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|deb\.debian\.org|(docker|ghcr)\.io\b")

ROW = re.compile(r"^\| `([^`]+)` \| .+ \| ([^|]+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
VARIABLE = re.compile(r'environment\.(?:text|flag|number|secret|own_path)\(\s*"([A-Z_]+)"|database\("([A-Z_]+)"')


def ignored() -> list[str]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [".git", *(line.strip("/") for line in lines if line and not line.startswith("#"))]


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that is part of the project, also where there is no git to ask."""
    patterns = ignored()
    for path in sorted(folder.iterdir()):
        if any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def texts() -> Iterator[tuple[Path, str]]:
    """The project's own texts: nothing vendored, no licences, not this file, which names what it seeks."""
    for file in files():
        if file == Path(__file__) or {"vendor", "LICENSES"} & set(file.parts):
            continue
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_walk_sees_the_project_and_nothing_else() -> None:
    seen = {file.relative_to(ROOT).as_posix() for file in files()}
    assert {"Makefile", ".ci/run", "src/wegnetz/config/settings.py", "docs/structure.md"} <= seen
    assert not [name for name in seen if name.startswith((".venv/", ".git/")) or "__pycache__" in name]


@pytest.mark.parametrize(
    "pattern",
    [LEFT_OVERS, MACHINE_PATHS, REGISTRY_HOSTS],
    ids=["left-overs", "machine-paths", "registry-hosts"],
)
def test_no_left_overs_machine_paths_or_registry_hosts(pattern: re.Pattern[str]) -> None:
    assert lines_with(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (LEFT_OVERS, "# TODO: later"),
        (MACHINE_PATHS, 'open("/home/me/file")'),
        (MACHINE_PATHS, "cd /tmp/x"),
        (REGISTRY_HOSTS, "--index-url https://pypi.org/simple"),
    ],
)
def test_the_patterns_match_what_they_are_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_vendored_files_are_the_recorded_ones(folder: Path) -> None:
    rows = ROW.findall((folder / "SOURCES.md").read_text(encoding="utf-8"))
    recorded = {name: digest for name, _licence, digest in rows}
    found = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files(folder)
        if file.name != "SOURCES.md"
    }
    assert found == recorded


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_vendored_files_keep_their_licence(folder: Path) -> None:
    """REUSE.toml and SOURCES.md agree; a vendored file must not pass for our own."""
    annotations = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    for name, licence, _digest in ROW.findall((folder / "SOURCES.md").read_text(encoding="utf-8")):
        path = (folder / name).relative_to(ROOT).as_posix()
        last = [entry for entry in annotations if covers(entry["path"], path)][-1]
        assert licence.startswith(last["SPDX-License-Identifier"]), path
        assert last["SPDX-FileCopyrightText"] != "Wegnetz contributors", path


def covers(patterns: str | list[str], path: str) -> bool:
    return any(fnmatch.fnmatch(path, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))


def test_every_folder_of_vendored_files_is_checked() -> None:
    assert sorted(file.parent for file in files() if file.name == "SOURCES.md") == sorted(VENDORED)


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_links_between_pages_lead_somewhere() -> None:
    pages = [(file, text) for file, text in texts() if file.suffix == ".md"]
    broken = [
        f"{file.relative_to(ROOT)}: {target}"
        for file, text in pages
        for target in LINK.findall(text)
        if not (file.parent / target).exists()
    ]
    assert broken == []


def test_the_operator_reads_about_every_variable() -> None:
    settings = (ROOT / "src/wegnetz/config/settings.py").read_text(encoding="utf-8")
    variables = {first or second for first, second in VARIABLE.findall(settings)}
    assert "DATABASE_URL" in variables
    page = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    assert sorted(name for name in variables if f"`{name}`" not in page) == []


def test_the_page_about_the_structure_names_every_package() -> None:
    page = (ROOT / "docs/structure.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "src/wegnetz").glob("*/__init__.py")}
    assert sorted(name for name in packages if f"`{name}`" not in page) == []
