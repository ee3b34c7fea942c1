"""Ask the desk for its pages as a signed-in case manager, and measure how it answers.

Milliseconds are those of the whole server side in this process: middleware, view, SQL on both databases, the
committed audit event, templates, compression. They leave out the network and the web server's own work.
"""

from __future__ import annotations

import gc
import gzip
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from time import perf_counter, process_time
from typing import Any

from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.filling import EMAIL, Filled, Known
from wegnetz.accounts.models import User
from wegnetz.engines.folding import fold
from wegnetz.participants.selectors import PAGE_SIZE, SEARCH_LIMIT
from wegnetz.programme.selectors import pack_of

TARGET_MS, TARGET_QUERIES = 100.0, 12
WARM_UPS = 3
PROGRAMME_DAY = date(2021, 10, 7)
MANY = "an"
_NO_QUERY = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b", re.IGNORECASE)


class WrongPageError(Exception):
    """Another page came than the one asked for, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: a search when there is a query, else a GET. The page must hold all of `marks`."""

    path: str
    marks: tuple[str, ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    ms: float
    cpu_ms: float
    queries: int
    sent: int
    unpacked: int


def visit_all(filled: Filled, *, requests: int) -> dict[str, dict[str, Any]]:
    """Figures for every page, each asked for `requests` times."""
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip", "accept-language": "de"})
    client.force_login(User.objects.get(email=EMAIL))
    pack_of.cache_clear()  # so that the very first page pays for reading the pack, as after a start
    gc.collect()
    found = {}
    for name, visit in visits(filled).items():
        first, *_ = [ask(client, visit(number)) for number in range(WARM_UPS)]
        found[name] = _figures(first, [ask(client, visit(number)) for number in range(requests)])
    return found


def visits(filled: Filled) -> dict[str, Callable[[int], Visit]]:
    """What to ask for, by page; the number picks another person each time."""
    people = sorted(filled.people, key=lambda entry: entry.pseudonym)
    latest = min(people, key=lambda entry: (-entry.registered_on.toordinal(), entry.pseudonym))
    middle = (len(people) - 1) // PAGE_SIZE // 2
    named = [entry for entry in people if entry.full] or people
    many = [entry for entry in people if fold(MANY) in _text(entry)][:SEARCH_LIMIT]
    lists, today = reverse("desk:people"), timezone.localdate()
    return {
        "start": lambda _: Visit(reverse("desk:start"), ("wn-todo", str(latest.id))),
        "people list, page 1": lambda _: Visit(lists, ("wn-rows", _bdi(people[0]))),
        "people list, middle page": lambda _: Visit(
            f"{lists}?page={middle + 1}", ("wn-rows", _bdi(people[middle * PAGE_SIZE]))
        ),
        "search, one name": lambda number: _search(_pick(named, number)),
        "search, many hits": lambda _: Visit(lists, ("wn-rows", *map(_bdi, many)), MANY),
        "person": lambda number: _person("desk:person", _pick(people, number), "wn-facts"),
        "eligibility, today": lambda number: _eligibility(_pick(people, number), today),
        "eligibility, 2021-10-07": lambda number: _eligibility(_pick(people, number), PROGRAMME_DAY),
        "programme": lambda _: Visit(reverse("desk:programme"), ("wn-blocks", filled.version)),
    }


def _pick(people: list[Known], number: int) -> Known:
    """Someone, spread over all; 7919 is prime, so that every fifth person (with a decision) comes up too."""
    return people[number * 7919 % len(people)]


def _text(entry: Known) -> str:
    return fold(f"{entry.pseudonym} {entry.full} {entry.called}")


def _bdi(entry: Known) -> str:
    return f"<bdi>{entry.pseudonym}</bdi>"


def _search(entry: Known) -> Visit:
    return Visit(reverse("desk:people"), ("wn-rows", str(entry.id), _bdi(entry)), entry.full or entry.pseudonym)


def _person(view: str, entry: Known, *marks: str, parameters: str = "") -> Visit:
    return Visit(reverse(view, args=[entry.id]) + parameters, (_bdi(entry), *marks))


def _eligibility(entry: Known, day: date) -> Visit:
    shown = f'name="on" value="{day.isoformat()}"'
    return _person("desk:blocks", entry, "wn-blocks", shown, parameters=f"?on={day.isoformat()}")


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


def percentile(ordered: list[float], percent: int) -> float:
    """The nearest-rank percentile of values in ascending order."""
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)]
