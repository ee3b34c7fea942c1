"""Remove each check that keeps people's data apart, one at a time, and see whether a test turns red.

    python tools/mutants.py [--only WORD] [--sample 60] [--jobs 2] [--seconds 300] > mutants.json

A mutant is one edit on a copy of the tree: a condition of a scope or of what a door opens dropped, a refusal of a
service left out, a policy of a screen weakened, a policy, a key or a trigger of the database left out, a reading that
is not recorded, a step of the guard skipped. The fitting tests run on the copy, the cheapest first, until one fails:
then the mutant is killed. Where it pays, all run once on the tree as it is, to see which of them run which line. Needs
a PostgreSQL that lets WEGNETZ_TEST_DATABASE in for what only that database enforces; without one those are left out,
and that is said.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from reach import Reach, find_reach

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "src/wegnetz"
COPIED = ("src", "tests", "programmes", "pyproject.toml", "bench", "tools", ".importlinter")

ISOLATION = ("tests/isolation",)
# For what each table of the database's own rules is about, the tests of that first.
POLICIES = ("tests/isolation/test_raw_sql.py", *ISOLATION)
TABLES = {
    "TOGETHER": ("tests/isolation/test_glued_rows.py", *ISOLATION),
    "LASTING": ("tests/isolation/test_what_lasts.py", *ISOLATION),
    "REFUSED": ("tests/isolation/test_who_leads.py", *ISOLATION),
}
SCREENS = ("tests/desk/test_access_matrix.py::test_every_screen_stands_in_the_table_with_the_policy_it_declares",)
SCOPES = (
    "tests/isolation/test_scope_law.py",
    "tests/casework", "tests/participants", "tests/desk/test_consents.py", "tests/desk/test_referrals.py",
    "tests/desk/test_glass_pages.py", "tests/desk/test_sealed.py", "tests/desk/test_canaries.py",
    "tests/desk/test_access_matrix.py",
)  # fmt: skip
WRITING = (
    "tests/casework", "tests/participants", "tests/desk/test_consents.py", "tests/desk/test_referrals.py",
    "tests/desk/test_plan.py", "tests/desk/test_journal.py", "tests/desk/test_closing.py", "tests/desk/test_keeping.py",
    "tests/desk/test_glass_pages.py", "tests/desk/test_sealed.py", "tests/desk/test_canaries.py",
)  # fmt: skip
LETTERS = ("tests/casework/test_travelling.py", "tests/casework/test_letters.py", *WRITING)
READINGS = ("tests/casework", "tests/participants", "tests/desk/test_reading_is_recorded.py")
GUARD = (
    "tests/desk/test_reading_is_recorded.py", "tests/desk/test_audit_unavailable.py", "tests/accounts",
    "tests/desk/test_calendar.py", "tests/desk/test_access_matrix.py", "tests/desk/test_kept_input.py",
    "tests/desk/test_headers.py",
    "tests/isolation",
)  # fmt: skip
# Takes a minute, and looks for what a killed process loses.
LEFT_OUT = "tests/casework/test_kill.py"
OUT_OF_TIME, NOT_JUDGED = "time", "exit code"
# Among these, those that run the line of the mutant come first, as far as they take so many seconds together.
SOUGHT = (WRITING, LETTERS, READINGS, GUARD)
FIRST_SECONDS = 90.0
# To find them all tests run once: for fewer mutants than this it takes longer than it saves.
WORTH_IT = 12
WEAKER = {"TEAM": "STAFF", "LEADING": "WORK", "WORK": "PEOPLE", "PEOPLE": "STAFF", "STAFF": "PUBLIC"}


@dataclass(frozen=True)
class Mutant:
    """An edit: the text between two places of a file becomes `new`. `line` is where it is, counted from 1; `branch` the
    line that runs only where the check bites, 0 where there is none of its own."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    new: str
    tests: tuple[str, ...]
    postgresql: bool = False
    branch: int = 0

    def last_line(self, source: str) -> int:
        return self.line + source.count("\n", self.start, self.end)

    def name(self, source: str) -> str:
        old = " ".join(source[self.start : self.end].split())
        return f"{self.file}:{self.line} {self.kind}: {old[:90]} -> {self.new[:40] or 'nothing'}"


