"""Which tests run which line, so that a mutant is shown to those that can see it, the quickest first.

As a plugin of pytest (`-p reach`) it tells coverage which test runs, and writes down how long each took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import coverage
import pytest

SECONDS = "WEGNETZ_REACH_SECONDS"
_taken: defaultdict[str, float] = defaultdict(float)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if tracer := coverage.Coverage.current():
        tracer.switch_context(item.nodeid)
    yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _taken[report.nodeid] += report.duration


def pytest_sessionfinish() -> None:
    Path(os.environ[SECONDS]).write_text(json.dumps(_taken), encoding="utf-8")


@dataclass(frozen=True)
class Reach:
    """By file and line, the tests that run it; and how many seconds each test takes."""

    lines: Mapping[str, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    def tests_of(self, file: str, spans: Iterable[range], *, within: float) -> list[str]:
        """The tests that run a line of the first span, then those of the next ones, the quickest first each time; as
        far as they take so many seconds together."""
        lines = self.lines.get(file, {})
        found: dict[str, float] = {}
        for span in spans:
            tests = {test for line in span for test in lines.get(line, ())}
            found |= {test: self.seconds[test] for test in sorted(tests, key=lambda test: (self.seconds[test], test))}
        together = accumulate(found.values())
        return [test for test, so_far in zip(found, together, strict=True) if so_far <= within]


def find_reach(folders: Sequence[Path], files: Sequence[str], tests: Sequence[str], options: Sequence[str]) -> Reach:
    """Run the tests once, shared out among copies of the tree, while coverage looks at `files`."""
    shares = [tests[number :: len(folders)] for number in range(len(folders))]
    with ThreadPoolExecutor(len(folders)) as pool:
        found = list(pool.map(lambda folder, share: _watch(folder, files, [*options, *share]), folders, shares))
    lines: dict[str, defaultdict[int, set[str]]] = {file: defaultdict(set) for file in files}
    seconds: dict[str, float] = {}
    for data, taken in found:
        seconds |= taken
        for measured in data.measured_files():
            file = next((file for file in files if Path(measured).as_posix().endswith(f"/{file}")), "")
            for line, contexts in data.contexts_by_lineno(measured).items() if file else ():
                lines[file][line].update(test for test in contexts if test in taken)
    return Reach({file: {line: frozenset(all_) for line, all_ in of.items()} for file, of in lines.items()}, seconds)


def _watch(
    folder: Path, files: Sequence[str], arguments: Sequence[str]
) -> tuple[coverage.CoverageData, dict[str, float]]:
    data_file, seconds = folder / ".coverage", folder / "seconds.json"
    environment = os.environ | {"PYTHONPATH": f"{folder / 'src'}:{folder / 'tools'}", SECONDS: str(seconds)}
    environment.pop("WEGNETZ_TEST_DATABASE", None)
    command = [sys.executable, "-m", "coverage", "run", f"--data-file={data_file}", f"--include={','.join(files)}",
               "-m", "pytest", "-q", "--no-header", "-p", "reach", "-p", "no:cacheprovider", *arguments]  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"The tests must pass before a mutant is judged:\n{done.stdout[-3000:]}")
    data = coverage.CoverageData(str(data_file))
    data.read()
    return data, json.loads(seconds.read_text(encoding="utf-8"))
