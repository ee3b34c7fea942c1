"""What import-linter cannot see: relations between tables, writes in doors, signals, the clock, size."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "wegnetz"
DOORS = ("desk", "portal", "exchange")
PURE = ("rules", "engines")

SYNCHRONOUS = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
WRITES = frozenset(SYNCHRONOUS | {f"a{name}" for name in SYNCHRONOUS})
# Sets and lists have these too; they count only after an attribute, as in `person.organisations.add(…)`.
ON_RELATIONS = frozenset({"add", "set", "clear", "remove"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
CLOCK = frozenset({"today", "now", "utcnow"})
OUTSIDE = frozenset({"open", "print", "input", "exec", "eval", "__import__"})
JUNK_DRAWERS = frozenset({"utils", "util", "common", "helpers", "helper", "misc"})

MAX_FUNCTION_LINES = 60
MAX_FILE_LINES = 400
# A file or the `file:line` of a function that may be longer, with its reason beside it. Meant to stay empty.
LONGER_ALLOWED: frozenset[str] = frozenset()

Finder = Callable[[ast.Module], Iterator[int]]


# --- finding -----------------------------------------------------------------------------------------


def order_of_packages() -> dict[str, int]:
    """The rank of each package in `.importlinter`: the higher, the nearer to the user."""
    ini = configparser.ConfigParser()
    ini.read(ROOT / ".importlinter")
    rows = ini["importlinter:contract:layers"]["layers"].strip().splitlines()
    return {name.strip(): -depth for depth, row in enumerate(rows) for name in row.split("|")}


def upward_relations(models: Iterable[type[Model]], rank: dict[str, int]) -> Iterator[str]:
    for model in models:
        for field in model._meta.get_fields():
            other = field.related_model
            if not field.is_relation or field.auto_created or not isinstance(other, type):
                continue
            here, there = model._meta.app_label, other._meta.app_label
            if here in rank and there in rank and here != there and rank[there] >= rank[here]:
                yield f"{here}.{model.__name__}.{field.name} -> {there}"


def orm_writes(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            if name in WRITES or (name in ON_RELATIONS and isinstance(owner, ast.Attribute)):
                yield node.lineno


def managers(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.lineno


def signals(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        if any(name.startswith("django.dispatch") or name.endswith(".signals") for name in names):
            yield node.lineno


def ready_methods(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "ready":
            yield node.lineno


def clock_and_outside(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in CLOCK:
                yield node.lineno
            case ast.Name(id=name) if name in OUTSIDE:
                yield node.lineno


def long_functions(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES:
            yield node.lineno


def python_files(*folders: str) -> list[Path]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in files if not {"migrations", "vendor"} & set(file.parts)]


def places(find: Finder, files: Iterable[Path]) -> list[str]:
    """Where a finder finds something, as `file:line`."""
    found = ((file, line) for file in files for line in find(ast.parse(file.read_text(encoding="utf-8"))))
    return [f"{file.relative_to(ROOT).as_posix()}:{line}" for file, line in found]


def door_files() -> list[Path]:
    return python_files(*(f"src/wegnetz/{door}" for door in DOORS))


# --- the house as it stands --------------------------------------------------------------------------


def test_foreign_keys_point_down() -> None:
    assert list(upward_relations(apps.get_models(), order_of_packages())) == []


def test_every_package_has_a_place_in_the_order() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == set(order_of_packages())


def test_doors_never_write_through_the_orm() -> None:
    """It cannot tell a model from another object: in a door write `a | b` for `a.update(b)`."""
    assert places(orm_writes, door_files()) == []


def test_doors_never_touch_a_manager() -> None:
    assert places(managers, door_files()) == []


def test_nothing_listens_to_signals() -> None:
    assert places(signals, python_files("src")) == []


def test_nothing_happens_when_an_app_gets_ready() -> None:
    assert places(ready_methods, python_files("src")) == []


def test_rules_and_engines_read_no_clock_and_no_files() -> None:
    assert places(clock_and_outside, python_files(*(f"src/wegnetz/{name}" for name in PURE))) == []


def test_there_is_no_junk_drawer() -> None:
    found = [path for path in PACKAGE.rglob("*") if path.stem in JUNK_DRAWERS and "static" not in path.parts]
    assert found == []


def test_functions_stay_short() -> None:
    found = places(long_functions, python_files("src", "tests", "tools", "bench"))
    assert [place for place in found if place not in LONGER_ALLOWED] == []


def test_files_stay_short() -> None:
    long = [
        file.relative_to(ROOT).as_posix()
        for file in python_files("src", "tests", "tools", "bench")
        if len(file.read_text(encoding="utf-8").splitlines()) > MAX_FILE_LINES
    ]
    assert [file for file in long if file not in LONGER_ALLOWED] == []


# --- the finders find what they are for --------------------------------------------------------------

LONG = "def long():\n" + "    pass\n" * MAX_FUNCTION_LINES
SHORT = "def short():\n" + "    pass\n" * (MAX_FUNCTION_LINES - 1)


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (orm_writes, "person.save()"),
        (orm_writes, "Person.objects.filter(pk=1).update(name='')"),
        (orm_writes, "person.organisations.add(other)"),
        (managers, "Person.objects"),
        (managers, "type(person)._default_manager"),
        (signals, "from django.dispatch import receiver"),
        (signals, "from django.db.models.signals import post_save"),
        (signals, "from django.db.models import signals"),
        (signals, "import django.dispatch"),
        (ready_methods, "class Config(AppConfig):\n    def ready(self): pass"),
        (clock_and_outside, "date.today()"),
        (clock_and_outside, "datetime.now(UTC)"),
        (clock_and_outside, "open('file')"),
        (long_functions, LONG),
    ],
)
def test_a_finder_finds_what_it_is_for(find: Finder, source: str) -> None:
    assert len(list(find(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (orm_writes, "seen.add(person)\nwithdraw_consent(consent, by=viewer, on=day)"),
        (managers, "people_visible_to(viewer)"),
        (signals, "from wegnetz.core.events import emit"),
        (ready_methods, "ready = True"),
        (clock_and_outside, "day.isoformat()"),
        (long_functions, SHORT),
    ],
)
def test_a_finder_leaves_the_rest_alone(find: Finder, source: str) -> None:
    assert list(find(ast.parse(source))) == []


def test_a_relation_that_points_up_is_found() -> None:
    upside_down = {name: -rank for name, rank in order_of_packages().items()}
    assert list(upward_relations(apps.get_models(), upside_down)) != []
