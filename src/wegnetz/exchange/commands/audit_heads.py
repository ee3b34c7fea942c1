"""`wegnetz audit-heads`: the latest signed heads, for partners to keep."""

from __future__ import annotations

import argparse
import sys

from wegnetz.audit.selectors.heads import latest_entry, public_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Print the latest signed heads of the audit and the key to check them with. Lines of several days in one "
        "file are a copy that `wegnetz verify-audit --heads FILE` checks the audit against."
    )


def run(_options: argparse.Namespace) -> int:
    line = latest_entry()
    if line is None:
        print("No heads were signed yet; the worker does so every five minutes.", file=sys.stderr)
        return 2
    print(f"# public key (Ed25519): {public_key()}", line, sep="\n")
    return 0
