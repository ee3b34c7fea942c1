"""First names on a list, each told from the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.first_names import first_names


def test_of_each_name_only_the_first_word_is_told() -> None:
    assert first_names({1: "Yonas Tesfay", 2: "  Amina ", 3: ""}) == {1: "Yonas", 2: "Amina", 3: ""}


def test_two_who_are_called_alike_are_told_apart_by_an_initial_whatever_the_accents() -> None:
    assert first_names({1: "Ali Yıldız", 2: "Álí Demir", 3: "Sara"}) == {1: "Ali Y.", 2: "Álí D.", 3: "Sara"}


def test_who_still_looks_alike_gets_a_number() -> None:
    assert first_names({1: "Ali", 2: "Ali", 3: "Ali D"}) == {1: "Ali 1", 2: "Ali 2", 3: "Ali D."}


@given(st.dictionaries(st.integers(), st.text("aAb B", max_size=6)))
def test_nobody_is_left_out_and_no_whole_second_word_is_told(names: dict[int, str]) -> None:
    told = first_names(names)
    assert set(told) == set(names)
    for who, name in names.items():
        assert told[who].split()[:1] == name.split()[:1]
        assert len("".join(told[who].split()[1:])) <= 3
