"""Names that are written differently and meant alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Şirin", "sirin"),
        ("ŞIRIN", "şirin"),
        ("İbrahim", "ibrahim"),
        ("Ali Rıza", "ali riza"),
        ("Müller", "MULLER"),
        ("Groß", "gross"),
        ("Đorđe", "dorde"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Zoë", "zoe"),
        ("Ｙｏｎａｓ", "yonas"),
        ("عَلِي", "على"),
        ("علي", "علی"),
        ("أحمد", "احمد"),
        ("إبراهيم", "ابراهيم"),
        ("فاطمة", "فاطمه"),
        ("كريم", "کریم"),
        ("يونس", "یونس"),
        ("مـحـمـد", "محمد"),
        ("ሐይሌ", "ሀይሌ"),
        ("ሠላም", "ሰላም"),
        ("ሑሴን", "ሁሴን"),
        ("ፀሓይ", "ጸሃይ"),
        ("ዑመር", "ኡመር"),
        ("  Yonas \t T. ", "yonas t."),
    ],
)
def test_two_ways_to_write_a_name_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Yonas", "Jonas"), ("Ali", "Alia"), ("علي", "عمر"), ("ሰላም", "ሳላም")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (fold(one) == fold(other)) is False


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more_about_latin_arabic_and_ethiopic(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_stay_apart_by_single_spaces(one: str, other: str) -> None:
    folded = fold(f"{one} {other}")
    assert folded == " ".join(folded.split())
