"""`wegnetz mix [FILE|-]`."""

from __future__ import annotations

import argparse
import json
import sys
from random import Random
from time import perf_counter
from typing import Any

from wegnetz.engines.mixing import Mixed, mix, mix_anew, steps_for
from wegnetz.exchange.json_input import InputError
from wegnetz.exchange.mixing_input import Asked, read_evenings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input", nargs="?", default="-", metavar="FILE", help="JSON with people and sessions; - or nothing reads stdin"
    )


def run(options: argparse.Namespace) -> int:
    try:
        asked = read_evenings(options.input)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    start = perf_counter()
    chance = Random(asked.seed)  # noqa: S311  who sits where is no secret
    if asked.seated is None:
        answer = _answer(asked, mix(asked.evenings, chance, steps=steps_for(asked.evenings, asked.seconds)))
    else:
        anew = mix_anew(asked.evenings, asked.seated, chance)
        moved = {"moved": [asked.people[who] for who in anew.moved], "fewest_moves": anew.fewest_moves}
        answer = _answer(asked, anew.mixed) | moved
    print(json.dumps(answer | {"seconds": round(perf_counter() - start, 3)}, ensure_ascii=False, indent=2))
    return 0


def _answer(asked: Asked, mixed: Mixed) -> dict[str, Any]:
    """`share_bound` is the highest share of their own ceiling that the seats allow the worst-off person."""
    people, sessions = asked.people, asked.sessions
    return {
        "sessions": [
            {"id": sessions[each.session], "groups": [[people[who] for who in group] for group in each.groups]}
            for each in mixed.sessions
        ],
        "new_pairs": mixed.new_pairs,
        "upper_bound": mixed.upper_bound,
        "gap": mixed.gap,
        "repeats": mixed.repeats,
        "fewest_new": mixed.fewest_new,
        "worst_share": round(mixed.worst_share, 4),
        "share_bound": round(mixed.best_share, 4),
        "per_person": {who: {"new": each.new, "ceiling": each.ceiling} for who, each in mixed.per_person.items()},
        "broken_rules": [
            {"rule": str(each.rule), "session": sessions[each.session], "people": [people[who] for who in each.people]}
            for each in mixed.broken
        ],
    }
