"""Run a benchmark by name; without a name, list them."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence

BENCHMARKS: dict[str, str] = {
    "cohort": "what mixing and introductions do to the ties of forty people over a year, simulated",
    "decide": "how fast and in how much memory the rules decide, on one core",
    "designs": "search schedules in which nobody meets twice, by their symmetry",
    "introductions": "the best introductions for a cohort, beside first come, first served and stable matching",
    "mixing": "who sits with whom over a series of evenings, beside random and weekly greedy mixing",
    "pages": "how fast the desk answers with a full database, and with how many queries",
    "search": "how well interests are found in each language, also with a typo, and how fast offers are",
}


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        for name, summary in BENCHMARKS.items():
            print(f"python -m bench {name:<14} {summary}")
        return 0
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, summary in BENCHMARKS.items():
        benchmark = names.add_parser(name, help=summary, description=summary)
        if given[0] == name:
            importlib.import_module(f"bench.{name}").add_arguments(benchmark)
    options = parser.parse_args(given)
    figures = importlib.import_module(f"bench.{options.name}").run(options)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
