"""How good a plan is: what is measured of it, and which of two is the better one."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from wegnetz.engines.mixing.annealing import wishes
from wegnetz.engines.mixing.bounds import ceilings, upper_bound
from wegnetz.engines.mixing.model import Broken, Contacts, Evenings, Mixed, Rule, Seated
from wegnetz.engines.mixing.problem import Groups, Problem, as_set
from wegnetz.engines.mixing.seating import keeps

Standing = tuple[int, Fraction, int, int]


def new_contacts(problem: Problem, evenings: list[Groups]) -> list[int]:
    """For each person, the set of those whom they meet for the first time."""
    found = [0] * problem.number
    for groups in evenings:
        for group in groups:
            there = as_set(group)
            for person in group:
                found[person] |= there & ~(1 << person) & ~problem.met[person]
    return found


def standing(problem: Problem, evenings: list[Groups], most: list[int]) -> Standing:
    """Of two plans the greater is the better one.

    Few who are alone with a language or groups without a host; then the share of the worst-off person; then new pairs;
    then groups with two languages, and few who sat together in the last weeks.
    """
    new = [others.bit_count() for others in new_contacts(problem, evenings)]
    worst = min((Fraction(have, full) for have, full in zip(new, most, strict=True) if full), default=Fraction(1))
    broken, rest = 0, 0
    for evening, groups in zip(problem.evenings, evenings, strict=True):
        for group in groups:
            lonely, hostless = unkept(problem, evening.present, group)
            broken += len(lonely) + hostless
            rest += wishes(problem, evening.present, as_set(group), 0)
    return -broken, worst, sum(new) // 2, -rest


def unkept(problem: Problem, present: int, group: list[int]) -> tuple[list[int], bool]:
    """Who of a group is alone with their languages although somebody there speaks them, and whether a host lacks."""
    there = as_set(group)
    lonely = [
        person for person in group
        if problem.speaks_with[person] & present and not problem.speaks_with[person] & there
    ]  # fmt: skip
    return lonely, bool(problem.hosts & present and not problem.hosts & there)


def told(given: Evenings, problem: Problem, evenings: list[Groups], broken: list[Broken], best: Fraction) -> Mixed:
    """A plan in the words in which it was asked for.

    Raises AssertionError for one that breaks a hard rule; a search that errs must not pass for right.
    """
    if not all(
        keeps(groups, evening, problem.apart) for groups, evening in zip(evenings, problem.evenings, strict=True)
    ):
        raise AssertionError("somebody has no seat, or sits where they must not")
    ids = [person.id for person in given.people]
    new = [others.bit_count() for others in new_contacts(problem, evenings)]
    beside = sum(comb(len(group), 2) for groups in evenings for group in groups)
    said = list(broken)
    for session, evening, groups in zip(given.sessions, problem.evenings, evenings, strict=True):
        for group in groups:
            lonely, hostless = unkept(problem, evening.present, group)
            said += [Broken(Rule.ALONE_WITH_LANGUAGE, session.id, (ids[person],)) for person in lonely]
            if hostless:
                said.append(Broken(Rule.HOST, session.id, tuple(ids[person] for person in group)))
    return Mixed(
        sessions=tuple(
            Seated(session.id, tuple(tuple(ids[person] for person in group) for group in sorted(map(sorted, groups))))
            for session, groups in zip(given.sessions, evenings, strict=True)
        ),
        new_pairs=sum(new) // 2, upper_bound=upper_bound(problem), repeats=beside - sum(new) // 2,
        per_person={
            who: Contacts(have, full) for who, have, full in zip(ids, new, ceilings(problem), strict=True)
        },
        best_share=float(best), broken=tuple(said),
    )  # fmt: skip
