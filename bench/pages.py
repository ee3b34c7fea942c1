"""How fast the desk answers: a temporary installation full of synthetic people, asked in this process."""

from __future__ import annotations

import argparse
import importlib
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.databases import databases, settle
from bench.decide import REFERENCE_PACK
from bench.machine import fsync_ms, machine, peak_memory
from wegnetz.exchange.setup import collect_static, ensure_secrets, migrate, start_django

if TYPE_CHECKING:
    from bench.filling import Filled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=5_000, help="at least 1")
    parser.add_argument("--entries", type=int, default=200_000, help="in all journals; at least 10 for each person")
    parser.add_argument("--requests", type=int, default=60, help="for each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pack", type=Path, default=REFERENCE_PACK, metavar="PATH")
    parser.add_argument(
        "--database", metavar="URL",
        help="a PostgreSQL server where this signs in as a superuser; what is made there is dropped again",
    )  # fmt: skip
    parser.add_argument(
        "--without-policies", action="store_true", help="also measure with PostgreSQL's row-level security off"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wegnetz-bench-")))
        urls = stack.enter_context(databases(options.database))
        stand_alone(folder, urls)
        install()
        from bench.filling import fill  # noqa: PLC0415  needs Django

        start = perf_counter()
        filled = fill(options.pack, number=options.people, entries=options.entries, seed=options.seed)
        settle()
        filling = perf_counter() - start
        return {
            "benchmark": "pages",
            "database": "postgresql" if urls else "sqlite",
            "people": options.people,
            "journal_entries": options.entries,
            "staff": filled.staff,
            "requests_for_each_page": options.requests,
            "seed": options.seed,
            "seconds_filling": round(filling, 1),
            **figures(filled, options),
            "peak_memory_mb": round(peak_memory(), 1),
            "machine": machine() | {"fsync_ms": fsync_ms(folder)},
        }


def stand_alone(folder: Path, urls: dict[str, str]) -> None:
    """Leave nothing in the environment that could lead to a real installation."""
    for name in list(os.environ):
        if name.startswith("WEGNETZ_") or name in {"DATABASE_URL", "KEYSTORE_URL"}:
            del os.environ[name]
    os.environ.update(urls, WEGNETZ_DATA=str(folder), WEGNETZ_DEMO="yes")
    ensure_secrets(folder)


def install() -> None:
    """What `wegnetz up` does before it serves, and what a web process does once at its start."""
    start_django()
    from wegnetz.config.isolation import ISOLATION  # noqa: PLC0415  needs Django
    from wegnetz.core.isolation import check_isolation  # noqa: PLC0415

    migrate()
    check_isolation(ISOLATION)
    collect_static()
    importlib.import_module("wegnetz.config.wsgi")


def figures(filled: Filled, options: argparse.Namespace) -> dict[str, Any]:
    """Whom the measured members of staff accompany, and each of their pages."""
    from bench.visits import visit_all  # noqa: PLC0415  needs Django

    compares = options.without_policies and options.database is not None
    pages = visit_all(filled, requests=options.requests, without_policies=compares)
    return {
        "viewers": {
            seen.house.key: {
                "role": str(seen.viewer.role), "own_people": len(seen.own), "people_in_scope": len(seen.people),
                "letters_waiting": len(seen.waiting),
            }
            for seen in (filled.case_manager, filled.coach)
        },
        "met": all(all(page["met"].values()) for page in pages.values()),
        "pages": pages,
    }  # fmt: skip
