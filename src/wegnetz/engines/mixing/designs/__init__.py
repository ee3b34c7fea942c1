"""Schedules in which nobody meets anybody twice: known ones, for any number of equal groups."""

from __future__ import annotations

from functools import cache

from wegnetz.engines.mixing.designs.groups import Week
from wegnetz.engines.mixing.designs.nets import in_columns, in_pairs, net
from wegnetz.engines.mixing.designs.tables import TABLES

__all__ = ["Week", "known_schedule"]


@cache
def known_schedule(groups: int, size: int) -> tuple[Week, ...]:
    """The longest schedule known here for `groups` groups of `size` people, at least one week.

    Each week seats the people 0 to `groups` * `size` - 1 once, and no two of them are in the same group twice.
    """
    found = [_one_week(groups, size)] if size != 2 else in_pairs(2 * groups)
    if (groups, size) in TABLES:
        found = TABLES[groups, size].schedule()
    if 1 < size <= groups:
        weeks = net(groups, size)
        if groups % size == 0:
            weeks += in_columns(list(known_schedule(groups // size, size)), groups, size)
        found = max(found, weeks, key=len)
    return tuple(tuple(tuple(sorted(group)) for group in week) for week in found)


def _one_week(groups: int, size: int) -> Week:
    return tuple(tuple(range(group * size, (group + 1) * size)) for group in range(groups))
