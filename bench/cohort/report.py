"""What the cohorts say together: means, paired differences, and how sure they are.

An interval is the middle 95 % of means over cohorts drawn again and again with replacement (percentile bootstrap), with
a fixed seed. It says how far chance in this model goes; whether the model is right it does not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from statistics import fmean
from typing import Any, Final

from bench.cohort.outcomes import FEWER_IS_BETTER
from bench.cohort.run import Arm, Figures

AGAIN: Final = 2000
SURE: Final = 0.95
UNCLEAR: Final = "no clear difference"
COMPARED: Final[dict[str, tuple[Arm, Arm]]] = {
    "engine beside random mixing": (("engine", "ours"), ("random", "ours")),
    "engine beside weekly greedy": (("engine", "ours"), ("greedy", "ours")),
    "engine beside groups kept together": (("engine", "ours"), ("kept", "ours")),
    "engine knowing who will come beside engine": (("foresight", "ours"), ("engine", "ours")),
    "our introductions beside first come": (("engine", "ours"), ("engine", "first_come")),
    "both beside random mixing and first come": (("engine", "ours"), ("random", "first_come")),
}
HANGING: Final = ("ties_end", "ties_6_months", "loneliest_6_months", "lonelier_6_months", "close_6_months")


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Of the mean, in the unit of the values."""
    chance = Random(1)
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(AGAIN))
    cut = round((1 - SURE) / 2 * AGAIN)
    return means[cut], means[-1 - cut]


def mean_of(values: Sequence[float]) -> dict[str, Any]:
    return {"mean": round(fmean(values), 4), "interval": [round(end, 4) for end in interval(values)]}


def by_arm(cohorts: Sequence[Figures]) -> dict[str, dict[str, Any]]:
    """The mean of every outcome under every arm."""
    return {
        f"{arm[0]} mixing, {arm[1].replace('_', ' ')} introductions": {
            outcome: mean_of([each[arm][outcome] for each in cohorts]) for outcome in cohorts[0][arm]
        }
        for arm in cohorts[0]
    }


def difference(cohorts: Sequence[Figures], one: Arm, other: Arm, outcome: str) -> dict[str, Any]:
    """Of two arms in the same cohorts; `better` and `worse` are the shares of cohorts in which the first one is so."""
    apart = [each[one][outcome] - each[other][outcome] for each in cohorts]
    fewer = outcome.startswith(FEWER_IS_BETTER)
    more, less = (sum(each > 0 for each in apart), sum(each < 0 for each in apart))
    found = mean_of(apart)
    return found | {
        "better": round((less if fewer else more) / len(apart), 3),
        "worse": round((more if fewer else less) / len(apart), 3),
        "verdict": verdict(*found["interval"], fewer=fewer),
    }


def verdict(low: float, high: float, *, fewer: bool = False) -> str:
    """What an interval of differences says; `fewer`: the smaller they are the better."""
    if low <= 0 <= high:
        return UNCLEAR
    return "better" if (high < 0) == fewer else "worse"


def compared(cohorts: Sequence[Figures]) -> dict[str, dict[str, Any]]:
    return {
        name: {outcome: difference(cohorts, one, other, outcome) for outcome in cohorts[0][one]}
        for name, (one, other) in COMPARED.items()
    }


def sensitivity(cohorts: Sequence[Mapping[tuple[str, float], Figures]]) -> dict[str, Any]:
    """For each finding the difference as it is, with each parameter halved and doubled, and what would turn it round.

    `turns`: a clear difference the other way; `blurs`: none that is clear, where it was; `becomes_clear`: one that is,
    where it was not, and which way.
    """
    told: dict[str, Any] = {}
    for name, (one, other) in COMPARED.items():
        if one not in cohorts[0]["", 1.0]:
            continue
        for outcome in HANGING:
            found = {
                (f"{which} x{factor:g}" if which else "as it is"): difference(
                    [each[which, factor] for each in cohorts], one, other, outcome
                )
                for which, factor in cohorts[0]
            }
            told[f"{name}: {outcome}"] = _hanging(found)
    return told


def _hanging(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    base = found["as it is"]["verdict"]
    opposite = {"better": "worse", "worse": "better"}.get(base)
    return {
        "as_it_is": found.pop("as it is"),
        "turns": [which for which, each in found.items() if each["verdict"] == opposite],
        "blurs": [which for which, each in found.items() if opposite and each["verdict"] == UNCLEAR],
        "becomes_clear": {
            which: each["verdict"] for which, each in found.items() if not opposite and each["verdict"] != UNCLEAR
        },
        "changed": {which: [each["mean"], *each["interval"]] for which, each in found.items()},
    }
