"""`wegnetz replay-decisions`."""

from __future__ import annotations

import argparse
import sys

from wegnetz.participants.services import replay_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Decide every stored decision again, from its own facts and pack version, and compare."


def run(_options: argparse.Namespace) -> int:
    total, different = 0, []
    for decision, same in replay_all():
        total += 1
        if not same:
            different.append(decision)
    for decision in different:
        print(f"differs: {decision}", file=sys.stderr)
    print(f"{total} stored decisions, {total - len(different)} replay identically, {len(different)} differ.")
    return 1 if different else 0
