"""A place to ask `wegnetz decide` from a test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from wegnetz.exchange.cli import main

DAY = "2021-03-01"
BIRTH = "a day that exists, written 2001-12-31 or 2001"
KNOWN = "birth_date, residence_status, work_ban"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A folder with the minimal pack and a file for the answers."""

    pack: Path
    file: Path
    capsys: pytest.CaptureFixture[str]

    def ask(self, facts: bytes | object, *more: str, on: str = DAY) -> Run:
        self.file.write_bytes(facts if isinstance(facts, bytes) else json.dumps(facts).encode())
        return self.run("--pack", str(self.pack), "--on", on, "--facts", str(self.file), *more)

    def run(self, *arguments: str) -> Run:
        code = main(["decide", *arguments])
        written = self.capsys.readouterr()
        return Run(code, written.out, written.err)


PERSON = {"birth_date": "2000", "residence_status": "duldung"}


def results(run: Run) -> dict[str, str]:
    return {block["id"]: block["result"] for block in json.loads(run.out)["blocks"]}
