"""How fast the desk answers: a temporary installation full of synthetic people, asked in this process."""

from __future__ import annotations

import argparse
import importlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bench.decide import REFERENCE_PACK
from bench.machine import fsync_ms, machine, peak_memory
from wegnetz.exchange.setup import collect_static, ensure_secrets, migrate, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=5_000, help="at least 1")
    parser.add_argument("--requests", type=int, default=60, help="for each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pack", type=Path, default=REFERENCE_PACK, metavar="PATH")
    parser.add_argument(
        "--database", metavar="URL", help="a PostgreSQL server on which two databases are made, and dropped again"
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="wegnetz-bench-") as name, databases(options.database) as urls:
        folder = Path(name)
        stand_alone(folder, urls)
        start_django()
        migrate()
        collect_static()
        importlib.import_module("wegnetz.config.wsgi")  # what a web process does once at its start
        from bench.filling import fill  # noqa: PLC0415  needs Django
        from bench.visits import visit_all  # noqa: PLC0415  needs Django

        start = perf_counter()
        filled = fill(options.pack, number=options.people, seed=options.seed)
        filling = perf_counter() - start
        pages = visit_all(filled, requests=options.requests)
        return {
            "benchmark": "pages",
            "database": "postgresql" if urls else "sqlite",
            "people": options.people,
            "requests_for_each_page": options.requests,
            "seed": options.seed,
            "seconds_filling": round(filling, 1),
            "met": all(all(page["met"].values()) for page in pages.values()),
            "pages": pages,
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


@contextmanager
def databases(server: str | None) -> Iterator[dict[str, str]]:
    """The variables for two new databases on a PostgreSQL server; none, which means SQLite, without a server."""
    if not server:
        yield {}
        return
    run_id = secrets.token_hex(4)
    names = {"DATABASE_URL": f"wegnetz_bench_{run_id}", "KEYSTORE_URL": f"wegnetz_bench_{run_id}_keys"}
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            for name in names.values():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            yield {variable: urlsplit(server)._replace(path=f"/{name}").geturl() for variable, name in names.items()}
        finally:
            for name in names.values():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
