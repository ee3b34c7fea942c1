"""What is counted of a year, for one cohort under one plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.cohort.arms import Seated
from bench.cohort.model import World
from bench.cohort.parameters import Parameters
from bench.cohort.ties import Alive

# Weeks after the end of the programme.
WHEN: Final = {"end": 0, "3_months": 13, "6_months": 26}
FEWER_IS_BETTER: Final = ("nobody_", "unspoken")


def weeks(given: Parameters) -> list[int]:
    """When a cohort is looked at, counted from the beginning."""
    return [int(given.programme.value) + after for after in WHEN.values()]


def of_ties(found: Sequence[Alive], given: Parameters) -> dict[str, float]:
    """All forty count, whoever dropped out too.

    `ties`: alive, for each person, `among` participants and `beyond` them; `loneliest`: the mean of those four with the
    fewest; `lonelier`: of those ten; `nobody`: the share of people with none; `close`: those of them that are strong.
    """
    told: dict[str, float] = {}
    number = int(given.people.value)
    for when, alive in zip(WHEN, found, strict=True):
        among, beyond, close = [0] * number, [0] * number, 0
        for (one, other), strength in alive.among.items():
            among[one] += 1
            among[other] += 1
            close += 2 * (strength >= given.close.value)
        for (person, _regular), strength in alive.beyond.items():
            beyond[person] += 1
            close += strength >= given.close.value
        each = sorted(map(sum, zip(among, beyond, strict=True)))
        fewest, few = each[: int(given.loneliest.value)], each[: int(given.lonelier.value)]
        told |= {
            f"ties_{when}": sum(each) / number, f"among_{when}": sum(among) / number,
            f"beyond_{when}": sum(beyond) / number, f"loneliest_{when}": sum(fewest) / len(fewest),
            f"lonelier_{when}": sum(few) / len(few),
            f"nobody_{when}": each.count(0) / number, f"close_{when}": close / number,
        }  # fmt: skip
    return told


def of_groups(world: World, seated: Seated, given: Parameters) -> dict[str, float]:
    """What the groups alone say.

    `met`: others whom a person sat with at least once; `met_fewest`: the mean of those four who met the fewest;
    `unspoken`: the share of seats beside nobody who shares a language.
    """
    met: list[set[int]] = [set() for _ in world.people]
    seats, unspoken = 0, 0
    for groups in seated:
        for group in groups:
            for person in group:
                others = set(group) - {person}
                own = world.people[person].languages
                met[person] |= others
                seats += 1
                unspoken += not any(own & world.people[other].languages for other in others)
    each = sorted(map(len, met))
    fewest = each[: int(given.loneliest.value)]
    return {
        "met": sum(each) / len(each), "met_fewest": sum(fewest) / len(fewest),
        "unspoken": unspoken / seats if seats else 0.0,
    }  # fmt: skip
