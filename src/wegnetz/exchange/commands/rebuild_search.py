"""`wegnetz rebuild-search`."""

from __future__ import annotations

import argparse

from wegnetz.directory.services import rebuild_search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Make anew what offers are searched by. It is kept in step by itself; this is for after a mishap, such as a "
        "database that was repaired by hand. Pages go on working meanwhile."
    )


def run(_options: argparse.Namespace) -> int:
    print(f"Offers that can be searched: {rebuild_search()}.")
    return 0
