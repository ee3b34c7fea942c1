"""`wegnetz load-pack PATH [--yes]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from uuid import UUID

from wegnetz.directory.interests.programme import faults_of
from wegnetz.participants.selectors import turns_of
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.services import VersionTakenError, propose, put_in_force, read_candidate

SMALLEST_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="PATH", help="folder of the programme pack")
    parser.add_argument("--yes", action="store_true", help="put it in force; without this, only propose it")


def run(options: argparse.Namespace) -> int:
    try:
        candidate = read_candidate(options.folder)
        faults = tuple(faults_of(candidate.pack))
    except PackError as error:
        faults = error.faults
    except VersionTakenError as error:
        print(
            f"{error.pack} {error.version} was loaded before with another content. "
            "Stored decisions name it, so it stays as it was: raise `version` in programme.toml.",
            file=sys.stderr,
        )
        return 1
    if faults:
        print(*faults, f"{len(faults)} to mend.", sep="\n", file=sys.stderr)
        return 1
    if options.yes:
        version = put_in_force(candidate)
        show_effect(version)
        print(f"{candidate.pack.id} {candidate.pack.version} is in force.")
        return 0
    version = propose(candidate)
    show_effect(version)
    print("Nothing is in force yet. Case managers see on their start page for whom it would decide differently.")
    print("To put it in force: the same command with --yes")
    return 0


def show_effect(version: UUID) -> None:
    """Print how many people the pack turns from one result to another; who they are is not the operator's."""
    turns = turns_of(version)
    if not turns:
        print("It decides the same for everyone registered here.")
        return
    print("It decides differently (a person can be in several lines; what was recorded stays valid):")
    for (block, before, after), number in sorted(turns.items()):
        shown = f"fewer than {SMALLEST_SHOWN}" if number < SMALLEST_SHOWN else str(number)
        print(f"  {block}: {before} -> {after}: {shown}")
