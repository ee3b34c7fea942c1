"""HiGHS, where it is installed (`pip install highspy`, MIT): the only place that knows it.

The assignment is a linear programme whose corner points are whole numbers, as it is a network flow. So the simplex
method answers it exactly, and its dual values are prices of seats. What comes back is checked by the caller.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from wegnetz.engines.introductions.problem import Choice, Problem


def module() -> ModuleType | None:
    """The package, or None where it is not installed or cannot be loaded."""
    try:
        return importlib.import_module("highspy")
    except ImportError:
        return None


def name(highspy: Any) -> str:
    return f"HiGHS {highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"


@dataclass(slots=True)
class _Rows:
    """The programme: a row is (lowest, highest) of a sum, a column (score, most, {row: factor})."""

    rows: list[tuple[float, float]] = field(default_factory=list)
    columns: list[tuple[int, float, dict[int, float]]] = field(default_factory=list)

    def row(self, lowest: float, highest: float) -> int:
        self.rows.append((lowest, highest))
        return len(self.rows) - 1


def solve(problem: Problem, highspy: Any) -> tuple[Choice, list[int]] | None:
    """The choice and the price of a seat for each offer; None when the solver did not come to an end."""
    model, pairs = _model(problem, highspy.kHighsInf)
    # The class below the public one has no callbacks; switching those on prints a banner amid our own output.
    solver = highspy.Highs.__base__()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("solver", "simplex")):
        solver.setOptionValue(option, value)
    solver.passModel(_lp(model, highspy))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    chosen: list[set[int]] = [set() for _ in problem.edges]
    for (person, offer), value in zip(pairs, solution.col_value, strict=False):
        if value > 0.5:
            chosen[person].add(offer)
    # The rows of the offers come first. Costs are kept low, so a seat that is wanted has a value below 0.
    duals: Sequence[float] = list(solution.row_dual)[: len(problem.seats)]
    return tuple(frozenset(offers) for offers in chosen), [max(round(-dual), 0) for dual in duals]


def _model(problem: Problem, infinite: float) -> tuple[_Rows, list[tuple[int, int]]]:
    """Columns: the pairs, then for each person whether served (0..1) and how many further offers at the floor.

    Rows: seats of each offer; offers at the floor = served + further; further + others <= per_person - 1;
    served in all.
    """
    model, pairs = _Rows(), []
    seats = [model.row(-infinite, number) for number in problem.seats]
    all_served = model.row(problem.served, problem.served)
    counters: list[dict[int, float]] = []
    for person, edges in enumerate(problem.edges):
        at_floor, others = model.row(0, 0), model.row(-infinite, problem.per_person - 1)
        for offer, score in edges.items():
            pairs.append((person, offer))
            model.columns.append((score, 1, {seats[offer]: 1, (at_floor if score >= problem.floor else others): 1}))
        counters += [{all_served: 1, at_floor: -1}, {at_floor: -1, others: 1}]
    for served, further in zip(counters[::2], counters[1::2], strict=True):
        model.columns += [(0, 1, served), (0, problem.per_person - 1, further)]
    return model, pairs


def _lp(model: _Rows, highspy: Any) -> Any:
    """The programme in the solver's own form: columns one after the other, costs to be kept low."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.columns), len(model.rows)
    lp.col_cost_ = [-float(score) for score, _, _ in model.columns]
    lp.col_lower_ = [0.0] * len(model.columns)
    lp.col_upper_ = [float(most) for _, most, _ in model.columns]
    lp.row_lower_ = [float(lowest) for lowest, _ in model.rows]
    lp.row_upper_ = [float(highest) for _, highest in model.rows]
    starts = [0]
    for _, _, factors in model.columns:
        starts.append(starts[-1] + len(factors))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = starts
    lp.a_matrix_.index_ = [row for _, _, factors in model.columns for row in factors]
    lp.a_matrix_.value_ = [value for _, _, factors in model.columns for value in factors.values()]
    return lp
