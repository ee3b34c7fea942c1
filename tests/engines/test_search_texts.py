"""Texts found by their words and by likeness, and ranked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.texts_in_memory import found, hits, text
from wegnetz.engines.search import plan
from wegnetz.engines.search.fusion import Ranking, fuse
from wegnetz.engines.search.plan import Lookup, Step, lookup, steps
from wegnetz.engines.search.texts import (
    MOST_ASKED,
    MOST_HITS,
    MOST_LETTERS,
    MOST_WORDS,
    Field,
    Match,
    Occurrence,
    Statistics,
    Text,
    asked_words,
    entry_of,
    make_text,
    score,
)
from wegnetz.engines.search.words import LONGEST, Word

WORDS = ["tanz", "tanzen", "musik", "kochen", "malen", "rudern", "schwimmen", "schach"]


def test_a_text_keeps_its_words_as_they_are_compared_and_as_they_are_written() -> None:
    fields = [Field("body", "Wir tanzen, tanzen"), Field("title", "Tänze!", 3.0)]
    assert make_text(fields) == Text("tanze", "wir tanzen tanzen", "Tänze Wir tanzen tanzen",
                                     (("title", 3.0, 1), ("body", 1.0, 3)))  # fmt: skip


def test_a_word_counts_by_weight_and_is_shown_where_it_weighs_most() -> None:
    made = make_text([Field("body", "Wir tanzen, tanzen"), Field("title", "Tanzen!", 3.0)])
    entry = entry_of("1", [made], {"tanzen", "wir", "nicht"})
    assert entry.words == {"tanzen": Occurrence(5.0, "title", "Tanzen"), "wir": Occurrence(1.0, "body", "Wir")}
    assert entry.length == 4


def test_in_several_languages_a_word_counts_where_it_weighs_most() -> None:
    german, english = make_text([Field("title", "Café", 3.0)]), make_text([Field("name", "a Café", 2.0)])
    assert entry_of("1", [english, german], {"cafe"}).words == {"cafe": Occurrence(3.0, "title", "Café")}
    assert entry_of("1", [english, german], {"cafe"}).length == 1.5


def test_of_a_book_the_beginning_is_kept_and_of_an_endless_word_too() -> None:
    made = make_text([Field("title", "wort " * 3 * MOST_WORDS, 3.0), Field("body", "Ende")])
    assert made.length == MOST_WORDS == len(made.written.split(" ")) == len(made.title.split())
    assert make_text([Field("title", "x" * 999)]).title == "x" * LONGEST
    assert found("x" * 999, text("1", "x" * 999)) == ["1"]


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
    entry = entry_of("1", [text("1", "Tanzen Tanzabend")[1]], {"tanzen", "tanzabend"})
    near = [Match(Word("tanz", "Tanz"), "tanzen", 0.7), Match(Word("tanz", "Tanz"), "tanzabend", 0.6)]
    statistics = Statistics(1, 2.0, {"tanzen": 1, "tanzabend": 1})
    assert score(entry, near, statistics) == score(entry, near[:1], statistics) > score(entry, near[1:], statistics) > 0


def test_when_there_is_too_much_the_same_goes_before_what_is_like_it_and_the_rarer_word_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "MOST_FOUND", 1)
    others = [text(f"o{number}", "Kochen") for number in range(5)]
    music = [text("m1", "Musik"), text("m2", "Abend", "Musik"), text("m3", "Abend Musik")]
    assert found("Musik Schach", *music, *others, text("rare", "Schach")) == ["rare"]
    assert found("Musik", *music, *others, text("like it", "Musikabend")) == ["m1"]
    evenings = [text(f"a{number}", "Abend") for number in range(3)]
    assert sorted(found("Abend Musik", *music[:2], *others, *evenings)) == ["m1", "m2"]


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
    (hit,) = hits("Schwimen 2030", text("1", "Schwimmen"))
    ((match,), trust) = hit.matches, hit.trust
    assert (match.asked.written, match.key) == ("Schwimen", "schwimmen")
    assert trust == pytest.approx(match.closeness / 2)
    assert 0 < match.closeness < 1


def test_a_word_of_very_many_texts_yields_to_a_rarer_one_and_not_all_are_told() -> None:
    many = [text(f"{number:05}", "Kurs Malen" if number % 3 else "Tanz") for number in range(4 * plan.MOST_FOUND)]
    told = found("Tanz Kochen", *many, text("rare", "Kochen"))
    assert told[0] == "rare"
    assert len(told) == MOST_HITS


def test_a_title_is_found_although_half_of_all_texts_have_its_words() -> None:
    assert found("Tanz", text("1", "Tanz"), text("2", "Tanz und Musik"), text("3", "Tanzen")) == ["1", "2", "3"]


# --- what is looked up -------------------------------------------------------------------------------


def test_a_short_word_is_looked_up_as_a_beginning_and_a_longer_one_by_all_that_is_like_it() -> None:
    assert lookup("ta") == Lookup("ta", beginnings=24)
    asked = lookup("tanz")
    assert (asked.gaps, asked.trigrams) == (
        ("anz", "tan", "tanz", "taz", "tnz"),
        ("  t", " ta", "anz", "nz ", "tan"),
    )
    assert lookup("x" * 999).key == "x" * LONGEST


def planned(asked: Mapping[str, tuple[str, float, int]], texts: int) -> list[Step]:
    """Asked words with the word each stands for, how near that is, and how many texts have it."""
    matches = [Match(Word(word, word), key, value) for word, (key, value, _number) in asked.items()]
    return steps(matches, {key: number for key, _value, number in asked.values()}, texts)


def test_all_texts_with_words_that_few_have_are_asked_for() -> None:
    asked = {"tanz": ("tanz", 1.0, 9), "musk": ("musik", 0.8, 4), "schach": ("schach", 1.0, 2)}
    assert planned(asked, 100) == [Step(("schach", "tanz", "musik"))]


def test_of_a_word_that_many_texts_have_some_are_asked_for_first_those_that_have_all() -> None:
    asked = {"deutsch": ("deutsch", 1.0, 900), "lernen": ("lernen", 1.0, 700), "schach": ("schach", 1.0, 10)}
    assert planned(asked, 5_000) == [
        Step(("schach",)),
        Step(("schach", "lernen", "deutsch"), every=True, most=plan.MOST_FOUND - 10),
        Step(("lernen",), most=plan.MOST_FOUND - 10),
    ]


def test_what_half_of_the_texts_have_is_asked_for_only_where_nothing_else_remains() -> None:
    common = {"treffen": ("treffen", 1.0, 60)}
    assert planned(common | {"schach": ("schach", 1.0, 1)}, 100) == [Step(("schach",))]
    assert planned(common | {"tanz": ("tanzen", 0.7, 1)}, 100) == [Step(("treffen", "tanzen"))]
    assert planned(common, 100) == [Step(("treffen",))]


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=8)


@given(TEXTS)
def test_everything_is_found_by_its_title(rows: list[list[str]]) -> None:
    texts = [text(f"{number}", words[0], " ".join(words[1:])) for number, words in enumerate(rows)]
    assert [name for name, words in zip(map(str, range(len(rows))), rows, strict=True)
            if name not in found(words[0], *texts)] == []  # fmt: skip


@given(TEXTS, st.text(max_size=30))
def test_whatever_is_typed_is_answered_and_the_best_first(rows: list[list[str]], query: str) -> None:
    scores = [hit.score for hit in hits(query, *(text(f"{at}", " ".join(words)) for at, words in enumerate(rows)))]
    assert scores == sorted(scores, reverse=True)


@given(TEXTS)
def test_a_word_that_only_one_text_has_finds_only_that(rows: list[list[str]]) -> None:
    texts = [text(f"{number}", " ".join(words)) for number, words in enumerate(rows)]
    assert found("Gefilzt", *texts, text("own", "gefilzt")) == ["own"]


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
