"""`wegnetz introduce [FILE|-] [--why PERSON OFFER | --ranked PERSON]`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TypeVar

from wegnetz.core.strict_json import one_line
from wegnetz.engines.introductions import (
    CohortSizeError,
    Fit,
    Offer,
    Person,
    Reason,
    Unassigned,
    fit,
    introduce,
    ranked,
)
from wegnetz.exchange.introductions_input import Cohort, read_cohort
from wegnetz.exchange.json_input import InputError
from wegnetz.network.words import sentence

Known = TypeVar("Known", Person, Offer)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input", nargs="?", default="-", metavar="FILE", help="JSON with people and offers; - or nothing reads stdin"
    )
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of the reasons")
    parser.add_argument("--pure-python", action="store_true", help="leave HiGHS out even where it is installed")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--why", nargs=2, metavar=("PERSON", "OFFER"), help="only say why this offer suits, or why not")
    one.add_argument("--ranked", metavar="PERSON", help="only list the possible offers of this person, best first")


def run(options: argparse.Namespace) -> int:
    try:
        cohort = read_cohort(options.input)
        answer = _answer(cohort, options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except CohortSizeError as error:
        print(f"{options.input}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def _answer(cohort: Cohort, options: argparse.Namespace) -> dict[str, Any]:
    if options.why:
        person, offer = _one(cohort.people, options.why[0], "person"), _one(cohort.offers, options.why[1], "offer")
        return _pair(cohort, fit(person, offer, cohort.parents), options.lang)
    if options.ranked is not None:
        person = _one(cohort.people, options.ranked, "person")
        fits = ranked(person, cohort.offers, cohort.parents)
        return {
            "person": cohort.person_ids[person.id],
            "offers": [_assignment(cohort, each, options.lang) for each in fits],
        }
    return _whole(cohort, lang=options.lang, pure_python=options.pure_python)


def _whole(cohort: Cohort, *, lang: str, pure_python: bool) -> dict[str, Any]:
    """The whole answer. `objective` and `bound` are sums of scores, `worst_off` the lowest best score of a person."""
    found = introduce(
        cohort.people,
        cohort.offers,
        per_person=cohort.per_person,
        parents=cohort.parents,
        pure_python=pure_python,
    )
    return {
        "assignments": [_assignment(cohort, each, lang) for each in found.assignments],
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "worst_off": found.worst_off,
        "unassigned": [_unassigned(cohort, each, lang) for each in found.unassigned],
        "solver": found.solver,
    }


def _assignment(cohort: Cohort, each: Fit, lang: str) -> dict[str, Any]:
    return {
        "person": cohort.person_ids[each.person],
        "offer": cohort.offer_ids[each.offer],
        "score": each.score,
        "reasons": _worded(each.reasons, lang),
    }


def _pair(cohort: Cohort, each: Fit, lang: str) -> dict[str, Any]:
    return {
        **_assignment(cohort, each, lang),
        "possible": each.possible,
        "why_not": [{"code": str(reason.code), "text": sentence(reason, lang)} for reason in each.against],
    }


def _unassigned(cohort: Cohort, each: Unassigned, lang: str) -> dict[str, Any]:
    return {
        "person": cohort.person_ids[each.person],
        "why": sentence(Reason(each.why), lang),
        "code": str(each.why),
        "closed_by": {str(code): number for code, number in each.closed_by.items()},
    }


def _worded(reasons: tuple[Reason, ...], lang: str) -> list[dict[str, Any]]:
    return [{"code": str(each.code), "points": each.points, "text": sentence(each, lang)} for each in reasons]


def _one(known: tuple[Known, ...], wanted: str, what: str) -> Known:
    found = next((each for each in known if each.id == wanted), None)
    if found is None:
        raise InputError(f"{what} {one_line(wanted, 60)}: not found in the input")
    return found
