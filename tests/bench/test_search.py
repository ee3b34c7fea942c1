"""`python -m bench search` from beginning to end, small; and that its queries are what they say."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from bench.lexicons import Query, letters_of, read_concepts, synonyms, with_typo, without
from bench.search import like_over, run

from wegnetz.engines.search.closeness import slips_between
from wegnetz.engines.search.concepts import Concept

ROWS = [
    {"id": "football", "parents": ["sport"], "terms": {"de": ["Fußball", "Kicken", "Bolzen"], "ar": ["كرة القدم"]}},
    {"id": "sport", "parents": [], "terms": {"de": ["Sport", "Leibesübung"], "ru": ["Спорт", "физкультура"]}},
]
CONCEPTS = [Concept("football", {"de": ("Fußball", "Kicken")}, ("sport",)), Concept("sport", {"de": ("Sport",)})]
TOML = """
title = "x"
others = [{ id = "y" }]
[[concepts]]
id = "football"
parents = ["sport"]
terms.de = ["Fußball", "Kicken"]
terms.fr = []
[[concepts]]
id = "sport"
terms.de = ["Sport"]
"""


def test_it_measures_each_language_that_has_synonyms_and_offers_in_a_database(tmp_path: Path) -> None:
    file = tmp_path / "interests.json"
    file.write_text(json.dumps(ROWS), encoding="utf-8")
    server = os.environ.get("WEGNETZ_TEST_DATABASE")
    options = ["--concepts", str(file), "--queries", "2", "--offers", "20", "--titles", "5"]
    options += ["--database", server] if server else []
    done = subprocess.run([sys.executable, "-m", "bench", "search", *options], capture_output=True, check=True)
    figures = json.loads(done.stdout)
    assert set(figures["recall"]) == {"de", "ru"}
    assert figures["recall"]["ru"]["clean"] == {"at 1": 1.0, "at 10": 1.0}
    assert figures["recall"]["ru"]["one typo"]["at 1"] == 1.0
    assert figures["recall"]["ru"]["one typo, LIKE"]["at 1"] == 0.0
    assert figures["recall"]["de"]["queries"] == 2
    offers = figures["offers"]
    assert (offers["queries"], offers["database"]) == (6, "postgresql" if server else "sqlite")
    assert 0 < offers["milliseconds"]["p50"] <= offers["milliseconds"]["p95"]
    assert (offers["titles"]["clean"], offers["titles"]["clean, LIKE"]) == ({"at 1": 1.0, "at 10": 1.0},) * 2
    assert offers["titles"]["a typo in every longer word, LIKE"] == {"at 1": 0.0, "at 10": 0.0}


def test_without_a_file_it_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--concepts"):
        run(Namespace(concepts=tmp_path / "none.toml", queries=2, offers=20, seed=1))


def test_concepts_are_read_from_toml_as_well(tmp_path: Path) -> None:
    file = tmp_path / "interests.toml"
    file.write_text(TOML, encoding="utf-8")
    assert read_concepts(file) == CONCEPTS


def test_a_file_without_concepts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.json"):
        read_concepts(file)


def test_labels_are_no_synonyms_and_what_is_taken_out_is_gone() -> None:
    (query,) = synonyms(CONCEPTS, "de")
    assert query == Query("Kicken", "football", "de")
    assert [one.terms["de"] for one in without(CONCEPTS, [query])] == [("Fußball",), ("Sport",)]


@pytest.mark.parametrize("text", ["Tischtennis", "كرة القدم", "ኩዕሶ", "aaa b"])
def test_a_typo_is_exactly_one(text: str) -> None:
    chance = random.Random(3)
    letters = letters_of([Concept("x", {"de": [text]})], "de")
    for _ in range(50):
        wrong = with_typo(text.lower(), letters, chance)
        assert wrong
        assert slips_between(text.lower(), wrong, 3) == 1


def test_a_word_of_two_letters_gets_no_typo() -> None:
    assert with_typo("a-b", "ab", random.Random(1)) is None


def test_like_knows_no_case_of_ascii_and_nothing_else() -> None:
    like = like_over(CONCEPTS)
    assert like("kick") == ["football"]
    assert like("FUß") == ["football"]
    assert like("fuss") == like("Spotr") == []
