"""The pure part of the audit: what a chain proves."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import tests.rules.conftest  # noqa: F401  registers and loads the hypothesis profile
from tests.audit.chains import KEY, A, B, C, chain, content_at, emptied, follow
from wegnetz.audit.chain import forgetting
from wegnetz.audit.chain.links import Row, canonical, leaf, payload
from wegnetz.audit.chain.proof import Fault, Finding, Heads, check_chains

LENGTH = 12
PLACES = st.integers(1, LENGTH)


def faults(rows: list[Row], heads: Heads | None = None) -> list[Finding]:
    return list(check_chains(rows, heads or {}, KEY.verify_key))


@st.composite
def sound_chains(draw: st.DrawFn) -> list[Row]:
    """A chain of any length, of which the oldest events may have been forgotten more than once."""
    length = draw(st.integers(1, 30))
    acts: dict[int, int] = {}
    through = 0
    for place in draw(st.lists(st.integers(2, max(2, length)), unique=True).map(sorted)):
        through = draw(st.integers(through, place - 1))
        acts[place] = through
    return chain(A, length, acts)


@given(sound_chains(), st.data())
def test_a_sound_chain_is_sound_against_every_head_it_ever_had(rows: list[Row], data: st.DataObject) -> None:
    witnessed = data.draw(st.sets(st.sampled_from(rows).map(lambda row: row.content.sequence)))
    assert faults(rows, {A: {place: rows[place - 1].link for place in witnessed}}) == []


CHANGED: dict[str, Any] = {
    "id": B, "at": content_at(A, 40).at, "actor": C, "role": "lead", "action": "list", "category": "all",
    "purpose": "", "subjects": (C,),
}  # fmt: skip


@given(PLACES, st.sampled_from(sorted(CHANGED)))
def test_a_changed_event_is_found_where_it_is(place: int, column: str) -> None:
    rows = chain(A, LENGTH)
    row = rows[place - 1]
    rows[place - 1] = row._replace(content=row.content._replace(**{column: CHANGED[column]}))
    assert faults(rows) == [Finding(A, place, Fault.LEAF)]


@given(PLACES, st.sampled_from(["salt", "leaf", "link"]), st.binary(min_size=32, max_size=32))
def test_a_changed_hash_is_found_where_it_is(place: int, column: str, value: bytes) -> None:
    rows = chain(A, LENGTH)
    change: dict[str, Any] = {column: value}
    rows[place - 1] = rows[place - 1]._replace(**change)
    assert faults(rows)[0][:2] == (A, place)


@given(PLACES)
def test_a_missing_event_is_found(place: int) -> None:
    rows = chain(A, LENGTH)
    gone = rows.pop(place - 1)
    cut = place == LENGTH
    expected = Finding(A, place, Fault.SHORT) if cut else Finding(A, place + 1, Fault.GAP)
    assert faults(rows, {A: {LENGTH: gone.link} if cut else {}}) == [expected]


@given(PLACES, PLACES)
def test_swapped_events_are_found(one: int, other: int) -> None:
    rows = chain(A, LENGTH)
    first, second = rows[one - 1], rows[other - 1]
    rows[one - 1] = second._replace(content=second.content._replace(sequence=one))
    rows[other - 1] = first._replace(content=first.content._replace(sequence=other))
    assert (faults(rows) == []) is (one == other)


@given(PLACES, PLACES)
def test_a_chain_written_anew_is_found_as_soon_as_a_later_head_was_witnessed(since: int, witnessed: int) -> None:
    rows = chain(A, LENGTH)
    heads = {A: {witnessed: rows[witnessed - 1].link}}
    for place in range(since, LENGTH + 1):
        content = rows[place - 1].content._replace(purpose="another")
        rows[place - 1] = follow(rows[place - 2].link if place > 1 else bytes(32), content)
    assert faults(rows) == []
    assert faults(rows, heads) == ([Finding(A, witnessed, Fault.HEAD)] if since <= witnessed else [])


def test_a_chain_that_is_gone_is_found_by_its_heads_alone() -> None:
    heads = {A: {3: b"a"}, B: {1: b"b"}}
    assert faults(chain(C, 2), heads) == [Finding(A, 1, Fault.SHORT), Finding(B, 1, Fault.SHORT)]


def test_an_event_moved_to_another_chain_is_missed_here_and_one_too_many_there() -> None:
    here, there = chain(A, 4), chain(B, 3)
    moved = here.pop()
    there.append(moved._replace(content=moved.content._replace(organisation=B)))
    found = faults(here + there, {A: {4: moved.link}})
    assert found == [Finding(A, 4, Fault.SHORT), Finding(B, 4, Fault.LINK), Finding(B, 4, Fault.LEAF)]


def test_one_change_does_not_hide_another() -> None:
    rows = chain(A, LENGTH)
    del rows[2]
    rows[7] = rows[7]._replace(salt=b"")
    assert faults(rows) == [Finding(A, 4, Fault.GAP), Finding(A, 9, Fault.LEAF)]


# --- forgetting ------------------------------------------------------------------------------------------


@given(st.integers(1, 9), PLACES)
def test_only_what_a_signed_act_names_may_be_empty(through: int, empty: int) -> None:
    rows = chain(A, LENGTH, {10: through})
    rows[empty - 1] = emptied(rows[empty - 1])
    found = faults(rows)
    assert (found == []) is (empty <= through)
    assert all(fault is Fault.EMPTIED for _, _, fault in found)


@given(st.integers(1, 9), st.integers(1, 9))
def test_what_was_forgotten_cannot_be_filled_again(through: int, filled: int) -> None:
    rows = chain(A, LENGTH, {10: through})
    before = rows[filled - 1]
    rows[filled - 1] = before._replace(salt=b"s", content=content_at(A, filled)._replace(purpose="invented"))
    assert faults(rows) != []


@given(st.integers(1, 9), st.sampled_from(["at", "actor", "role", "action", "category", "subjects"]))
def test_a_half_forgotten_event_is_found(through: int, column: str) -> None:
    rows = chain(A, LENGTH, {10: through})
    rows[0] = rows[0]._replace(content=rows[0].content._replace(**{column: CHANGED[column]}))
    assert faults(rows) == [Finding(A, 1, Fault.REMAINS)]


def test_an_act_that_was_not_signed_here_forgets_nothing() -> None:
    for purpose in ("3", "3 ", "3 AAAA", "x y", "", forgetting.purpose_of(B, 3, KEY)):
        rows = chain(A, 5)
        rows[:3] = map(emptied, rows[:3])
        act = content_at(A, 6)._replace(action=forgetting.ACTION, purpose=purpose)
        rows.append(follow(rows[-1].link, act))
        assert faults(rows) == [Finding(A, 6, Fault.ACT), Finding(A, 1, Fault.EMPTIED)]


def test_an_act_for_which_nothing_was_forgotten_is_found() -> None:
    rows = chain(A, 6, {6: 3})
    rows[:3] = chain(A, 3)
    assert faults(rows) == [Finding(A, 1, Fault.NOT_EMPTIED)]


# --- what is hashed --------------------------------------------------------------------------------------


def test_the_order_of_keys_does_not_change_a_payload() -> None:
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'.encode()


def test_the_payload_is_what_it_always_was() -> None:
    """Leaves of years ago must still fit."""
    assert canonical(payload(content_at(A, 2))).decode() == (
        '{"action":"view","actor":"00000000-0000-0000-0000-000000000002","at":"2021-10-07T00:02:00+00:00",'
        '"category":"name","id":"988a7148-f29d-5fb0-b835-f4ae25b2071f","organisation":'
        '"00000000-0000-0000-0000-00000000000a","purpose":"person page","role":"case-manager","sequence":2,'
        '"subjects":["00000000-0000-0000-0000-0000000003e8","00000000-0000-0000-0000-0000000003e9"]}'
    )


def test_the_same_payload_under_another_salt_gives_another_leaf() -> None:
    """So that a leaf left behind tells nothing about an event that was forgotten."""
    content = {"action": "view"}
    assert len({leaf(bytes([number]), content) for number in range(20)}) == 20
