"""How many people can get something at all, and how well off the worst off of them can be. Exact, pure Python."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from wegnetz.engines.introductions.problem import Problem


def with_goals(problem: Problem) -> Problem:
    """The problem with the two goals that come before the sum: `served` at its most, then `floor` at its most.

    Serving as many people as possible is a matching with capacities. The floor is the highest score such that
    offers of this score or more still serve as many people; higher floors never serve more, so halving finds it.
    """
    served = Matching(problem, 0).size
    scores = sorted({score for edges in problem.edges for score in edges.values()})
    low, high = 0, len(scores) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if Matching(problem, scores[middle]).size == served:
            low = middle
        else:
            high = middle - 1
    return replace(problem, served=served, floor=scores[low] if served else 0)


class Matching:
    """As many people as possible with one offer each, by augmenting paths.

    `held` {person: offer}. It may start from a matching that is already there: who is served stays served. Offers
    seen by a search that found no free seat lead to none later either (Kuhn's and Berge's theorems), so all searches
    that fail look at each pair once together.
    """

    def __init__(self, problem: Problem, floor: int, start: dict[int, int] | None = None) -> None:
        self._problem = problem
        self._floor = floor
        self.held: dict[int, int] = dict(start or {})
        self._guests: list[set[int]] = [set() for _ in problem.seats]
        for person, offer in self.held.items():
            self._guests[offer].add(person)
        self._dead = [False] * len(problem.seats)
        for person in range(len(problem.edges)):
            if person not in self.held:
                self._serve(person)

    @property
    def size(self) -> int:
        return len(self.held)

    def _serve(self, newcomer: int) -> None:
        """Find a seat for one more person, by moving others where needed (breadth first)."""
        asked_by: dict[int, int] = {}  # offer -> the person who would take it
        queue = deque([newcomer])
        while queue:
            person = queue.popleft()
            for offer, score in self._problem.edges[person].items():
                if score < self._floor or offer in asked_by or self._dead[offer]:
                    continue
                asked_by[offer] = person
                if len(self._guests[offer]) < self._problem.seats[offer]:
                    self._move(offer, asked_by)
                    return
                queue.extend(sorted(self._guests[offer]))
        for offer in asked_by:
            self._dead[offer] = True

    def _move(self, offer: int, asked_by: dict[int, int]) -> None:
        while True:
            person = asked_by[offer]
            left = self.held.get(person)
            self.held[person] = offer
            self._guests[offer].add(person)
            if left is None:
                return
            self._guests[left].discard(person)
            offer = left
