"""Introductions for a whole cohort under capacities.

Hard rules first: only possible pairs, never more than the seats that may be handed out, nobody the same offer
twice. Then, each without giving up any of the one before:

1. as few people as possible with nothing;
2. the worst-off person, measured by the best offer they get, is as well off as possible. The best one counts, not
   the sum: it is one place that becomes a person's own, and two half-fitting ones do not make up for it;
3. the sum of all scores is as high as possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from wegnetz.engines.introductions import flow, highs
from wegnetz.engines.introductions.fitting import Parents, fit
from wegnetz.engines.introductions.matching import with_goals
from wegnetz.engines.introductions.model import Fit, Introductions, Offer, Person, Unassigned
from wegnetz.engines.introductions.problem import Choice, Problem, bound, check, is_allowed, total
from wegnetz.engines.introductions.words import Code

MAX_PAIRS = 10_000_000  # about 1 GB; 5,000 people and 2,000 offers have about 2 million
OWN = "own min-cost flow"
Known = TypeVar("Known", Person, Offer)


class CohortSizeError(ValueError):
    """More pairs of people and offers than memory should hold."""


def introduce(
    people: Iterable[Person],
    offers: Iterable[Offer],
    *,
    per_person: int = 1,
    parents: Parents | None = None,
    pure_python: bool = False,
    budget: int = flow.BUDGET,
) -> Introductions:
    """The best introductions for a cohort, at most `per_person` for each person.

    `pure_python` leaves HiGHS out even where it is installed; `budget` is how many pairs the pure Python may look
    at before it stops with what it has. The order of people and offers makes no difference.
    Raises ValueError for an id that is there twice or a `per_person` below 1, CohortSizeError for too many pairs.
    """
    if per_person < 1:
        raise ValueError(f"per_person: found {per_person}, expected 1 or more")
    everyone, everything = _by_id(people, "person"), _by_id(offers, "offer")
    known = parents or {}
    meeting = meeting_an_interest(everyone, everything, known)
    scores = tuple(_scores(person, everything, met, known) for person, met in zip(everyone, meeting, strict=True))
    most = len(everyone)
    seats = tuple(most if offer.seats is None else min(offer.seats, most) for offer in everything)
    problem = with_goals(Problem(scores, seats, min(per_person, max(len(everything), 1))))
    choice, most_possible, solver = _solved(problem, pure_python=pure_python, budget=budget)
    # Reasons are worded again for the few that count: those of all pairs of a city do not fit into memory.
    chosen = [_fits(person, everything, own, known) for person, own in zip(everyone, choice, strict=True)]
    return Introductions(
        assignments=tuple(each for own in chosen for each in own),
        objective=total(problem, choice),
        bound=most_possible,
        worst_off=min((own[0].score for own in chosen if own), default=None),
        unassigned=tuple(
            _why(person, _fits(person, everything, met, known))
            for person, met, own in zip(everyone, meeting, chosen, strict=True)
            if not own
        ),
        solver=solver,
    )


def _fits(person: Person, offers: Sequence[Offer], numbers: Iterable[int], parents: Parents) -> list[Fit]:
    """The fits of some offers, best first."""
    found = (fit(person, offers[number], parents) for number in numbers)
    return sorted(found, key=lambda each: (-each.score, each.offer))


def meeting_an_interest(people: Sequence[Person], offers: Sequence[Offer], parents: Parents) -> list[list[int]]:
    """For each person the numbers of the offers that meet an interest, possible or not.

    Raises CohortSizeError for more pairs than memory should hold.
    """
    meeting = _offers_by_interest(offers, parents)
    found, pairs = [], 0
    for person in people:
        liked = {number for interest in person.interests for number in meeting.get(interest, ())}
        liked |= {
            number
            for interest in person.interests
            for broader in parents.get(interest, ())
            for number in meeting.get((broader,), ())
        }
        found.append(sorted(liked))
        pairs += len(liked)
        if pairs > MAX_PAIRS:
            raise CohortSizeError(
                f"found more than {MAX_PAIRS} pairs of a person and an offer for their interests, "
                "expected a smaller cohort"
            )
    return found


def _scores(person: Person, offers: Sequence[Offer], numbers: Iterable[int], parents: Parents) -> dict[int, int]:
    fits = ((number, fit(person, offers[number], parents)) for number in numbers)
    return {number: each.score for number, each in fits if each.possible}


def _offers_by_interest(offers: Sequence[Offer], parents: Parents) -> dict[str | tuple[str], set[int]]:
    """Numbers of offers by an interest they meet as it is or as a narrower one; under (concept,) as it is only."""
    found: dict[str | tuple[str], set[int]] = {}
    for number, offer in enumerate(offers):
        for concept in offer.concepts:
            for key in (concept, (concept,), *parents.get(concept, ())):
                found.setdefault(key, set()).add(number)
    return found


def _solved(problem: Problem, *, pure_python: bool, budget: int) -> tuple[Choice, int, str]:
    """The best choice, the bound and who found it. The next solver is asked only where the one before proved nothing.

    HiGHS works with rounded numbers, so what it says is believed only after it is checked.
    """
    found: list[tuple[int, Choice, str]] = []
    bounds: list[int] = []
    for name, solve in _solvers(pure_python=pure_python, budget=budget):
        answer = solve(problem)
        if answer is None or not (name == OWN or is_allowed(problem, answer[0])):
            continue
        found.append((total(problem, answer[0]), answer[0], name))
        bounds.append(bound(problem, answer[1]))
        if found[-1][0] == bounds[-1]:
            break
    check(problem, found[-1][1])
    _, choice, name = max(found, key=lambda each: each[0])
    return choice, min(bounds), name


def _solvers(
    *, pure_python: bool, budget: int
) -> Iterator[tuple[str, Callable[[Problem], tuple[Choice, list[int]] | None]]]:
    highspy = None if pure_python else highs.module()
    if highspy is not None:
        yield highs.name(highspy), lambda problem: highs.solve(problem, highspy)
    yield OWN, lambda problem: flow.solve(problem, budget)


def _by_id(known: Iterable[Known], what: str) -> list[Known]:
    found = sorted(known, key=lambda each: each.id)
    twice = next((one.id for one, other in pairwise(found) if one.id == other.id), None)
    if twice is not None:
        raise ValueError(f"{what} {twice}: found twice, expected each id once")
    return found


def _why_closed(against: Sequence[set[Code]]) -> Code:
    """What nothing but a seat, or nothing but a beginning, closes is not closed to the person."""
    if {Code.FULL} in against:
        return Code.ALL_FULL
    return Code.ALL_BEGUN if any(codes - {Code.FULL} == {Code.BEGUN} for codes in against) else Code.ALL_CLOSED


def _why(person: Person, fits: Sequence[Fit]) -> Unassigned:
    """Why a person got nothing."""
    closed = Counter(code for each in fits for code in {reason.code for reason in each.against})
    if not person.interests:
        why = Code.NO_INTERESTS
    elif not fits:
        why = Code.NOBODY_OFFERS
    elif any(each.possible for each in fits):
        why = Code.ALL_TAKEN
    else:
        why = _why_closed([{reason.code for reason in each.against} for each in fits])
    return Unassigned(person.id, why, dict(sorted(closed.items())))
