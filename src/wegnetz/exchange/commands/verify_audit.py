"""`wegnetz verify-audit [--heads FILE ...]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from uuid import UUID

from wegnetz.accounts.selectors import organisation_keys
from wegnetz.audit.selectors.proof import MOST_FINDINGS, Verification, verify_audit

SHOWN_OF_EACH = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Check every chain of the audit and every signed head, event by event."
    parser.add_argument(
        "--heads", type=Path, action="append", default=[], metavar="FILE",
        help="also check against a copy of signed heads that was kept elsewhere; can be repeated",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    try:
        copies = [(str(path), path.read_bytes().splitlines()) for path in options.heads]
        done = verify_audit(copies)
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror}). Nothing was verified.", file=sys.stderr)
        return 2
    show_findings(done)
    print(f"{done.events} events in {done.chains} chains verified, {len(done.findings)} findings.")
    print(f"Last signed heads: {done.last.at:%Y-%m-%d %H:%M} UTC." if done.last else "No heads were signed yet.")
    return 1 if done.findings else 0


def show_findings(done: Verification) -> None:
    keys = organisation_keys()
    found: dict[UUID | str, list[str]] = {}
    for where, place, fault in done.findings:
        found.setdefault(where, []).append(f"{place}: {fault}")
    for where, lines in found.items():
        name = keys.get(where, str(where)) if isinstance(where, UUID) else where
        print(*(f"{name} {line}" for line in lines[:SHOWN_OF_EACH]), sep="\n", file=sys.stderr)
        if len(lines) > SHOWN_OF_EACH:
            print(f"{name}: {len(lines) - SHOWN_OF_EACH} more", file=sys.stderr)
    if len(done.findings) == MOST_FINDINGS:
        print("It stopped here; there may be more.", file=sys.stderr)
