"""What changed on a map: each measure before and after, what became of new ties, and what carries without us.

Always a pair, with the number of people it rests on and with what could not be reckoned; never a mark, never a rank.
The measures are those of `measures`; what is meant by each stands in docs/network-map.md. A version is as good as its
day: somebody who forgot to draw a person and somebody who lost one look the same.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from wegnetz.engines.ego_network.measures import Measures, measures, without_professionals
from wegnetz.engines.ego_network.model import Alter, NetworkMap, Version

MONTHS: Final = (3, 6)

# The value, and on how many people it rests.
Value = tuple[float | None, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """`before` and `after` are None where there is nobody to reckon with; `n`: the people each of them rests on."""

    before: float | None
    after: float | None
    n: tuple[int, int]

    @property
    def missing(self) -> int:
        """How many of the two could not be reckoned: 0, 1 or 2."""
        return (self.before is None) + (self.after is None)

    @property
    def difference(self) -> float | None:
        """After less before; None while one of them is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


class Fate(StrEnum):
    """Of a tie some months after it was first drawn. Not yet known is never taken for ended."""

    KEPT = "kept"
    ENDED = "ended"
    NOT_YET_KNOWN = "not_yet_known"


@dataclass(frozen=True, slots=True)
class NewTies:
    """Ties to people who were not on the first version. Staff of the programme are counted apart, as neither.

    `survival`: of the ties from the programme, how many had which fate after so many months.
    """

    programme: int
    outside: int
    staff: int
    survival: Mapping[int, Mapping[Fate, int]]

    @property
    def outside_share(self) -> float | None:
        """Of all new ties, those made outside the programme; None without a new tie."""
        whole = self.programme + self.outside + self.staff
        return self.outside / whole if whole else None


@dataclass(frozen=True, slots=True)
class Change:
    """From the first version to the last. `without_us`: the same measures without professionals and staff.

    `carried`: of those with a tie, the share who are neither: 1 where the network needs none of us, None without a tie.
    """

    measures: Mapping[str, Compared]
    without_us: Mapping[str, Compared]
    carried: Compared
    new_ties: NewTies


def change(drawn: NetworkMap) -> Change | None:
    """None with fewer than two versions: one map alone shows no change."""
    if len(drawn.versions) < 2:
        return None
    first, last = drawn.versions[0], drawn.versions[-1]
    return Change(
        compared(first, last),
        compared(without_professionals(first), without_professionals(last)),
        _pair(_carried(first), _carried(last)),
        new_ties(drawn),
    )


def compared(before: Version, after: Version) -> dict[str, Compared]:
    """Each measure of both, by its name, in an order that is always the same."""
    old, new = _figures(measures(before)), _figures(measures(after))
    return {name: _pair(value, new[name]) for name, value in old.items()}


def new_ties(drawn: NetworkMap) -> NewTies:
    """A tie is new from the version in which it was first drawn as one; whoever was on the first version is not new."""
    there = {alter.id for alter in drawn.versions[0].alters} if drawn.versions else set[str]()
    first: dict[str, Version] = {}
    seen: dict[str, list[Alter]] = {}
    for version in drawn.versions:
        for alter in version.alters:
            if alter.tied and alter.id not in there:
                first.setdefault(alter.id, version)
                seen.setdefault(alter.id, []).append(alter)
    staff = {key for key, each in seen.items() if any(alter.staff for alter in each)}
    programme = {key for key, each in seen.items() if any(alter.from_programme for alter in each)} - staff
    return NewTies(
        len(programme), len(seen) - len(programme) - len(staff), len(staff),
        {
            months: _counted(fate(drawn, key, first[key], months) for key in programme) for months in MONTHS
        },
    )  # fmt: skip


def fate(drawn: NetworkMap, key: str, since: Version, months: int) -> Fate:
    """What had become of the tie to the person with the id `key`: as the first version not before that day shows it."""
    began = day_of(since)
    if began is None:
        return Fate.NOT_YET_KNOWN
    until = months_after(began, months)
    days = [(day, -at) for at, version in enumerate(drawn.versions) if (day := day_of(version)) and day >= until]
    if not days:
        return Fate.NOT_YET_KNOWN
    _, nearest = min(days)  # of several on that day, the one drawn last
    kept = any(alter.id == key and alter.tied for alter in drawn.versions[-nearest].alters)
    return Fate.KEPT if kept else Fate.ENDED


def day_of(version: Version) -> date | None:
    """The day on which it was drawn; None where none is written."""
    try:
        return date.fromisoformat(version.date[:10])
    except ValueError:
        return None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it has fewer."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _figures(found: Measures) -> dict[str, Value]:
    size, tied = found.size, found.tied
    figures: dict[str, Value] = {
        "size": (size, size), "tied": (tied, size), "activatable": (size - tied, size),
        "alter_ties": (found.alter_ties, size), "density": (found.density if size > 1 else None, size),
        "mean_degree": (found.mean_degree, size), "components": (found.components, size),
        "isolates": (found.isolates, tied), "multiplex": (found.multiplex, size),
        "effective_size": (found.effective_size, tied), "efficiency": (found.efficiency, tied),
        "constraint": (found.constraint, tied), "conflicts": (found.conflicts, size),
        "professionals": (found.professionals, size),
    }  # fmt: skip
    figures |= {f"sector_{sector}": (counted, size) for sector, counted in found.by_sector.items()}
    figures |= {f"horizon_{horizon}": (counted, size) for horizon, counted in found.by_horizon.items()}
    return figures | {f"support_{kind}": (counted, size) for kind, counted in found.support.items()}


def _pair(before: Value, after: Value) -> Compared:
    return Compared(before[0], after[0], (before[1], after[1]))


def _carried(version: Version) -> Value:
    tied = [alter for alter in version.around if alter.tied]
    return (sum(not alter.helps_for_pay for alter in tied) / len(tied) if tied else None), len(tied)


def _counted(fates: Iterable[Fate]) -> dict[Fate, int]:
    found = Counter(fates)
    return {each: found[each] for each in Fate}
