"""`wegnetz check-pack FOLDER`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wegnetz.directory.interests.programme import faults_of
from wegnetz.programme.pack.checks import unconfirmed
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.reader import read_pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="PATH", help="folder with the pack's programme.toml")


def run(options: argparse.Namespace) -> int:
    try:
        pack = read_pack(options.folder)
        faults = (*run_examples(pack), *faults_of(pack))
    except PackError as error:
        faults = error.faults
    if faults:
        for fault in faults:
            print(fault, file=sys.stderr)
        print(f"{len(faults)} to mend.", file=sys.stderr)
        return 1
    waiting = sum(1 for _ in unconfirmed(pack))
    print(
        f"{pack.id} {pack.version}: sound. {len(pack.examples)} examples agree. {waiting} statements are unconfirmed."
    )
    if not pack.examples:
        print("It has no examples, so nothing shows that its rules do what is meant.")
    return 0
