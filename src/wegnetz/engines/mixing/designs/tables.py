"""Schedules that a program found once, by their symmetry: the weeks here and the moves that give all others.

Each was found by a search for exact covers among the orbits of a prescribed group. Some of them `bench/designs` finds
again; the searches for the others are not kept. Nothing is taken on trust: the tests develop all of them and count who
meets whom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from wegnetz.engines.mixing.designs.groups import Permutation, Week, developed, orbit, rotation

Blocks = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`weeks`: groups of each first week, with the moves that give its other groups; `moves` give the other weeks."""

    moves: tuple[Permutation, ...]
    weeks: tuple[tuple[Blocks, tuple[Permutation, ...]], ...] = field(default=())

    def schedule(self) -> list[Week]:
        return [week for blocks, own in self.weeks for week in developed(orbit(blocks, own), self.moves)]


def _blocks(text: str) -> Blocks:
    return tuple(tuple(int(point) for point in block.split(",")) for block in text.split("|"))


def _moved(move: Permutation, *weeks: str) -> Found:
    """Weeks that are all moved."""
    return Found((move,), tuple((_blocks(week), ()) for week in weeks))


def _simple(move: Permutation, text: str, *fixed: str) -> Found:
    """One week that is moved, and weeks that stay as they are under the move."""
    return Found((move,), ((_blocks(text), ()), *((_blocks(each), (move,)) for each in fixed)))


def _turned(move: Permutation, turn: Permutation, text: str) -> Found:
    """A week that `turn` leaves as it is, moved by `move`."""
    return Found((move, turn), ((_blocks(text), (turn,)),))


def _eight_fours() -> Found:
    """The quaternions act on four copies of themselves; the single element of order two makes it possible."""
    times_i, times_j = (1, 4, 3, 6, 5, 0, 7, 2), (2, 7, 4, 1, 6, 3, 0, 5)
    i, j, minus = (
        tuple(8 * copy + image[x] for copy in range(4) for x in range(8))
        for image in (times_i, times_j, tuple((x + 4) % 8 for x in range(8)))
    )
    swap = tuple(8 * (copy ^ 1) + x for copy in range(4) for x in range(8))
    both = tuple(minus[point] for point in swap)
    every = (i, j, swap)
    return Found(
        every,
        (
            (_blocks("0,5,7,23|1,14,20,26|3,28,29,31|4,10,18,25"), (both,)),
            (_blocks("0,4,9,13|16,20,25,29"), every),
            (_blocks("0,12,21,25"), every),
        ),
    )


def _ten_fives() -> Found:
    """The group Z5 x Z5 x Z2 acts on its own fifty elements; (a, b, e) is number 10a + 2b + e."""

    def shift(da: int, db: int, de: int) -> Permutation:
        return tuple(
            10 * ((a + da) % 5) + 2 * ((b + db) % 5) + (e + de) % 2
            for a in range(5) for b in range(5) for e in range(2)
        )  # fmt: skip

    first, second, other = shift(1, 0, 0), shift(0, 1, 0), shift(0, 0, 1)
    every = (first, second, other)
    return Found(
        every,
        (
            (((0, 10, 21, 33, 44),), (second, other)),
            (((0, 3, 5, 27, 18),), (first, other)),
            (((0, 14, 28, 32, 46),), every),
        ),
    )


def _multiplied(length: int, cycles: int, fixed: int, *, times: int = 1, on: int = 0) -> Permutation:
    """The point i of cycle c goes to `times` * i of the cycle `on` further; the fixed points move on likewise."""
    moved = [(cycle + on) % cycles * length + at * times % length for cycle in range(cycles) for at in range(length)]
    rest = range(len(moved), len(moved) + fixed)
    return (*moved, *(rest[(at + on) % fixed] for at in range(fixed)))


TABLES: Final[dict[tuple[int, int], Found]] = {
    (5, 3): _simple(rotation(7, 2, 1), "0,1,9|2,6,12|3,5,10|4,8,14|7,11,13"),
    (6, 3): _moved(
        rotation(4, 4, 2),
        "0,6,8|1,2,11|3,13,16|4,7,12|5,9,17|10,14,15", "0,7,13|1,12,17|2,6,9|3,4,15|5,10,16|8,11,14",
    ),
    (7, 3): _simple(
        rotation(7, 3), "0,11,16|1,8,15|2,4,5|3,13,14|6,12,18|7,9,10|17,19,20", "0,8,17", "0,9,20", "0,12,15"
    ),
    (8, 3): _simple(rotation(11, 2, 2), "0,20,22|1,5,7|2,10,13|3,4,19|6,12,14|8,15,18|9,11,23|16,17,21"),
    (10, 3): _simple(
        rotation(14, 2, 2),
        "0,26,29|1,18,19|2,3,24|4,23,27|5,9,11|6,16,22|7,10,21|8,13,14|12,25,28|15,17,20",
    ),
    (6, 4): _simple(rotation(7, 3, 3), "0,1,3,11|2,14,15,17|4,10,20,23|5,12,19,22|6,8,16,21|7,9,13,18"),
    (7, 4): _turned(
        rotation(9, 3, 1), _multiplied(9, 3, 1, times=4, on=1), "0,3,8,25|2,16,22,26|6,15,24,27"
    ),
    (9, 4): _turned(rotation(11, 3, 3), _multiplied(11, 3, 3, on=1), "0,24,27,28|1,10,14,20|4,18,30,35"),
    (10, 4): _turned(rotation(13, 3, 1), _multiplied(13, 3, 1, times=3), "0,13,26,39|1,4,34,36|2,8,20,22|15,25,31,35"),
    (6, 5): _simple(
        rotation(6, 5), "0,8,10,17,22|1,7,18,20,25|2,11,16,24,28|3,5,15,23,26|4,9,13,19,29|6,12,14,21,27"
    ),
    (8, 4): _eight_fours(),
    (10, 5): _ten_fives(),
}  # fmt: skip
