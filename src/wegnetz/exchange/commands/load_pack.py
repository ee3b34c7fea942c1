"""`wegnetz load-pack PATH [--yes]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from django.utils import timezone

from wegnetz.participants.services import Effect, preview_pack
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.selectors import NoProgrammeError, active_pack
from wegnetz.programme.services import Candidate, VersionTakenError, put_in_force, read_candidate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="PATH", help="folder of the programme pack")
    parser.add_argument("--yes", action="store_true", help="put it in force; without this, only show the effect")


def run(options: argparse.Namespace) -> int:
    try:
        candidate = read_candidate(options.folder)
    except PackError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 1
    except VersionTakenError as error:
        print(
            f"{error.pack} {error.version} was loaded before with another content. "
            "Stored decisions name it, so it stays as it was: raise `version` in programme.toml.",
            file=sys.stderr,
        )
        return 1
    try:
        show_effect(candidate, active_pack().version)
    except NoProgrammeError:
        print(f"{candidate.pack.id} {candidate.pack.version} is the first pack of this installation.")
    if not options.yes:
        print("Nothing has been changed. To put it in force: the same command with --yes")
        return 0
    put_in_force(candidate)
    print(f"{candidate.pack.id} {candidate.pack.version} is in force.")
    return 0


def show_effect(candidate: Candidate, current: str) -> None:
    """Print, by pseudonym, for whom the pack would decide differently."""
    print(f"In force: {current}. Candidate: {candidate.pack.version}.")
    effects = list(preview_pack(candidate.pack, today=timezone.localdate()))
    if not effects:
        print("It decides the same for everyone.")
        return
    turns = Counter((c.block, str(c.before), str(c.after)) for effect in effects for c in effect.changes)
    print(f"It decides differently for {len(effects)} people:")
    for (block, before, after), number in sorted(turns.items()):
        print(f"  {block}: {before} -> {after}: {number}")
    for effect in effects:
        print(f"  {effect.pseudonym}: {_turns(effect)}")
    losing = [effect for effect in effects if effect.was_open]
    if losing:
        names = ", ".join(effect.pseudonym for effect in losing)
        print(f"Recorded as open to {len(losing)} of them and different under the new pack: {names}.")
        print("What was recorded stays valid. Their case managers see a note and decide.")


def _turns(effect: Effect) -> str:
    return ", ".join(f"{c.block} {c.before} -> {c.after}" for c in effect.changes)
