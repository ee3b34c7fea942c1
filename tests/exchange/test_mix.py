"""`wegnetz mix`: JSON in and out, the same for the same seed, and a sentence for every input that cannot be mixed."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from wegnetz.exchange.cli import main


@pytest.fixture
def mix(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(given: object) -> tuple[int, Any, str]:
        raw = given if isinstance(given, str) else json.dumps(given)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw.encode())))
        code = main(["mix"])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return run


def forty(weeks: int = 3, **more: object) -> dict[str, object]:
    return {
        "people": [{"id": number, "languages": []} for number in range(40)],
        "sessions": [{"id": week, "present": list(range(40)), "group_size": 4} for week in range(weeks)],
        "seconds": 1, "seed": 1, **more,
    }  # fmt: skip


def test_it_says_who_sits_where_and_how_good_that_is(mix: Any) -> None:
    code, found, said = mix(forty(13))
    assert (code, said) == (0, "")
    told = ("new_pairs", "upper_bound", "gap", "repeats", "fewest_new", "broken_rules")
    assert {key: found[key] for key in told} == {
        "new_pairs": 780, "upper_bound": 780, "gap": 0, "repeats": 0, "fewest_new": 39, "broken_rules": [],
    }  # fmt: skip
    assert [each["id"] for each in found["sessions"]] == list(range(13))
    assert sorted(who for group in found["sessions"][0]["groups"] for who in group) == list(range(40))
    assert (found["per_person"]["7"], found["seconds"] >= 0) == ({"new": 39, "ceiling": 39}, True)


def test_the_same_seed_gives_the_same_groups(mix: Any) -> None:
    given = forty(2, sessions=[{"id": "a", "present": list(range(23))}, {"id": "b", "present": list(range(10, 37))}])
    first, second = (mix(given)[1] for _ in range(2))
    assert first["sessions"] == second["sessions"]


def test_what_had_to_give_way_is_named(mix: Any) -> None:
    _code, found, _said = mix(forty(1, apart=[[0, 1]], together=[[0, 1]]))
    assert found["broken_rules"] == [{"rule": "together", "session": 0, "people": [0, 1]}]


def test_history_counts(mix: Any) -> None:
    given = {
        "people": [{"id": each} for each in "abcd"],
        "sessions": [{"id": 1, "present": list("abcd"), "group_size": 2}],
    }
    _code, found, _said = mix(given | {"met": [["a", "b", 1], ["b", "a", 2], ["c", "d", 1], ["a", "c", 0]]})
    assert {frozenset(group) for group in found["sessions"][0]["groups"]} <= {
        frozenset(two) for two in ("ac", "bd", "ad", "bc")
    }
    assert found["new_pairs"] == 2


def test_an_evening_is_mixed_anew(mix: Any) -> None:
    seated = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]]
    sessions = [{"id": "tonight", "present": list(range(12)), "group_size": 4, "seated": seated}]
    code, found, _said = mix(forty(sessions=sessions))
    assert (code, found["moved"], found["fewest_moves"]) == (0, [], 0)
    assert [8, 9, 10, 11] in found["sessions"][0]["groups"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{", "found no valid JSON"),
        ("[]", "Expected `object`"),
        (forty(sessions=[{"id": 1, "present": [99]}]), "session 1: 99 is nobody of the people"),
        (forty(sessions=[{"id": 1, "present": []}, {"id": "1", "present": []}]), "sessions: found 1 twice"),
        (forty(people=[{"id": 1}, {"id": "1"}], sessions=[]), "people: found 1 twice"),
        (forty(apart=[[3, 3]]), "apart: 3 is there with nobody else"),
        (forty(seconds=-1), "Expected `float` >= 0"),
        (forty(wish="all"), "unknown field `wish`"),
        (forty(met=[[0, 1]]), "Expected `array` of length 3"),
        (forty(sessions=[{"id": 1, "present": [1], "seated": [[1], [1]]}]), "seated: somebody sits in two places"),
        (forty(sessions=[{"id": 1, "present": [1], "seated": [["x"]]}]), "seated: x is nobody of the people"),
        (forty(sessions=[{"id": 1, "present": [], "seated": []}, {"id": 2, "present": []}]), "seated is for one"),
    ],
)  # fmt: skip
def test_what_cannot_be_mixed_gets_a_sentence(mix: Any, given: object, sentence: str) -> None:
    code, found, said = mix(given)
    assert (code, found) == (2, None)
    assert sentence in said
    assert said.count("\n") == 1
