"""Spellings that a search must not tell apart, and those it must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.search.letters import fold_for_search

SCRIPTS = st.characters(min_codepoint=0x20, max_codepoint=0x13FF)  # Latin to Ethiopic, where most of our letters are
TEXTS = st.one_of(st.text(max_size=60), st.text(SCRIPTS, max_size=60))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straßenfußball", "STRASSENFUSSBALL"),
        ("Işık", "isik"),
        ("dîlan", "DILAN"),
        ("موسيقى", "موسیقی"),
        ("مُوسِيقَى", "موسيقي"),
        ("رســم", "رسم"),
        ("وەرزش", "وهرزش"),  # Kurdish on an Arabic keyboard: ه for ە
        ("گۆرانی", "گورانی"),
        ("ټوپ", "توپ"),
        ("بانګ", "بانگ"),
        ("کھیل", "کهیل"),
        ("می\u200cخوانم", "میخوانم"),
        ("ኣብ", "አብ"),
        ("ሓይሊ", "ሀይሊ"),
        ("ሠዓሊ", "ሰኣሊ"),
        ("ёлка", "елка"),
        ("ґанок", "ганок"),
        ("м’яч", "м'яч"),
        ("мʼяч", "мяч"),
        ("Fuß\u00adball", "fussball"),
        ("サッカー", "ｻｯｶｰ"),
    ],
)
def test_two_ways_to_write_a_word_fold_to_one(one: str, other: str) -> None:
    assert fold_for_search(one) == fold_for_search(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("кит", "кіт"), ("رسم", "رقم"), ("ሰላም", "ሳላም"), ("l'art", "lart"), ("bar", "par")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert (fold_for_search(one) == fold_for_search(other)) is False


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("١٤", "14"),
        ("۱۴", "14"),
        ("１４", "14"),
        ("፩", "1"),
        ("፲፬", "14"),
        ("፻", "100"),
        ("፪፻፲፬", "214"),
        ("፲፱፻፺፱", "1999"),
        ("፪፼፫፻", "20300"),
        ("፼", "10000"),
    ],
)
def test_digits_of_every_script_are_the_same(text: str, digits: str) -> None:
    assert fold_for_search(text) == digits


def test_a_space_that_is_not_seen_parts_words_and_a_mark_that_is_not_seen_does_not() -> None:
    assert fold_for_search("ផ្ទះ\u200bសៀវភៅ").count(" ") == 1
    assert fold_for_search("\u200fرسم\u200e") == "رسم"


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold_for_search(text)
    assert fold_for_search(once) == once


@given(TEXTS)
def test_words_stay_apart_by_single_spaces(text: str) -> None:
    folded = fold_for_search(text)
    assert folded == " ".join(folded.split())


@given(st.text(st.characters(max_codepoint=0x7F), max_size=40))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text: str) -> None:
    assert fold_for_search(text) == fold_for_search(f"{text} ä").removesuffix("a").rstrip()
