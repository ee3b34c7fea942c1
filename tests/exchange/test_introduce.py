"""`wegnetz introduce`: the answer, and what cannot be used."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.decide_desk import Run
from wegnetz.engines.introductions import Code, cohort
from wegnetz.exchange import introductions_input
from wegnetz.exchange.cli import main
from wegnetz.exchange.introductions_input import SHAPE
from wegnetz.network.words import SENTENCES

Ask = Callable[..., Run]

COHORT: dict[str, Any] = {
    "people": [
        {"id": "miluto", "interests": {"football": 5, "singing": 2}, "languages": ["ar"], "age": 20, "needs": []},
        {"id": 7, "interests": {"chess": 1}, "languages": ["DE "], "lat": 51.2257, "lon": 6.7715},
        {"id": "nobody-yet", "interests": {}, "district": "Bilk"},
    ],
    "offers": [
        {"id": "kickers", "concepts": ["sport"], "capacity": 3, "languages": ["ar"], "age": [18, None]},
        {"id": 1, "concepts": ["chess"], "capacity": 1, "languages": ["de"], "lat": 51.2006, "lon": 6.779},
        {"id": "choir", "concepts": ["singing"], "capacity": 2, "languages": ["de"], "women_only": True},
    ],
    "per_person": 2,
    "parents": {"football": "sport"},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cohort.json"


@pytest.fixture
def ask(file: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(given: object, *more: str) -> Run:
        file.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
        code = main(["introduce", str(file), *more])
        written = capsys.readouterr()
        return Run(code, written.out, written.err)

    return asked


def with_person(**known: Any) -> dict[str, Any]:
    return {"people": [{"id": "a", **known}], "offers": []}


def with_offer(**known: Any) -> dict[str, Any]:
    return {"people": [], "offers": [{"id": "x", **known}]}


def test_the_answer_says_who_goes_where_and_why(ask: Ask) -> None:
    run = ask(COHORT, "--lang", "en")
    answer = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert list(answer) == ["assignments", "objective", "bound", "gap", "worst_off", "unassigned", "solver"]
    assert [(each["person"], each["offer"], each["score"]) for each in answer["assignments"]] == [
        (7, 1, 160),
        ("miluto", "kickers", 290),
    ]
    assert [answer[key] for key in ("objective", "bound", "gap", "worst_off")] == [450, 450, 0, 160]
    assert answer["assignments"][0]["reasons"] == [
        {"code": "interest", "points": 100, "text": "Meets the interest “chess”."},
        {"code": "shared-language", "points": 40, "text": "Shared language: de."},
        {"code": "near", "points": 20, "text": "2.8 km away (as the crow flies)."},
        {"code": "seats", "points": 0, "text": "Seats in all: 1."},
    ]
    assert answer["unassigned"] == [
        {
            "person": "nobody-yet",
            "why": "Nobody has asked yet what the person likes to do.",
            "code": "no-interests-recorded",
            "closed_by": {},
        }
    ]


def test_the_answer_is_german_unless_asked_otherwise(ask: Ask) -> None:
    assert json.loads(ask(COHORT).out)["unassigned"][0]["why"] == "Noch hat niemand gefragt, was die Person gern macht."


def test_the_same_question_gets_the_same_letters_in_any_order(ask: Ask) -> None:
    turned = {**COHORT, "people": COHORT["people"][::-1], "offers": COHORT["offers"][::-1]}
    assert ask(COHORT) == ask(COHORT) == ask(turned)


def test_the_own_solver_can_be_asked_for(ask: Ask) -> None:
    own = json.loads(ask(COHORT, "--pure-python").out)
    assert own == {**json.loads(ask(COHORT).out), "solver": "own min-cost flow"}


def test_why_not_is_answered_for_any_pair(ask: Ask) -> None:
    answer = json.loads(ask(COHORT, "--lang", "en", "--why", "miluto", "choir").out)
    assert answer == {
        "person": "miluto",
        "offer": "choir",
        "score": 0,
        "reasons": [],
        "possible": False,
        "why_not": [
            {"code": "no-shared-language", "text": "No shared language, and no interpreter is recorded."},
            {
                "code": "women-only-not-recorded",
                "text": "For women only; whether that suits is not recorded: ask and record it.",
            },
        ],
    }
    possible = json.loads(ask(COHORT, "--why", "7", "1").out)
    assert (possible["possible"], possible["why_not"], possible["score"]) == (True, [], 160)


def test_the_possible_offers_of_one_person_come_best_first(ask: Ask) -> None:
    answer = json.loads(ask(COHORT, "--ranked", "7").out)
    assert (answer["person"], [each["offer"] for each in answer["offers"]]) == (7, [1])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--why", "x\n", "choir"), "person 'x\\n': not found in the input\n"),
        (("--why", "miluto", "gone"), "offer gone: not found in the input\n"),
        (("--ranked", "gone"), "person gone: not found in the input\n"),
    ],
)
def test_a_pair_that_is_not_there_is_said(ask: Ask, more: tuple[str, ...], message: str) -> None:
    assert ask(COHORT, *more) == Run(2, "", message)


def test_null_is_not_known(ask: Ask) -> None:
    person = dict.fromkeys(
        ("interests", "languages", "age", "district", "lat", "lon", "needs", "woman", "reach_km", "keep_away")
    )
    offer = dict.fromkeys(
        (
            *("concepts", "capacity", "held_back", "languages", "interpreter", "age", "lat", "lon", "district"),
            *("women_only", "accessible", "cost_cents"),
        )
    )
    assert ask({**with_person(**person), "offers": [{"id": "x", **offer}], "parents": None}).code == 0


def test_more_pairs_than_can_be_held_are_refused(ask: Ask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohort, "MAX_PAIRS", 2)
    found = "found more than 2 pairs of a person and an offer for their interests, expected a smaller cohort"
    assert ask(COHORT) == Run(2, "", f"{file}: {found}\n")
    monkeypatch.setattr(cohort, "MAX_PAIRS", 3)
    assert ask(COHORT).code == 0


def test_needs_are_read_with_either_line(ask: Ask) -> None:
    cohort = with_person(needs=["Women_Only"], interests={"chess": 1})
    cohort["offers"] = [{"id": "x", "concepts": ["chess"], "women_only": True}]
    assert len(json.loads(ask(cohort).out)["assignments"]) == 1


A_LANGUAGE = "expected a code (BCP 47, such as ar) or a name in German or English"
REFUSED: list[tuple[str, object, str]] = [
    ("no people", {"offers": []}, "Object missing required field `people`"),
    ("a list", [], "Expected `object`, got `array`"),
    ("unknown key", {**COHORT, "seats": 1}, "Object contains unknown field `seats`"),
    ("unknown key of a person", with_person(name="x"), "Object contains unknown field `name` - at `$.people[0]`"),
    ("unknown key of an offer", with_offer(price=1), "Object contains unknown field `price` - at `$.offers[0]`"),
    ("key with a line", with_person(**{"a\nb": 1}), "'Object contains unknown field `a\\nb` - at `$.people[0]`'"),
    ("a word for an age", with_person(age="20"), "Expected `int | null`, got `str` - at `$.people[0].age`"),
    ("true for an age", with_person(age=True), "Expected `int | null`, got `bool` - at `$.people[0].age`"),
    ("an age below 0", with_person(age=-1), "Expected `int` >= 0 - at `$.people[0].age`"),
    ("a strength of 6", with_person(interests={"a": 6}), "Expected `int` <= 5 - at `$.people[0].interests[...]`"),
    (
        "half a strength",
        with_person(interests={"a": 1.5}),
        "Expected `int`, got `float` - at `$.people[0].interests[...]`",
    ),
    ("an id without letters", with_person(id=""), "Expected `str` of length >= 1 - at `$.people[0].id`"),
    ("a capacity below 0", with_offer(capacity=-1), "Expected `int` >= 0 - at `$.offers[0].capacity`"),
    ("held back below 0", with_offer(held_back=-1), "Expected `int` >= 0 - at `$.offers[0].held_back`"),
    ("one age", with_offer(age=[18]), "Expected `array` of length 2, got 1 - at `$.offers[0].age`"),
    ("ages turned", with_offer(age=[27, 18]), "x: the ages 27 to 18 are the wrong way round"),
    (
        "an unknown need",
        with_person(needs=["free", "Rollstuhl"]),
        "a: the need rollstuhl is unknown, known are accessible, free, interpreter, women-only",
    ),
    (
        "an unknown language of a person",
        with_person(languages=["ar", "Elbisch"]),
        f"person a: the language Elbisch is unknown, {A_LANGUAGE}",
    ),
    (
        "an unknown language of an offer",
        with_offer(languages=["xx"]),
        f"offer x: the language xx is unknown, {A_LANGUAGE}",
    ),
    (
        "kept away from no offer",
        {**with_person(keep_away=["x", "y"]), "offers": [{"id": "x"}]},
        "person a: keep_away names y, and there is no such offer",
    ),
    ("lat alone", with_person(lat=51.2), "person a: found lat alone, expected lat and lon"),
    ("lon alone", with_offer(lon=6.7), "offer x: found lon alone, expected lat and lon"),
    ("no place on earth", with_offer(lat=91, lon=0), "offer x: no place on earth: 91.0, 0.0"),
    (
        "a number too large",
        b'{"people":[{"id":"a","lat":1e999,"lon":0}],"offers":[]}',
        "person a: no place on earth: inf, 0.0",
    ),
    (
        "NaN",
        b'{"people":[{"id":"a","lat":NaN,"lon":0}],"offers":[]}',
        f"found no valid JSON (NaN is no number), expected {SHAPE}",
    ),
    (
        "infinity",
        b'{"people":[],"offers":[],"per_person":-Infinity}',
        f"found no valid JSON (-Infinity is no number), expected {SHAPE}",
    ),
    (
        "a person twice",
        {"people": [{"id": 1}, {"id": "1"}], "offers": []},
        "person 1: found twice, expected each id once",
    ),
    ("an offer twice", {"people": [], "offers": [{"id": "x"}] * 2}, "offer x: found twice, expected each id once"),
    ("none per person", {**COHORT, "per_person": 0}, "Expected `int` >= 1 - at `$.per_person`"),
    ("too many per person", {**COHORT, "per_person": 101}, "Expected `int` <= 100 - at `$.per_person`"),
    (
        "too many people",
        {"people": [{"id": n} for n in range(10_001)], "offers": []},
        "Expected `array` of length <= 10000 - at `$.people`",
    ),
    ("nothing", b"", f"found no valid JSON (Expecting value: line 1 column 1 (char 0)), expected {SHAPE}"),
]


@pytest.mark.parametrize(("raw", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_used_is_refused_in_one_sentence(ask: Ask, file: Path, raw: object, message: str) -> None:
    assert ask(raw) == Run(2, "", f"{file}: {message}\n")


def test_a_key_that_is_there_twice_is_refused(ask: Ask) -> None:
    raw = b'{"people": [{"id": "a", "age": 1, "age": 2}], "offers": []}'
    assert ask(raw) == Run(2, "", "age: found twice, expected each key once\n")


@pytest.mark.parametrize(
    "raw",
    [b"[" * 400_000, b'{"people":' * 50_000, b"\xff\xfe", b'{"people":' + b"9" * 10_000 + b"}"],
    ids=["lists", "objects", "not utf-8", "digits"],
)
def test_a_bomb_is_refused_as_no_valid_json(ask: Ask, file: Path, raw: bytes) -> None:
    run = ask(raw)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith(f"{file}: found no valid JSON (")


def test_a_huge_file_is_refused_before_it_is_read_in_full(
    ask: Ask, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introductions_input, "MAX_BYTES", 40)
    small = b'{"people": [], "offers": []}'
    assert ask(small + b" " * (40 - len(small))).code == 0
    found = "found more than 40 bytes, expected the people and offers of one programme"
    assert ask(small + b" " * (41 - len(small))) == Run(2, "", f"{file}: {found}\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.json", "missing.json: cannot be read (No such file or directory)\n"),
        (".", ".: cannot be read (Is a directory)\n"),
        ("a\0b", "'a\\x00b': cannot be read (no name of a file)\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (main(["introduce", name]), *capsys.readouterr()) == (2, "", message)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
PERSON_KEYS = list(introductions_input.PersonGiven.__struct_fields__)
OFFER_KEYS = list(introductions_input.OfferGiven.__struct_fields__)


def objects(keys: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.dictionaries(st.sampled_from(keys) | st.text(max_size=3), json_values, max_size=3)
    return st.lists(st.builds(lambda known: {"id": "a", **known}, one), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries({"people": objects(PERSON_KEYS), "offers": objects(OFFER_KEYS)}) | json_values | st.binary()
)
def test_whatever_is_given_there_is_an_answer_or_one_line_that_says_why_not(ask: Ask, raw: object) -> None:
    run = ask(raw)
    assert (run.code, bool(run.out), run.err.count("\n")) in {(0, True, 0), (2, False, 1)}


def test_standard_input_is_read_when_no_file_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(COHORT).encode())))
    assert main(["introduce"]) == 0
    assert json.loads(capsys.readouterr().out)["objective"] == 450


def test_the_command_answers_from_a_process_of_its_own() -> None:
    """Nothing but the answer stands on standard output, whichever solver is at work."""
    run = subprocess.run(
        [sys.executable, "-m", "wegnetz.exchange.cli", "introduce", "-"],
        input=json.dumps(COHORT).encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={"LC_ALL": "C", **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}},
    )
    assert (run.returncode, json.loads(run.stdout)["gap"], run.stderr) == (0, 0, b"")


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_a_german_and_an_english_sentence(code: Code) -> None:
    german, english = SENTENCES[code]
    fields = [[name for _, name, _, _ in Formatter().parse(text) if name is not None] for text in (german, english)]
    assert german != english
    assert german.endswith(".")
    assert english.endswith(".")
    assert fields[0] == fields[1]