class Source:
    """A file with its syntax tree, and edits on it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.text = (ROOT / file).read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        self.lines = [0]
        for line in self.text.encode().splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def place(self, line: int, column: int) -> int:
        """Where a place of the tree, counted in bytes, is in the text."""
        return len(self.text.encode()[: self.lines[line - 1] + column].decode())

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        return (
            self.place(node.lineno, node.col_offset),
            self.place(node.end_lineno or node.lineno, node.end_col_offset or 0),
        )

    def of(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def edit(
        self, node: ast.expr | ast.stmt | ast.keyword, kind: str, new: str, tests: tuple[str, ...], *, pg: bool = False,
        branch: int = 0,
    ) -> Mutant:  # fmt: skip
        start, end = self.span(node)
        return Mutant(self.file, node.lineno, kind, start, end, new, tests, postgresql=pg, branch=branch)


def scope_mutants(file: str) -> Iterator[Mutant]:
    """Each condition of the scope functions dropped: an argument, a side of an `and`, a `not`, a way out."""
    source = Source(file)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
            yield source.edit(node, "side dropped", source.of(node.left), SCOPES)
            yield source.edit(node, "side dropped", source.of(node.right), SCOPES)
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitAnd):
            yield source.edit(node, "side dropped", "pass", SCOPES)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            yield source.edit(node, "not dropped", "Q()", SCOPES)
        elif isinstance(node, ast.If):
            yield source.edit(node.test, "way out dropped", "False", SCOPES)
        elif isinstance(node, ast.Call):
            yield from _dropped_arguments(source, node)


def _dropped_arguments(source: Source, call: ast.Call) -> Iterator[Mutant]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "exclude" and isinstance(call.func, ast.Attribute):
        yield source.edit(call, "exclude dropped", source.of(call.func.value), SCOPES)
    if name not in {"filter", "Q", "exclude"}:
        return
    arguments: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    for argument in arguments if name == "filter" or len(arguments) > 1 else ():
        if not isinstance(argument, ast.UnaryOp):
            kept = ", ".join(source.of(other) for other in arguments if other is not argument)
            yield source.edit(call, "condition dropped", f"{source.of(call.func)}({kept})", SCOPES)


def sources(*folders: str) -> Iterator[Source]:
    for folder in folders:
        for path in sorted((ROOT / PACKAGE / folder).glob("*.py")):
            yield Source(str(path.relative_to(ROOT)))


def screen_mutants() -> Iterator[Mutant]:
    """The policy of each screen weakened by one step."""
    for source in sources("desk/views"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "screen":
                policy = node.args[0]
                if isinstance(policy, ast.Attribute) and policy.attr in WEAKER:
                    yield source.edit(policy, "policy weakened", f"Policy.{WEAKER[policy.attr]}", SCREENS)


def database_mutants() -> Iterator[Mutant]:
    """Each policy opened, each composite key and each refusal left out."""
    source = Source(f"{PACKAGE}/config/isolation.py")
    for node in ast.walk(source.tree):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name == "Guarded":
            rest = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
            for condition in rest:
                yield source.edit(condition, "policy opened", '"true"', POLICIES, pg=True)
    for assigned in ast.walk(source.tree):
        if isinstance(assigned, ast.AnnAssign) and (tests := TABLES.get(getattr(assigned.target, "id", ""))):
            for element in assigned.value.elts if isinstance(assigned.value, ast.Tuple) else ():
                yield source.edit(element, "left out", "*()", tests)


def reading_mutants() -> Iterator[Mutant]:
    """Each record of a reading left out, and each check that a page recorded what it shows."""
    for source in sources("participants/selectors", "casework/selectors"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                if getattr(node.value.func, "id", "") == "record_reading":
                    yield source.edit(node, "reading not recorded", "pass", READINGS)
            elif isinstance(node, ast.If) and "NotRecordedError" in source.of(node):
                yield source.edit(node.test, "check dropped", "False", READINGS, branch=node.body[0].lineno)


def door_mutants() -> Iterator[Mutant]:
    """What a door opens: each condition of the categories dropped, in a branch or in a comprehension."""
    for file, tests in (("participants/selectors/doors.py", WRITING), ("casework/selectors/travelling.py", LETTERS)):
        source = Source(f"{PACKAGE}/{file}")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.If):
                yield source.edit(node.test, "way out dropped", "False", tests, branch=node.body[0].lineno)
            elif isinstance(node, ast.comprehension):
                for condition in node.ifs:
                    yield source.edit(condition, "condition dropped", "True", tests)
            elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
                for part in node.values:
                    yield source.edit(part, "condition dropped", "True", tests)


def service_mutants() -> Iterator[Mutant]:
    """Each refusal of a service left out: a branch that does nothing but raise."""
    for source in sources("participants/services", "casework/services"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
                yield source.edit(node.test, "refusal left out", "False", WRITING, branch=node.body[0].lineno)


def guard_mutants() -> Iterator[Mutant]:
    """Each step of the guard skipped, and each of its shelters left out."""
    source = Source(f"{PACKAGE}/desk/guard.py")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.If):
            yield source.edit(node.test, "step skipped", "False", GUARD, branch=node.body[0].lineno)
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                yield source.edit(part, "step skipped", str(isinstance(node.op, ast.And)), GUARD)
        elif isinstance(node, ast.withitem):
            only_there = "acting_as" in source.of(node.context_expr)
            yield source.edit(node.context_expr, "shelter left out", "nullcontext()", GUARD, pg=only_there)
        elif isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.expr):
            yield source.edit(node.type, "error not answered", "ZeroDivisionError", GUARD)


def connection_mutants() -> Iterator[Mutant]:
    """What a transaction begins with made to outlast it, or left out."""
    source = Source(f"{PACKAGE}/core/scope.py")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr) and source.of(node).startswith(('f"SET LOCAL', "f'SET LOCAL")):
            yield source.edit(node, "outlasts", source.of(node).replace("SET LOCAL", "SET"), ISOLATION, pg=True)
        elif isinstance(node, ast.Expr) and getattr(getattr(node.value, "func", None), "id", "") in {"_say", "_begin"}:
            yield source.edit(node, "not said", "pass", ISOLATION, pg=True)


def every_mutant() -> Iterator[Mutant]:
    seen: set[tuple[str, int, int, str]] = set()
    makers: Iterable[Callable[[], Iterator[Mutant]]] = (
        lambda: scope_mutants(f"{PACKAGE}/participants/access.py"),
        lambda: scope_mutants(f"{PACKAGE}/casework/access.py"),
        door_mutants, service_mutants, guard_mutants, reading_mutants, database_mutants, connection_mutants,
        screen_mutants,
    )  # fmt: skip
    for make in makers:
        for mutant in make():
            if (edit := (mutant.file, mutant.start, mutant.end, mutant.new)) not in seen:
                seen.add(edit)
                yield mutant


@dataclass
class Copy:
    """A copy of the tree in which one mutant at a time lives."""

    folder: Path
    number: int

    def judge(self, mutant: Mutant, reach: Reach, seconds: int) -> dict[str, object]:
        """Run the fitting tests on the mutant. `killed` says whether one failed; running out of time proves nothing."""
        target, original = self.folder / mutant.file, (ROOT / mutant.file).read_text(encoding="utf-8")
        target.write_text(original[: mutant.start] + mutant.new + original[mutant.end :], encoding="utf-8")
        began = time.monotonic()
        spans = [range(mutant.branch, mutant.branch + 1), range(mutant.line, mutant.last_line(original) + 1)]
        first = reach.tests_of(mutant.file, spans, within=FIRST_SECONDS)
        try:
            by = self._first_failure(mutant, first, seconds) if first and mutant.tests in SOUGHT else ""
            if not is_kill(by):
                by = self._first_failure(mutant, mutant.tests, seconds)
        finally:
            target.write_text(original, encoding="utf-8")
        took = round(time.monotonic() - began, 1)
        return {"mutant": mutant.name(original), "killed": is_kill(by), "by": by, "seconds": took}

    def _first_failure(self, mutant: Mutant, tests: Iterable[str], seconds: int) -> str:
        environment = os.environ | {
            "PYTHONPATH": f"{self.folder / 'src'}", "WEGNETZ_TEST_NAME": f"mutant{self.number}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        if not mutant.postgresql:
            environment.pop("WEGNETZ_TEST_DATABASE", None)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "--show-capture=no",
                   "-p", "no:cacheprovider", f"--ignore={LEFT_OUT}", *tests]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter and tests
                command, cwd=self.folder, env=environment, timeout=seconds, capture_output=True, text=True, check=False
            )
        except subprocess.TimeoutExpired:
            return OUT_OF_TIME
        if done.returncode == 0:
            return ""
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        # A test failed, or the tests could not even be read.
        seen = failed and done.returncode in {1, 2}
        return failed[0][:160] if seen else f"{NOT_JUDGED} {done.returncode}"


def is_kill(by: str) -> bool:
    return bool(by) and by != OUT_OF_TIME and not by.startswith(NOT_JUDGED)


def judge_all(mutants: list[Mutant], jobs: int, seconds: int) -> Iterator[dict[str, object]]:
    copies: Queue[Copy] = Queue()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for number in range(jobs):
            copy = Path(folder) / str(number)
            for part in COPIED:
                whole = ROOT / part
                copier = shutil.copytree if whole.is_dir() else shutil.copy2
                copy.mkdir(exist_ok=True)
                copier(whole, copy / part)
            copies.put(Copy(copy, number))

        sought = [mutant for mutant in mutants if mutant.tests in SOUGHT]
        reach = Reach()
        if len(sought) >= WORTH_IT:
            files = sorted({mutant.file for mutant in sought})
            tests = list(dict.fromkeys(test for mutant in sought for test in mutant.tests))
            reach = find_reach([copy.folder for copy in copies.queue], files, tests, [f"--ignore={LEFT_OUT}"])

        def judge(mutant: Mutant) -> dict[str, object]:
            copy = copies.get()
            try:
                return copy.judge(mutant, reach, seconds)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(judge, mutants)


def main() -> int:
    parser = argparse.ArgumentParser(description="Remove each check in turn and see whether a test turns red.")
    parser.add_argument("--only", default="", help="mutants whose name holds this word")
    parser.add_argument("--sample", type=int, default=0, help="so many of them, drawn at random with seed 1")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--seconds", type=int, default=600, help="for the tests of one mutant; then it counts as survived"
    )
    parser.add_argument("--list", action="store_true", help="only say which mutants there are")
    options = parser.parse_args()
    sources: dict[str, str] = {}
    mutants = []
    for mutant in every_mutant():
        text = sources.setdefault(mutant.file, (ROOT / mutant.file).read_text(encoding="utf-8"))
        if options.only in mutant.name(text):
            mutants.append(mutant)
    if options.sample:
        mutants = random.Random(1).sample(mutants, min(options.sample, len(mutants)))  # noqa: S311  no secret
    if options.list:
        for mutant in mutants:
            print(mutant.name(sources[mutant.file]))
        return 0
    possible = [mutant for mutant in mutants if not mutant.postgresql or os.environ.get("WEGNETZ_TEST_DATABASE")]
    verdicts = []
    for verdict in judge_all(possible, options.jobs, options.seconds):
        verdicts.append(verdict)
        print("killed  " if verdict["killed"] else "SURVIVED", verdict["seconds"], verdict["mutant"], file=sys.stderr)
    killed = sum(bool(verdict["killed"]) for verdict in verdicts)
    score = round(killed / len(verdicts), 3) if verdicts else 0.0
    left_out = len(mutants) - len(possible)
    print(json.dumps({"mutants": len(verdicts), "killed": killed, "score": score, "left_out": left_out,
                      "survived": [v for v in verdicts if not v["killed"]], "all": verdicts}, indent=1))  # fmt: skip
    return 0 if score >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
