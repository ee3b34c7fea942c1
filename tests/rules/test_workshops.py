"""Who has a seat at a workshop, and who moves up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wegnetz.rules.workshops import Answer, moving_up, seated


def test_a_yes_is_a_seat_while_there_is_one() -> None:
    assert [seated(Answer.INVITED, coming=coming, capacity=2) for coming in (0, 1, 2, 3)] == [
        Answer.COMING, Answer.COMING, Answer.WAITING, Answer.WAITING,
    ]  # fmt: skip
    assert seated(Answer.DECLINED, coming=900, capacity=None) is Answer.COMING


def test_who_has_a_seat_keeps_it_when_there_are_fewer() -> None:
    assert seated(Answer.COMING, coming=9, capacity=2) is Answer.COMING


@given(st.lists(st.integers(), max_size=30), st.integers(0, 40), st.integers(1, 40) | st.none())
def test_those_who_said_yes_first_move_up_first_and_never_more_than_there_are_seats(
    waiting: list[int], coming: int, capacity: int | None
) -> None:
    up = moving_up(waiting, coming=coming, capacity=capacity)
    assert up == waiting[: len(up)]
    free = len(waiting) if capacity is None else max(capacity - coming, 0)
    assert len(up) == min(free, len(waiting))
