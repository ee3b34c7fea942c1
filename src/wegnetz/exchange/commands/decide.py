"""`wegnetz decide --pack PATH --on DATE --facts FILE|-`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from wegnetz.core.strict_json import one_line
from wegnetz.exchange.json_input import InputError, read_json
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import read_pack
from wegnetz.programme.pack.report import worded
from wegnetz.rules.facts import Fact, FactError, Facts, Year, read_value

MAX_BYTES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, required=True, metavar="PATH", help="folder of the programme pack")
    parser.add_argument("--on", required=True, metavar="DATE", help="the day to decide for, such as 2021-10-07")
    parser.add_argument("--facts", required=True, metavar="FILE", help="JSON object {fact id: answer}; - reads stdin")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of the reasons")


def run(options: argparse.Namespace) -> int:
    try:
        day = read_day(options.on)
        pack = read_pack(options.pack)
        facts = read_facts(pack, read_answers(options.facts), day)
    except (InputError, FactError, PackError) as error:
        lines = error.faults if isinstance(error, PackError) else (error,)
        print(*lines, sep="\n", file=sys.stderr)
        return 2
    decisions = pack.rulebook.on(day).decide(facts)
    print(json.dumps(worded(pack, decisions, day, options.lang), ensure_ascii=False, indent=2))
    return 0


def read_day(text: str) -> date:
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"--on: found {text[:60]!r}, expected a day that exists, written 2021-10-07")


def read_answers(name: str) -> dict[str, Any]:
    data = read_json(name, most=MAX_BYTES, expected="the answers of one person", shape="an object of answers")
    if not isinstance(data, dict):
        raise InputError(f"{name}: found {type(data).__name__}, expected an object {{fact id: answer}}")
    return data


def read_facts(pack: Pack, data: dict[str, Any], day: date) -> Facts:
    """Typed answers; null stands for "not known". Raises InputError or FactError, which name the fact."""
    facts = {}
    for name, raw in data.items():
        definition = pack.definitions.get(name)
        if definition is None:
            known = ", ".join(pack.definitions)
            raise InputError(f"{one_line(name, 60)}: found an unknown fact, expected one of {known}")
        if raw is None:
            continue
        value = read_value(definition, raw)
        first = value.first if isinstance(value, Year) else value
        if isinstance(first, date) and first > day:
            raise FactError(name, raw, f"a day up to {day.isoformat()}, the day asked about")
        facts[name] = Fact(name, value)
    return facts
