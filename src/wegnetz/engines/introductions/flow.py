"""The best assignment in pure Python: a min-cost flow by successive shortest paths.

Each person is two nodes: one from which offers that reach the floor are taken, and, where a person gets several,
one for the others. Each person brings one unit that has to go to an offer at the floor (leaving it out costs more
than anything else can gain) and `per_person - 1` units that may stay unused. Units come one at a time, each by the
cheapest path, which may move others (Ahuja, Magnanti, Orlin: Network Flows, 1993, section 9.7; potentials keep all
costs at 0 or above for Dijkstra's algorithm). The flow is best after each unit for the units that have come.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from wegnetz.engines.introductions.matching import Matching
from wegnetz.engines.introductions.problem import Choice, Problem

BUDGET = 200_000_000  # pairs looked at before it stops: 2 to 3 minutes on one core (0.7 µs each, measured)


def solve(problem: Problem, budget: int = BUDGET) -> tuple[Choice, list[int]]:
    """The choice and the price of a seat for each offer; best when the budget was enough, else only allowed."""
    flow = _Flow(problem, budget)
    if flow.run():
        return flow.choice(), flow.prices()
    return _finished(problem, flow), flow.prices()


def _finished(problem: Problem, flow: _Flow) -> Choice:
    """An allowed choice from a flow that stopped early: everybody who can gets one, then what is left by score."""
    firsts = {}
    for person, offers in enumerate(flow.choice()):
        reaching = [offer for offer in offers if problem.edges[person][offer] >= problem.floor]
        if reaching:
            firsts[person] = max(reaching, key=lambda offer, person=person: (problem.edges[person][offer], -offer))  # type: ignore[misc]
    held = Matching(problem, problem.floor, firsts).held
    chosen = [{held[person]} if person in held else set() for person in range(len(problem.edges))]
    left = list(problem.seats)
    for offer in held.values():
        left[offer] -= 1
    pairs = [(-score, person, offer) for person in held for offer, score in problem.edges[person].items()]
    for _, person, offer in sorted(pairs):
        if left[offer] and len(chosen[person]) < problem.per_person and offer not in chosen[person]:
            chosen[person].add(offer)
            left[offer] -= 1
    return tuple(frozenset(offers) for offers in chosen)


class _Flow:
    """Nodes: person p takes at the floor from 2p and others from 2p + 1, then the offers, then the sink."""

    def __init__(self, problem: Problem, budget: int) -> None:
        self._problem = problem
        self._budget = budget
        self._people = len(problem.edges)
        self._sink = 2 * self._people + len(problem.seats)
        self._potential = [0] * (self._sink + 1)
        self._top = max((score for edges in problem.edges for score in edges.values()), default=0)
        self._missing = 1 + self._top * (1 + problem.per_person * self._people)  # cost of a person without an offer
        self._guests: list[set[int]] = [set() for _ in problem.seats]
        self._taken: list[set[int]] = [set() for _ in problem.edges]
        self._lent = [0] * self._people  # units of node 2p + 1 that leave through node 2p

    def run(self) -> bool:
        """Whether all units came before the budget was used up."""
        firsts = [2 * person for person in range(self._people)]
        others = [node + 1 for _ in range(self._problem.per_person - 1) for node in firsts]
        return all(self._send(node) for node in firsts + others)

    def choice(self) -> Choice:
        return tuple(frozenset(offers) for offers in self._taken)

    def prices(self) -> list[int]:
        return [-potential for potential in self._potential[2 * self._people : self._sink]]

    def _send(self, source: int) -> bool:
        """Send one unit from a node to the sink. False when the budget ends first; then nothing has changed."""
        potential, sink = self._potential, self._sink
        distance, before, done = {source: 0}, {source: source}, dict[int, int]()
        heap = [(0, source)]
        while heap:
            so_far, node = heappop(heap)
            if node in done:
                continue
            done[node] = so_far
            if node == sink:
                break
            here = so_far + potential[node]
            for to, cost in self._arcs(node):
                self._budget -= 1
                reached = here + cost - potential[to]
                if to not in done and reached < distance.get(to, reached + 1):
                    distance[to], before[to] = reached, node
                    heappush(heap, (reached, to))
            if self._budget < 0:
                return False
        for node, so_far in done.items():
            potential[node] += so_far - done[sink]
        self._push(before)
        return True

    def _arcs(self, node: int) -> Iterator[tuple[int, int]]:
        """Where a unit can go on from here, at which cost; going back along a unit gives its cost back."""
        first_offer = 2 * self._people
        if node >= first_offer:
            offer = node - first_offer
            if len(self._guests[offer]) < self._problem.seats[offer]:
                yield self._sink, 0
            for person in self._guests[offer]:
                yield self._node_of(person, offer), self._problem.edges[person][offer] - self._top
            return
        person, other = divmod(node, 2)
        taken, floor = self._taken[person], self._problem.floor
        for offer, score in self._problem.edges[person].items():
            if (score < floor) == bool(other) and offer not in taken:
                yield first_offer + offer, self._top - score
        if other:
            yield node - 1, 0
            yield self._sink, self._top
            return
        if self._lent[person]:
            yield node + 1, 0
        yield self._sink, self._top + self._missing

    def _node_of(self, person: int, offer: int) -> int:
        return 2 * person + (self._problem.edges[person][offer] < self._problem.floor)

    def _push(self, before: dict[int, int]) -> None:
        first_offer, to = 2 * self._people, self._sink
        while before[to] != to:
            node = before[to]
            if node < first_offer <= to < self._sink:
                self._taken[node // 2].add(to - first_offer)
                self._guests[to - first_offer].add(node // 2)
            elif to < first_offer <= node:
                self._taken[to // 2].discard(node - first_offer)
                self._guests[node - first_offer].discard(to // 2)
            elif to < first_offer:
                self._lent[to // 2] += 1 if node > to else -1
            to = node
