"""Schedules from the lines of a plane: over a finite field as many weeks without a repeat as it has elements."""

from __future__ import annotations

from wegnetz.engines.mixing.designs.fields import field, prime_and_power
from wegnetz.engines.mixing.designs.groups import Week


def net(order: int, size: int) -> list[Week]:
    """`order` groups of `size`, at most `order`, in `order` weeks. The point (x, y) is number `order` * x + y.

    Week m has the groups {(x, m * x + b)}, one for each b. Those with the same x have not met after that. Without a
    field of that order it is reckoned with remainders, and the weeks are as many as its smallest factor.
    """
    if prime_and_power(order):
        add, times = field(order)
        weeks = order
    else:
        add, times = (
            tuple(tuple(work(x, y) % order for y in range(order)) for x in range(order))
            for work in (int.__add__, int.__mul__)
        )
        weeks = next(factor for factor in range(2, order + 1) if order % factor == 0)
    return [
        tuple(tuple(order * x + add[times[m][x]][b] for x in range(size)) for b in range(order)) for m in range(weeks)
    ]


def in_columns(weeks: list[Week], order: int, size: int) -> list[Week]:
    """A schedule of `order` people, run in all columns of a net beside each other."""
    return [tuple(tuple(order * x + point for point in group) for x in range(size) for group in week) for week in weeks]


def in_pairs(people: int) -> list[Week]:
    """Everybody meets everybody in pairs: one stays, the others go round. `people` is even."""
    last = people - 1
    return [
        ((turn, last), *(((turn + far) % last, (turn - far) % last) for far in range(1, people // 2)))
        for turn in range(last)
    ]
