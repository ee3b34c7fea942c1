"""Ask the desk for its pages as a signed-in case manager and as a coach, and measure how it answers.

Milliseconds are those of the whole server side in this process: middleware, view, SQL on both databases, the
committed audit event, templates, compression. They leave out the network and the web server's own work.
"""

from __future__ import annotations

import gc
import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from django.db import connections
from django.test import Client

from bench.databases import policies_off
from bench.filling import Filled, Seen
from bench.machine import percentile
from bench.tour import Stop, Visit, stops_of_case_manager, stops_of_coach
from wegnetz.accounts.models import User
from wegnetz.programme.selectors import pack_of

TARGET_MS, TARGET_QUERIES = 150.0, 20
WARM_UPS = 3
_NO_QUERY = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b", re.IGNORECASE)


class WrongPageError(Exception):
    """Another page came than the one asked for, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    ms: float
    cpu_ms: float
    queries: int
    sent: int
    unpacked: int


def visit_all(filled: Filled, *, requests: int, without_policies: bool = False) -> dict[str, dict[str, Any]]:
    """Figures for every page of both viewers, each asked for `requests` times, and again without policies if wanted."""
    pack_of.cache_clear()  # so that the very first page pays for reading the pack, as after a start
    tours = {
        "case manager": (sign_in(filled.case_manager), stops_of_case_manager(filled)),
        "coach": (sign_in(filled.coach), stops_of_coach(filled)),
    }
    gc.collect()
    found = {}
    for who, (client, stops) in tours.items():
        for page, stop in stops.items():
            figures = found[f"{who}: {page}"] = measure(client, stop, requests=requests)
            if without_policies:
                with policies_off():
                    bare = measure(client, stop, requests=requests)
                figures["least_over_least_without_policies"] = round(figures["ms"]["least"] / bare["ms"]["least"], 2)
    return found


def sign_in(seen: Seen) -> Client:
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip", "accept-language": "de"})
    client.force_login(User.objects.get(id=seen.viewer.user))
    return client


def measure(client: Client, stop: Stop, *, requests: int) -> dict[str, Any]:
    first, *_ = [ask(client, stop(number)) for number in range(WARM_UPS)]
    return _figures(first, [ask(client, stop(number)) for number in range(requests)])


def ask(client: Client, visit: Visit) -> Answer:
    """Make one request. Raises WrongPageError."""
    with counting() as statements:
        start, start_cpu = perf_counter(), process_time()
        response = client.post(visit.path, {"q": visit.query}) if visit.query else client.get(visit.path)
        ms, cpu_ms = (perf_counter() - start) * 1000, (process_time() - start_cpu) * 1000
    body = response.content
    page = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
    _check(visit, response.status_code, page.decode())
    return Answer(ms, cpu_ms, sum(statements.values()), len(body), len(page))


def _check(visit: Visit, status: int, page: str) -> None:
    absent = [mark for mark in visit.marks if mark not in page]
    if status != 200 or absent:
        raise WrongPageError(f"{visit.path}: status {status}, without {absent[:3]}")


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """SQL statements on all databases by their text, without those that only open and close transactions."""
    statements: Counter[str] = Counter()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Mapping[str, Any]) -> Any:
        if not _NO_QUERY.match(sql):
            statements[sql] += 1
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(count))
        yield statements


def _figures(first: Answer, answers: list[Answer]) -> dict[str, Any]:
    times = sorted(answer.ms for answer in answers)
    cpu = sorted(answer.cpu_ms for answer in answers)
    p95, queries = percentile(times, 95), max(answer.queries for answer in answers)
    return {
        "ms": {
            "least": round(times[0], 1),
            "p50": round(percentile(times, 50), 1),
            "p95": round(p95, 1),
            "max": round(times[-1], 1),
            "first": round(first.ms, 1),
        },
        "cpu_ms": {"p50": round(percentile(cpu, 50), 1), "p95": round(percentile(cpu, 95), 1)},
        "queries": queries,
        "bytes": {"sent": max(answer.sent for answer in answers), "unpacked": max(a.unpacked for a in answers)},
        "target": {"p95_ms": TARGET_MS, "queries": TARGET_QUERIES},
        "met": {"p95_ms": p95 <= TARGET_MS, "queries": queries <= TARGET_QUERIES},
    }
