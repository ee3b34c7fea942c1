"""A Wegnetz of its own, started, used and stopped by the command line as its operator does."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from bench.databases import databases

START_SECONDS, STOP_SECONDS, COMMAND_SECONDS = 90.0, 20.0, 60.0
ADDRESS = re.compile(r"Wegnetz runs at (http://\S+)")
# Nothing of the settings of the tests may reach it: it gets these, and what it is given on purpose.
KEPT = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")
WEGNETZ = (sys.executable, "-m", "wegnetz.exchange.cli")


@dataclass(frozen=True, slots=True)
class Installation:
    """Its address without the last slash, its environment, and every line it has printed so far."""

    address: str
    environment: dict[str, str]
    printed: list[str]

    def run(self, *arguments: str) -> str:
        """What a command such as `add-staff` prints. AssertionError with its complaint when it fails."""
        done = subprocess.run(
            [*WEGNETZ, *arguments], env=self.environment, capture_output=True, text=True, timeout=COMMAND_SECONDS,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def delete(self, table: str, where: str = "") -> int:
        """Delete rows behind the back of the program: how many there were."""
        sql = f"DELETE FROM {table} {where}"
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url, autocommit=True) as connection:
                return connection.execute(sql.encode()).rowcount
        with sqlite3.connect(Path(self.environment["WEGNETZ_DATA"]) / "wegnetz.sqlite3") as database:
            return database.execute(sql).rowcount

    def forget_attempts(self) -> None:
        """How often somebody tried to sign in, of which all journeys together have too many."""
        self.delete("core_cache")


@contextlib.contextmanager
def installation(folder: Path, *options: str, **settings: str) -> Iterator[Installation]:
    """`wegnetz up` with its data in `folder`. Stopped in any case; a traceback in what it printed is a failure."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with databases(os.environ.get("WEGNETZ_TEST_DATABASE")) as urls, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = kept | urls | settings | {"WEGNETZ_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
        with _running([*WEGNETZ, "up", "--port", str(port), *options], environment) as (printed, lines):
            yield Installation(_address(printed, lines), environment, printed)
        assert "Traceback" not in "".join(printed), "".join(printed)


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[tuple[list[str], queue.Queue[str]]]:
    printed: list[str] = []
    lines: queue.Queue[str] = queue.Queue()
    # In the process group of the tests: whoever interrupts or ends them ends it too.
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        reader = threading.Thread(target=_read, args=(process.stdout, printed, lines), daemon=True)
        reader.start()
        try:
            yield printed, lines
        finally:
            _stop(process)
            reader.join(STOP_SECONDS)


def _read(stream: IO[str], printed: list[str], lines: queue.Queue[str]) -> None:
    for line in stream:
        printed.append(line)
        lines.put(line)
    lines.put("")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _address(printed: list[str], lines: queue.Queue[str]) -> str:
    until = time.monotonic() + START_SECONDS
    with contextlib.suppress(queue.Empty):
        while line := lines.get(timeout=max(until - time.monotonic(), 0.0)):
            if found := ADDRESS.search(line):
                return found[1].rstrip("/")
    raise AssertionError(f"wegnetz up gave no address within {START_SECONDS:.0f} s:\n{''.join(printed)}")
