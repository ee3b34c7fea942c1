"""Forty people over a year: what mixing and introductions do to the ties that are alive when the programme is over.

A simulation: it says what follows from its assumptions, which it names with their sources, and nothing about anybody.
"""

from __future__ import annotations

import argparse
from time import perf_counter
from typing import Any

from bench.cohort.arms import A_SERIES, A_THURSDAY
from bench.cohort.parameters import Parameters
from bench.cohort.report import by_arm, compared, sensitivity
from bench.cohort.run import every, every_varied
from bench.machine import machine

QUICK = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, default=100, help="how many cohorts")
    parser.add_argument("--varied", type=int, default=20, help="how many of them with changed parameters")
    parser.add_argument("--processes", type=int, default=1, help="the figures are the same with any number")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} cohorts, and no parameter changed")


def run(options: argparse.Namespace) -> dict[str, Any]:
    given = Parameters()
    seeds = range(1, (QUICK if options.quick else options.seeds) + 1)
    varied = range(1, (0 if options.quick else min(options.varied, options.seeds)) + 1)
    start = perf_counter()
    cohorts = every(seeds, given, options.processes)
    between = perf_counter()
    changed = every_varied(varied, given, options.processes)
    end = perf_counter()
    return {
        "benchmark": "cohort",
        "cohorts": len(seeds),
        "search_seconds": {"a Thursday": A_THURSDAY, "a series": A_SERIES, "counted in": "steps"},
        "parameters": given.told(),
        "arms": by_arm(cohorts),
        "compared": compared(cohorts),
        "varied_cohorts": len(varied),
        "sensitivity": sensitivity(changed) if changed else {},
        "seconds": {"cohorts": round(between - start, 1), "varied": round(end - between, 1)},
        "machine": machine(),
    }
