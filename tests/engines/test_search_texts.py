"""Texts ranked by their words and by likeness, in memory and as candidates from elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.search import texts
from wegnetz.engines.search.fusion import Ranking, fuse
from wegnetz.engines.search.letters import fold_for_search
from wegnetz.engines.search.texts import (
    MOST_ASKED,
    MOST_FOUND,
    MOST_HITS,
    MOST_LETTERS,
    Entry,
    Field,
    Index,
    Match,
    Occurrence,
    asked_words,
    count,
    prepare,
    rank_candidates,
    score,
)
from wegnetz.engines.search.words import Word, trigrams

WORDS = ["tanz", "tanzen", "musik", "kochen", "malen", "rudern", "schwimmen", "schach"]


def text(name: str, title: str, body: str = "") -> Entry:
    return prepare(name, [Field("title", title, 3.0), Field("body", body)])


def found(query: str, *entries: Entry) -> list[str]:
    return [hit.entry.id for hit in Index(entries).find(query)]


def test_a_word_is_kept_with_its_weight_and_where_it_weighs_most() -> None:
    entry = prepare("1", [Field("body", "Wir tanzen, tanzen"), Field("title", "Tanzen!", 3.0)])
    assert entry.words["tanzen"] == Occurrence(5.0, "title", "Tanzen")
    assert entry.words["wir"] == Occurrence(1.0, "body", "Wir")
    assert entry.length == 4


def test_what_says_it_in_the_title_comes_first() -> None:
    assert found("Schach", text("body", "Treffen", "Schach"), text("title", "Schach", "Treffen")) == ["title", "body"]


def test_the_rarer_word_tells_more() -> None:
    common = [text(f"c{number}", "Kurs", "Musik") for number in range(3)]
    others = [text(f"o{number}", "Kurs", "Malen") for number in range(5)]
    assert found("Musik Schach", *common, *others, text("rare", "Kurs", "Schach"))[0] == "rare"


def test_the_shorter_text_that_says_it_comes_first() -> None:
    long = text("long", "Treffen", "Schach und noch vieles mehr an jedem Abend der Woche")
    assert found("Schach", long, text("short", "Treffen", "Schach heute")) == ["short", "long"]


def test_the_whole_word_comes_before_the_compound() -> None:
    assert found("Tanz", text("compound", "Tanzgruppe"), text("whole", "Tanz")) == ["whole", "compound"]


@pytest.mark.parametrize("query", ["Schwimen", "Schwimmne", "schwimmenn", "SCHWIMMMEN", "Scwimmen"])
def test_a_typo_finds_what_was_meant(query: str) -> None:
    assert found(query, text("other", "Schach spielen"), text("meant", "Schwimmen lernen")) == ["meant"]


def test_with_a_typo_the_words_that_are_known_do_not_decide() -> None:
    known = [text(f"a{number}", "Kurs") for number in range(3)]
    others = [text(f"c{number}", "Kochen") for number in range(4)]
    assert found("Schwimen Kurs", *known, *others, text("meant", "Schwimmen"))[0] == "meant"


def test_without_a_typo_they_count_beside_the_likeness() -> None:
    long = text("has the word", "Treffen an jedem Abend", "Musik und Tanz und Malen und Kochen")
    assert found("Tanz", text("has one like it", "Tanzen"), long, text("other", "Musik")) == [
        "has the word",
        "has one like it",
    ]


def test_what_is_nearer_comes_first() -> None:
    assert found("Schwimen", text("a", "Schwimmbecken"), text("z", "Schwimmen"), text("o", "Kochen")) == ["z", "a"]


def test_of_the_words_that_one_word_stands_for_only_the_best_counts() -> None:
    entry = text("1", "Tanzen Tanzabend")
    near = [Match(Word("tanz", "Tanz"), "tanzen", 0.7), Match(Word("tanz", "Tanz"), "tanzabend", 0.6)]
    statistics = count([entry])
    assert score(entry, near, statistics) == score(entry, near[:1], statistics) > score(entry, near[1:], statistics) > 0


def test_when_there_is_too_much_the_same_goes_before_what_is_like_it_and_the_rarer_word_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "MOST_FOUND", 1)
    others = [text(f"o{number}", "Kochen") for number in range(5)]
    music = [text("m1", "Musik"), text("m2", "Musik")]
    assert found("Musik Schach", *music, *others, text("rare", "Schach")) == ["rare"]
    assert found("Musik", *music, *others, text("like it", "Musikabend")) == ["m1", "m2"]


@pytest.mark.parametrize("query", ["t", "ta", "TA"])
def test_one_or_two_letters_find_beginnings(query: str) -> None:
    assert found(query, text("begins", "Tanz"), text("holds", "Stanze")) == ["begins"]


def test_scripts_without_spaces_are_found_within() -> None:
    assert found("足球", text("holds", "我们踢足球"), text("other", "我们踢毽子")) == ["holds"]


def test_a_word_that_half_of_the_texts_have_says_nothing_beside_a_rarer_one() -> None:
    all_have = [text(f"{number}", "Offenes Treffen") for number in range(5)]
    assert found("Treffen Schach", *all_have, text("meant", "Schach Treffen")) == ["meant"]
    assert len(found("Treffen", *all_have)) == 5


def test_nothing_is_found_for_nothing() -> None:
    assert found("?", text("1", "Tanz")) == found("", text("1", "Tanz")) == found("Tanz") == []


def test_of_an_endless_query_the_first_words_are_asked_each_once() -> None:
    query = "Tanz tanz " + " ".join(f"wort{number}" for number in range(10_000))
    assert [word.written for word in asked_words(query)] == ["Tanz", *(f"wort{at}" for at in range(MOST_ASKED - 1))]
    assert sum(len(word.key) for word in asked_words("x" * 10_000)) == MOST_LETTERS


def test_a_hit_says_which_word_stands_for_which_and_how_sure_it_is() -> None:
    (hit,) = Index([text("1", "Schwimmen")]).find("Schwimen 2030")
    ((match,), trust) = hit.matches, hit.trust
    assert (match.asked.written, match.key) == ("Schwimen", "schwimmen")
    assert trust == pytest.approx(match.closeness / 2)
    assert 0 < match.closeness < 1


def test_a_word_of_very_many_texts_yields_to_a_rarer_one_and_not_all_are_told() -> None:
    many = [text(f"{number:05}", "Kurs Malen" if number % 3 else "Tanz") for number in range(2 * MOST_FOUND)]
    hits = found("Tanz Kochen", *many, text("rare", "Kochen"))
    assert hits[0] == "rare"
    assert len(hits) == MOST_HITS


def test_what_fts5_finds_by_trigrams_can_be_ranked(tmp_path: Path) -> None:
    rows = {"a": "Straßenfußball", "b": "Fußballtennis im Hof", "c": "Kochen", "d": "Fussball"}
    entries = {name: text(name, title) for name, title in rows.items()}
    with closing(sqlite3.connect(tmp_path / "offers")) as database:
        database.execute("CREATE VIRTUAL TABLE offer USING fts5(name UNINDEXED, folded, tokenize='trigram')")
        database.executemany("INSERT INTO offer VALUES (?, ?)", [(a, fold_for_search(b)) for a, b in rows.items()])
        asked = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams("fusball")) if " " not in trigram)
        found = [name for (name,) in database.execute("SELECT name FROM offer WHERE offer MATCH ?", (asked,))]
    hits = rank_candidates("Fußbal", [entries[name] for name in found], count(list(entries.values())))
    assert set(found) == {"a", "b", "d"}
    assert hits[0].entry.id == "d"


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=8)


@given(TEXTS, st.lists(st.sampled_from([*WORDS, "tnaz", "musk", "schw", "ru"]), min_size=1, max_size=3))
def test_candidates_from_elsewhere_are_ranked_as_those_of_the_index(rows: list[list[str]], query: list[str]) -> None:
    entries = [text(f"{number}", words[0], " ".join(words[1:])) for number, words in enumerate(rows)]
    common = {word for word in WORDS if sum(word in entry.words for entry in entries) * 2 > len(entries)}
    here = Index(entries).find(" ".join(query))
    there = rank_candidates(" ".join(query), entries, count(entries))
    if not common:  # only the index knows which words too many texts have
        assert [(hit.entry.id, hit.score) for hit in here] == [(hit.entry.id, hit.score) for hit in there]
    assert {hit.entry.id for hit in here} <= {hit.entry.id for hit in there}


@given(TEXTS)
def test_a_word_that_only_one_text_has_finds_only_that(rows: list[list[str]]) -> None:
    entries = [text(f"{number}", " ".join(words)) for number, words in enumerate(rows)]
    assert found("Gefilzt", *entries, text("own", "gefilzt")) == ["own"]


# --- fusion ------------------------------------------------------------------------------------------


def test_what_both_lists_have_comes_before_what_one_has() -> None:
    one, other = Ranking({"a": 9.0, "b": 8.0}), Ranking({"c": 0.2, "b": 0.1})
    assert list(fuse([one, other])) == ["b", "a", "c"]


def test_equal_scores_share_a_rank_and_a_list_counts_by_its_weight_and_trust() -> None:
    assert fuse([Ranking({"a": 1.0, "b": 1.0, "c": 0.5})]) == {"a": 1 / 61, "b": 1 / 61, "c": 1 / 63}
    assert fuse([Ranking({"a": 1.0}, trust={"a": 0.5}, weight=3.0)]) == {"a": 1.5 / 61}


@given(st.dictionaries(st.text("abcd", min_size=1), st.floats(0, 1), max_size=9))
def test_one_list_keeps_its_order(scores: dict[str, float]) -> None:
    assert list(fuse([Ranking(scores)])) == sorted(scores, key=lambda one: (-scores[one], one))
