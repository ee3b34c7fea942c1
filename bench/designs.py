"""Search schedules in which nobody meets twice, by a prescribed symmetry: how some of the engine's were found.

A group of permutations moves a few first weeks into all others. What is left to find is an exact cover: each person of
a first week once, each orbit of pairs at most as often as it has pairs. More symmetry, not a stronger solver, is what
makes the hard ones easy. Prints the groups of the first weeks, as `engines/mixing/designs/tables.py` has them, and how
long it took. Which symmetry helps is known for the instances listed here; another one takes a new line.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from time import perf_counter
from typing import Any, Final

from bench.machine import machine
from wegnetz.engines.mixing.designs.groups import Permutation, Week, developed, orbit, rotation

GIVE_UP: Final = 3_000  # nodes of one start; a new one then begins elsewhere


@dataclass(frozen=True, slots=True)
class Symmetry:
    """`moves` give the other weeks; each first week is left as it is by its own `stays`."""

    people: int
    size: int
    moves: tuple[Permutation, ...]
    stays: tuple[tuple[Permutation, ...], ...] = ((),)


def _cyclic(length: int, cycles: int, fixed: int, size: int, *, weeks_that_stay: int = 0) -> Symmetry:
    move = rotation(length, cycles, fixed)
    return Symmetry(length * cycles + fixed, size, (move,), ((), *((move,),) * weeks_that_stay))


INSTANCES: Final = {
    "5-3-7": _cyclic(7, 2, 1, 3),
    "6-3-8": Symmetry(18, 3, (rotation(4, 4, 2),), ((), ())),
    "7-3-10": _cyclic(7, 3, 0, 3, weeks_that_stay=3),
    "8-3-11": _cyclic(11, 2, 2, 3),
    "10-3-14": _cyclic(14, 2, 2, 3),
    "6-4-7": _cyclic(7, 3, 3, 4),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--instances", nargs="+", choices=sorted(INSTANCES), default=sorted(INSTANCES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60, help="for each instance")


def run(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "benchmark": "designs",
        "found": [_find(name, INSTANCES[name], options.seed, options.seconds) for name in options.instances],
        "machine": machine(),
    }


def _find(name: str, symmetry: Symmetry, seed: int, seconds: float) -> dict[str, Any]:
    start = perf_counter()
    cover = _Cover(symmetry)
    chance, found = Random(seed), None
    while found is None and perf_counter() - start < seconds:
        found = cover.solve(chance)
    weeks = [] if found is None else _schedule(symmetry, found)
    return {
        "instance": name, "rows": len(cover.rows), "seconds": round(perf_counter() - start, 2),
        "weeks": len(weeks), "repeats": _repeats(weeks),
        "first_weeks": None if found is None else [
            "|".join(",".join(map(str, block)) for number, block in sorted(found) if number == week)
            for week in range(len(symmetry.stays))
        ],
    }  # fmt: skip


def _schedule(symmetry: Symmetry, found: Sequence[tuple[int, tuple[int, ...]]]) -> list[Week]:
    return [
        week
        for number, own in enumerate(symmetry.stays)
        for week in developed(orbit([block for at, block in found if at == number], own), symmetry.moves)
    ]


def _repeats(weeks: list[Week]) -> int:
    met = Counter(pair for week in weeks for group in week for pair in combinations(group, 2))
    return sum(times - 1 for times in met.values())


class _Cover:
    """Rows are groups of a first week with all their images in it; columns the people of each week, and pair orbits."""

    def __init__(self, symmetry: Symmetry) -> None:
        self.symmetry = symmetry
        pair_orbits = _pair_orbits(symmetry)
        self.sizes = Counter(pair_orbits.values())
        self.orbits = {name: at for at, name in enumerate(self.sizes)}
        self.musts = [
            (week, min(points))
            for week, stays in enumerate(symmetry.stays)
            for points in {orbit([(point,)], stays) for point in range(symmetry.people)}
        ]
        places = {must: len(self.orbits) + at for at, must in enumerate(self.musts)}
        self.rows: list[tuple[int, tuple[int, ...], int]] = []
        for week, stays in enumerate(symmetry.stays):
            first = {point: min(orbit([(point,)], stays)) for point in range(symmetry.people)}
            turns = self._weeks(stays)
            for block, blocks in self._blocks(stays):
                covered = Counter(pair_orbits[pair] for each in blocks for pair in combinations(each, 2))
                if any(turns * times > self.sizes[name] for name, times in covered.items()):
                    continue
                mask = sum(1 << self.orbits[name] for name in covered)
                points = {places[week, first[point]] for each in blocks for point in each}
                self.rows.append((week, block, mask | sum(1 << place for place in points)))
        self.columns = [places[must] for must in self.musts]

    def _weeks(self, stays: Sequence[Permutation]) -> int:
        """How many weeks a first week becomes: as many as the longest cycle, or one where it stays as it is."""
        return 1 if stays else max(len(orbit([(point,)], self.symmetry.moves)) for point in range(self.symmetry.people))

    def _blocks(self, stays: Sequence[Permutation]) -> Iterator[tuple[tuple[int, ...], Week]]:
        for block in combinations(range(self.symmetry.people), self.symmetry.size):
            blocks = orbit([block], stays)
            disjoint = len({point for each in blocks for point in each}) == len(blocks) * self.symmetry.size
            if block == blocks[0] and disjoint:
                yield block, blocks

    def solve(self, chance: Random) -> list[tuple[int, tuple[int, ...]]] | None:
        """One start of a search in depth: the column with the fewest rows first; None when it was given up."""
        nodes = 0
        rows = list(range(len(self.rows)))
        chance.shuffle(rows)

        def go_on(open_columns: list[int], left: list[int]) -> list[int] | None:
            nonlocal nodes
            if not open_columns:
                return []
            nodes += 1
            if nodes > GIVE_UP:
                return None
            choices = {column: [row for row in left if self.rows[row][2] >> column & 1] for column in open_columns}
            for row in min(choices.values(), key=len):
                mask = self.rows[row][2]
                rest = go_on(
                    [column for column in open_columns if not mask >> column & 1],
                    [other for other in left if not self.rows[other][2] & mask],
                )
                if rest is not None:
                    return [row, *rest]
            return None

        found = go_on(self.columns, rows)
        return None if found is None else [self.rows[row][:2] for row in found]


def _pair_orbits(symmetry: Symmetry) -> dict[tuple[int, ...], tuple[int, ...]]:
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    for pair in combinations(range(symmetry.people), 2):
        if pair not in found:
            together = orbit([pair], symmetry.moves)
            found |= dict.fromkeys(together, together[0])
    return found
