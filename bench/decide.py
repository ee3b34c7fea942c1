"""How fast the rules decide: synthetic people, every block, one core, no database."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.machine import machine, peak_memory
from bench.population import people
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import read_pack
from wegnetz.rules.decisions import Result
from wegnetz.rules.facts import facts_on

REFERENCE_PACK = Path(__file__).resolve().parents[1] / "programmes" / "durchstarten-duesseldorf"
AT_ONCE = 500  # people held at a time
TARGET_SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2021, 10, 7), metavar="DATE")
    parser.add_argument("--pack", type=Path, default=REFERENCE_PACK, metavar="PATH")


def run(options: argparse.Namespace) -> dict[str, Any]:
    pack = read_pack(options.pack)
    before = peak_memory()
    making, choosing, deciding, counts = measure(pack, options.people, options.seed, options.on)
    after = peak_memory()
    rules = choosing + deciding
    return {
        "benchmark": "decide",
        "pack": {"id": pack.id, "version": pack.version},
        "on": options.on.isoformat(),
        "seed": options.seed,
        "people": options.people,
        "blocks": len(pack.rulebook.blocks),
        "seconds": {
            "rules": round(rules, 3),
            "of which answers in force": round(choosing, 3),
            "of which deciding": round(deciding, 3),
            "making people": round(making, 3),
        },
        "decisions_per_second": round(options.people * len(pack.rulebook.blocks) / rules) if rules else None,
        "results": {
            block.id: {str(result): counts[block.id, result] for result in Result} for block in pack.rulebook.blocks
        },
        "peak_memory_mb": round(after, 1),
        "memory_added_by_the_run_mb": round(after - before, 1),
        "target": {"seconds": TARGET_SECONDS, "met": rules <= TARGET_SECONDS},
        "machine": machine(),
    }


def measure(pack: Pack, number: int, seed: int, day: date) -> tuple[float, float, float, Counter[tuple[str, Result]]]:
    """Seconds for making people, for choosing the answers in force and for deciding; results for each block."""
    making = choosing = deciding = 0.0
    counts: Counter[tuple[str, Result]] = Counter()
    source = islice(people(pack.rulebook.facts, seed=seed), number)
    while True:
        start = perf_counter()
        batch = [person.history for person in islice(source, AT_ONCE)]
        made = perf_counter()
        chosen = [facts_on(history, day) for history in batch]
        ready = perf_counter()
        decided = [pack.rulebook.on(day).decide(facts) for facts in chosen]
        done = perf_counter()
        making, choosing, deciding = making + made - start, choosing + ready - made, deciding + done - ready
        if not batch:
            return making, choosing, deciding, counts
        counts.update((decision.block, decision.result) for decisions in decided for decision in decisions)
