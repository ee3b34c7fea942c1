"""`wegnetz netmap FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from wegnetz.engines.ego_network import Measures, Version, measures, without_professionals
from wegnetz.network.importing import MOST_BYTES, MapFileError, read_map

DECIMALS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="FILE", help="a map of easyNWK (JSON or .nwk); - reads stdin")


def run(options: argparse.Namespace) -> int:
    try:
        raw = _read(options.input)
    except (OSError, ValueError) as error:
        print(f"{options.input}: cannot be read ({getattr(error, 'strerror', None) or error})", file=sys.stderr)
        return 2
    try:
        drawn = read_map(raw)
    except MapFileError as error:
        print(f"{options.input}: {error}", file=sys.stderr)
        return 2
    print(json.dumps([_version(version) for version in drawn.versions], ensure_ascii=False, indent=2))
    return 0


def _read(name: str) -> bytes:
    """No more than shows that it is too much."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _version(version: Version) -> dict[str, Any]:
    found = measures(version)
    return {
        "title": version.title, "date": version.date, **_figures(found),
        "by_sector": dict(found.by_sector), "by_horizon": dict(found.by_horizon), "support": dict(found.support),
        "professionals": _rounded(found.professionals), "conflicts": found.conflicts,
        "without_professionals": _figures(measures(without_professionals(version))),
    }  # fmt: skip


def _figures(found: Measures) -> dict[str, Any]:
    return {
        "size": found.size, "tied": found.tied, "alter_ties": found.alter_ties, "density": _rounded(found.density),
        "mean_degree": _rounded(found.mean_degree), "components": found.components, "isolates": found.isolates,
        "multiplex": found.multiplex, "constraint": _rounded(found.constraint),
        "effective_size": _rounded(found.effective_size), "efficiency": _rounded(found.efficiency),
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
