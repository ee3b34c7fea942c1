"""What changed on the maps of many: how many there are, how many are missing, median and quartiles of each change.

Never a person, never an order of people. Nothing is said of fewer than five; what is said is exact and must pass
through the control of disclosure before anybody outside reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wegnetz.engines.disclosure import STEP
from wegnetz.engines.ego_network.change import MONTHS, Change, Compared, Fate, change
from wegnetz.engines.ego_network.model import NetworkMap

FEWEST: Final = STEP


class TooFewError(ValueError):
    """Fewer than FEWEST maps with two versions: what is said of them would be said of somebody."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """A quarter is below `lower`, half below `median`, three quarters below `upper`."""

    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one measure. `n`: people for whom both sides could be reckoned; `missing`: those for whom not.

    `before`, `after` and `change` are of the same `n` people, and None for fewer than FEWEST of them.
    """

    n: int
    missing: int
    before: Quartiles | None
    after: Quartiles | None
    change: Quartiles | None


@dataclass(frozen=True, slots=True)
class Survival:
    """Of ties from the programme some months on. `people`: those of whose ties something is known by then.

    `fates` and `share`, the kept among those that are known, are None for fewer than FEWEST people.
    """

    people: int
    fates: Mapping[Fate, int] | None
    share: float | None


@dataclass(frozen=True, slots=True)
class CohortChange:
    """`people`: with two versions or more; `missing`: whose map has fewer, of whom nothing is known yet."""

    people: int
    missing: int
    measures: Mapping[str, Spread]
    without_us: Mapping[str, Spread]
    carried: Spread
    programme_ties: int
    outside_ties: int
    staff_ties: int
    survival: Mapping[int, Survival]


def cohort_change(maps: Iterable[NetworkMap]) -> CohortChange:
    """Of many maps, each of another person. Raises TooFewError below FEWEST with two versions."""
    found = [change(drawn) for drawn in maps]
    known = [each for each in found if each is not None]
    if len(known) < FEWEST:
        raise TooFewError(f"expected {FEWEST} maps with two versions or more")
    return CohortChange(
        len(known), len(found) - len(known),
        {name: _spread([each.measures[name] for each in known]) for name in known[0].measures},
        {name: _spread([each.without_us[name] for each in known]) for name in known[0].without_us},
        _spread([each.carried for each in known]),
        sum(each.new_ties.programme for each in known),
        sum(each.new_ties.outside for each in known),
        sum(each.new_ties.staff for each in known),
        {months: _survival(known, months) for months in MONTHS},
    )  # fmt: skip


def quartiles(values: Iterable[float]) -> Quartiles:
    """By straight lines between the values in order: the seventh definition of Hyndman and Fan (1996), as in R.

    Raises ValueError without a value.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("expected a value")
    return Quartiles(*(_at(ordered, quarter * (len(ordered) - 1) / 4) for quarter in (1, 2, 3)))


def _at(ordered: Sequence[float], place: float) -> float:
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _spread(pairs: Sequence[Compared]) -> Spread:
    known = [(one.before, one.after) for one in pairs if one.before is not None and one.after is not None]
    if len(known) < FEWEST:
        return Spread(len(known), len(pairs) - len(known), None, None, None)
    return Spread(
        len(known), len(pairs) - len(known),
        quartiles(before for before, _ in known), quartiles(after for _, after in known),
        quartiles(after - before for before, after in known),
    )  # fmt: skip


def _survival(known: Sequence[Change], months: int) -> Survival:
    fates = [each.new_ties.survival[months] for each in known]
    people = sum(each[Fate.KEPT] + each[Fate.ENDED] > 0 for each in fates)
    if people < FEWEST:
        return Survival(people, None, None)
    whole: Counter[Fate] = Counter()
    for each in fates:
        whole.update(each)
    counted = {one: whole[one] for one in Fate}
    return Survival(people, counted, counted[Fate.KEPT] / (counted[Fate.KEPT] + counted[Fate.ENDED]))
