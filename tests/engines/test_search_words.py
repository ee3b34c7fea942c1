"""Words cut from texts, and how near two words are."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wegnetz.engines.search.closeness import SLIP, closeness, near_words, slips_allowed, slips_between
from wegnetz.engines.search.vocabulary import Vocabulary
from wegnetz.engines.search.words import LONGEST, Word, keys_of, trigrams, words_of

FEW_LETTERS = st.text("abc", max_size=7)
WORDS = st.text("abcdefghij", min_size=4, max_size=14)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Rock'n'Roll, ab 14!", ["rock", "n", "roll", "ab", "14"]),
        ("  Fuß-Ball ", ["fuss", "ball"]),
        ("الموسيقى والرسم", ["موسیقی", "والرسم"]),
        ("ሙዚቃ፡ስፖርት።", ["ሙዚቃ", "ስፖርት"]),
        ("踢足球", ["踢足", "足球", "球"]),
        ("足球 verein", ["足球", "球", "verein"]),
        ("snake_case", ["snake", "case"]),
        ("?!", []),
    ],
)
def test_words_are_cut(text: str, keys: list[str]) -> None:
    assert [word.key for word in words_of(text)] == keys


@pytest.mark.parametrize(("word", "key"), [("السباحه", "سباحه"), ("الفن", "الفن"), ("الشعر", "شعر")])
def test_the_arabic_article_is_left_out_where_a_word_remains(word: str, key: str) -> None:
    assert keys_of(word) == [key]


def test_a_word_keeps_how_it_was_written() -> None:
    assert words_of("„Fußball“ für Mädchen.") == [
        Word("fussball", "Fußball"),
        Word("fur", "für"),
        Word("madchen", "Mädchen"),
    ]


def test_trigrams_are_those_of_postgresql() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}  # SELECT show_trgm('cat')


@given(st.text(max_size=30))
def test_keys_are_not_empty_and_hold_no_spaces(text: str) -> None:
    assert all(word.key and word.written and not set(word.key) & set(" \t\n") for word in words_of(text))


# --- slips -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("tanz", "tanz", 0),
        ("tanz", "tnaz", 1),
        ("tanz", "tan", 1),
        ("tanz", "taenz", 1),
        ("tanz", "tunz", 1),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other, 9) == slips


@given(FEW_LETTERS, FEW_LETTERS, st.integers(0, 4))
def test_slips_are_those_of_the_definition(one: str, other: str, limit: int) -> None:
    @cache
    def by_definition(i: int, j: int) -> int:
        if min(i, j) == 0:
            return max(i, j)
        ways = [by_definition(i - 1, j) + 1, by_definition(i, j - 1) + 1]
        ways.append(by_definition(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            ways.append(by_definition(i - 2, j - 2) + 1)
        return min(ways)

    assert slips_between(one, other, limit) == min(by_definition(len(one), len(other)), limit + 1)


@pytest.mark.parametrize(
    ("one", "other", "allowed"),
    [
        ("art", "ort", 0),
        ("رسم", "رقم", 1),
        ("ጥበብ", "ጥብ", 1),
        ("فن", "فم", 0),
        ("yoga", "yga", 1),
        ("schwimm", "schwimmen", 2),
    ],
)
def test_longer_words_are_forgiven_more(one: str, other: str, allowed: int) -> None:
    assert slips_allowed(one, other) == allowed


# --- closeness ---------------------------------------------------------------------------------------


def test_the_same_is_nearer_than_a_slip_than_a_part_than_a_likeness_than_nothing() -> None:
    asked = "schwimmen"
    there = ["schwimmen", "schwimen", "schwimmenlernen", "vorschwimmkurs", "kochen"]
    values = [closeness(asked, one) for one in there]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    assert (values[0], values[-1]) == (1.0, 0.0)


def test_one_or_two_letters_are_a_beginning_and_never_a_slip() -> None:
    assert closeness("ta", "tanz") > 0
    assert closeness("ta", "stanze") == 0
    assert closeness("ta", "tu") == 0


def test_a_beginning_is_nearer_than_a_middle_of_the_same_length() -> None:
    assert closeness("tanz", "tanzgruppe") > closeness("tanz", "bauchtanze") > 0


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_closeness_is_a_share_and_whole_only_for_the_same(one: str, other: str) -> None:
    assert 0 <= closeness(one, other) <= 1
    assert (closeness(one, other) == 1) is (one == other)


@given(WORDS, st.integers(0, 13), st.integers(0, 13))
def test_whatever_slips_are_allowed_count_as_slips(word: str, first: int, second: int) -> None:
    wrong = "".join("xy"[at == second] if at in (first, second) else letter for at, letter in enumerate(word))
    limit = slips_allowed(wrong, word)
    slips = slips_between(wrong, word, limit)
    assume(0 < slips <= limit)
    assert closeness(wrong, word) == SLIP - 0.5 * slips / len(word)


def test_what_is_far_beside_the_nearest_was_not_meant() -> None:
    assert list(near_words("klettern", ["klettern", "kletterhalle", "blattern"])) == ["klettern", "blattern"]


# --- the vocabulary finds what comparing each would find -------------------------------------------------


@given(st.sets(WORDS, min_size=1, max_size=30), st.data())
def test_a_word_with_one_slip_is_found(words: set[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(words)))
    at = data.draw(st.integers(0, len(word) - 2))
    wrong = data.draw(
        st.sampled_from(
            [word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :],
             word[:at] + word[at + 1] + word[at] + word[at + 2 :]]
        )
    )  # fmt: skip
    assume(wrong not in words)
    assert word in Vocabulary(words).near(wrong)


@given(st.sets(WORDS, max_size=30), st.text("abcdefghij", min_size=1, max_size=14))
def test_what_is_found_is_as_near_as_it_says(words: set[str], asked: str) -> None:
    near = Vocabulary(words).near(asked)
    assert near == {word: closeness(asked, word) for word in near}
    assert set(near) <= words
    assert (asked in near) is (asked in words)


@given(st.sets(st.text("ab", min_size=1, max_size=5)), st.text("ab", min_size=1, max_size=3))
def test_words_are_found_by_their_beginning(words: set[str], beginning: str) -> None:
    assert list(Vocabulary(words).starting_with(beginning)) == sorted(one for one in words if one.startswith(beginning))


def test_a_part_of_a_compound_is_found() -> None:
    others = [f"berat{number}" for number in range(200)]
    assert "asylsozialberatung" in Vocabulary(["asylsozialberatung", *others]).near("beratung")


def test_endless_words_are_cut() -> None:
    assert Vocabulary(["a" * 10_000]).near("a" * 20_000) == {"a" * LONGEST: 1.0}


@pytest.mark.parametrize("wrong", ["tnz", "tnaz", "tqanz", "tqnz"])
def test_a_slip_in_a_short_word_is_found_among_many_words_that_share_more(wrong: str) -> None:
    others = [f"{wrong}{number}" for number in range(100, 300)]
    assert "tanz" in Vocabulary(["tanz", *others]).near(wrong)
