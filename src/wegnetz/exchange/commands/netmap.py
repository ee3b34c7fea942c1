"""`wegnetz netmap FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wegnetz.engines.ego_network import (
    Change,
    Compared,
    Measures,
    NetworkMap,
    Version,
    change,
    measures,
    without_professionals,
)
from wegnetz.network.exporting import FORMATS
from wegnetz.network.importing import MOST_BYTES, MapFileError, read_with_remarks

DECIMALS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input", metavar="FILE",
        help="a map of Wegnetz, easyNWK (JSON or .nwk), Network Canvas (zip, GraphML) or egor (zip); - reads stdin",
    )  # fmt: skip
    parser.add_argument(
        "--as", dest="form", choices=FORMATS, metavar="FORMAT",
        help=f"write the map as another file to stdout instead of measuring it: {', '.join(FORMATS)}",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    try:
        raw = _read(options.input)
    except (OSError, ValueError) as error:
        print(f"{options.input}: cannot be read ({getattr(error, 'strerror', None) or error})", file=sys.stderr)
        return 2
    try:
        found = read_with_remarks(raw)
    except MapFileError as error:
        print(f"{options.input}: {error}", file=sys.stderr)
        return 2
    for remark in found.remarks:
        print(f"{options.input}: {remark}", file=sys.stderr)
    if options.form:
        sys.stdout.buffer.write(FORMATS[options.form].write(found.drawn))
    else:
        print(json.dumps(_measured(found.drawn), ensure_ascii=False, indent=2))
    return 0


def _read(name: str) -> bytes:
    """No more than shows that it is too much."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _measured(drawn: NetworkMap) -> list[dict[str, Any]]:
    """Each version; the last one of several also with what changed since the first."""
    versions = [_version(version) for version in drawn.versions]
    if changed := change(drawn):
        versions[-1]["change"] = _change(changed)
    return versions


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


def _change(changed: Change) -> dict[str, Any]:
    ties = changed.new_ties
    return {
        "measures": _pairs(changed.measures), "without_us": _pairs(changed.without_us),
        "carried": _pair(changed.carried),
        "new_ties": {
            "programme": ties.programme, "outside": ties.outside, "staff": ties.staff,
            "outside_share": _rounded(ties.outside_share),
            "survival_by_months": {str(months): dict(fates) for months, fates in ties.survival.items()},
        },
    }  # fmt: skip


def _pairs(measured: Mapping[str, Compared]) -> dict[str, dict[str, Any]]:
    return {name: _pair(pair) for name, pair in measured.items()}


def _pair(pair: Compared) -> dict[str, Any]:
    return {
        "before": _rounded(pair.before), "after": _rounded(pair.after), "n": list(pair.n), "missing": pair.missing
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
