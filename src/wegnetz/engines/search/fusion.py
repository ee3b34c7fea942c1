"""Make one list of several whose scores cannot be compared, by their ranks.

Source: Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods
(SIGIR 2009), which proposes the constant 60.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CONSTANT = 60


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores by id, higher is better. `trust` (0 to 1, by id; 1 if not named) is how sure that place is at all."""

    scores: Mapping[str, float]
    trust: Mapping[str, float] = field(default_factory=dict)
    weight: float = 1.0


def fuse(rankings: Iterable[Ranking]) -> dict[str, float]:
    """Ids with their fused score, the best first. Equal scores share a rank; equal sums are ordered by id."""
    fused: dict[str, float] = {}
    for ranking in rankings:
        for one, rank in _ranks(ranking.scores).items():
            fused[one] = fused.get(one, 0.0) + ranking.weight * ranking.trust.get(one, 1.0) / (CONSTANT + rank)
    return dict(sorted(fused.items(), key=lambda pair: (-pair[1], pair[0])))


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    rank = 0
    previous: float | None = None
    for place, (one, score) in enumerate(sorted(scores.items(), key=lambda pair: -pair[1]), 1):
        if score != previous:
            rank, previous = place, score
        ranks[one] = rank
    return ranks
