"""Schedules with a prescribed symmetry: a few weeks, and the permutations of people that give all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Permutation = tuple[int, ...]
Week = tuple[tuple[int, ...], ...]


def rotation(length: int, cycles: int, fixed: int = 0) -> Permutation:
    """`cycles` cycles of `length` points, each moved on by one, and `fixed` points more that stay."""
    moved = [cycle * length + (at + 1) % length for cycle in range(cycles) for at in range(length)]
    return (*moved, *range(len(moved), len(moved) + fixed))


def orbit(groups: Iterable[Sequence[int]], generators: Iterable[Permutation]) -> Week:
    """All images of some groups of people, each once."""
    moves = tuple(generators)
    found = {tuple(sorted(group)) for group in groups}
    waiting = list(found)
    while waiting:
        group = waiting.pop()
        for move in moves:
            image = tuple(sorted(move[point] for point in group))
            if image not in found:
                found.add(image)
                waiting.append(image)
    return tuple(sorted(found))


def developed(week: Week, generators: Iterable[Permutation]) -> list[Week]:
    """All images of a week, itself first, in the order in which they are reached."""
    moves = tuple(generators)
    found = {week: None}
    waiting = [week]
    while waiting:
        there = waiting.pop(0)
        for move in moves:
            image = tuple(sorted(tuple(sorted(move[point] for point in group)) for group in there))
            if image not in found:
                found[image] = None
                waiting.append(image)
    return list(found)
