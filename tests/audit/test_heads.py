"""Signed heads: what entries prove, and the file that only grows. No database."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey

import tests.rules.conftest  # noqa: F401  registers and loads the hypothesis profile
from tests.audit.chains import KEY, A, B, C, chain, lines_of, recorded
from wegnetz.audit.chain.heads_file import append_line, last_line, whole_lines
from wegnetz.audit.chain.proof import Fault, Finding
from wegnetz.audit.chain.witness import Witness, read_line

FILE, COPY = "heads.jsonl", "copy"
ROWS = {organisation: chain(organisation, 12) for organisation in (A, B, C)}
# Every chain moves at a pace of its own, and one begins later.
ROUNDS = [
    [ROWS[A][number], ROWS[B][number // 2], *([ROWS[C][number - 3]] if number >= 3 else [])] for number in range(8)
]
LINES = lines_of(ROUNDS)
KNOWN = recorded(LINES)


def heard(lines: list[bytes], known: dict[int, bytes] = KNOWN, *, whole: bool = True) -> list[Finding]:
    return list(Witness(KEY.verify_key, known).read(lines, FILE if whole else COPY, whole=whole))


# --- what entries prove ----------------------------------------------------------------------------------


def test_a_file_as_it_was_written_is_sound_and_vouches_for_every_head() -> None:
    witness = Witness(KEY.verify_key, KNOWN)
    assert list(witness.read(LINES, FILE, whole=True)) == []
    assert witness.heads == {
        A: {number: ROWS[A][number - 1].link for number in range(1, 9)},
        B: {number: ROWS[B][number - 1].link for number in range(1, 5)},
        C: {number: ROWS[C][number - 1].link for number in range(1, 6)},
    }


def test_no_file_is_sound_as_long_as_the_database_knows_of_none() -> None:
    assert heard([], {}) == []
    assert heard([]) == [Finding(FILE, 1, Fault.LOST)]


def test_the_database_may_be_one_entry_behind_and_no_more() -> None:
    """A crash can come between the two."""
    assert heard(LINES, recorded(LINES[:-1])) == []
    assert heard(LINES, recorded(LINES[:-2])) == [Finding(FILE, 8, Fault.RECORD)]


@given(st.integers(0, 7), st.data())
def test_a_changed_byte_is_found(at: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(LINES[at]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value not in (LINES[at][place], ord("\n"))))
    changed = LINES[at][:place] + bytes([byte]) + LINES[at][place + 1 :]
    assert heard([*LINES[:at], changed, *LINES[at + 1 :]]) != []


@pytest.mark.parametrize(("old", "new"), [(b"T0", b"t0"), (b"Z", b"z"), (b"{", b" {"), (b"a", b"A")])
def test_an_entry_written_in_another_way_is_none(old: bytes, new: bytes) -> None:
    """Even where it says the same, and the database does not know the entry yet."""
    changed = LINES[0].replace(old, new, 1)
    assert (changed != LINES[0], heard([changed], {})) == (True, [Finding(FILE, 1, Fault.UNREADABLE)])


@given(st.lists(st.integers(0, 7), max_size=10).filter(lambda order: order != list(range(8))))
def test_entries_that_were_removed_doubled_or_moved_are_found(order: list[int]) -> None:
    assert heard([LINES[at] for at in order]) != []


def test_a_file_signed_with_another_key_is_found() -> None:
    lines = lines_of(ROUNDS, SigningKey.generate())
    assert heard(lines, recorded(lines)) == [Finding(FILE, number, Fault.SIGNATURE) for number in range(1, 9)]


def test_an_entry_that_does_not_carry_the_hash_of_the_one_before_is_found() -> None:
    """Whoever has the key and changes an entry has to sign all that follow anew, and then the database knows others."""
    other = lines_of([ROUNDS[0], ROUNDS[0], *ROUNDS[2:]])
    mixed = [*other[:2], *LINES[2:]]
    assert heard(mixed, recorded(mixed)) == [Finding(FILE, 3, Fault.PREVIOUS)]
    assert heard(other) == [Finding(FILE, number, Fault.RECORD) for number in range(2, 9)]


def test_a_chain_that_went_back_is_found() -> None:
    lines = lines_of([ROUNDS[3], ROUNDS[1]])
    assert heard(lines, recorded(lines)) == [Finding(FILE, 2, Fault.BACK)]


def test_two_events_witnessed_at_one_place_are_found() -> None:
    lines = lines_of([[ROWS[A][3]], [ROWS[A][3]._replace(link=bytes(32))]])
    assert heard(lines, recorded(lines)) == [Finding(FILE, 2, Fault.OTHER)]


@given(st.binary(max_size=300) | st.text(max_size=80).map(str.encode))
def test_what_is_no_entry_is_unreadable_and_nothing_worse(line: bytes) -> None:
    assert read_line(line) is None
    assert heard([line], {}) == [Finding(FILE, 1, Fault.UNREADABLE)]


# --- copies ----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 7), unique=True).map(sorted))
def test_any_entries_in_their_order_are_a_sound_copy(order: list[int]) -> None:
    copy = [line for at in order for line in (b"# public key: any", LINES[at])]
    assert heard(copy, whole=False) == []


def test_a_copy_finds_a_file_and_a_database_that_were_both_cut() -> None:
    assert heard(LINES[-2:], recorded(LINES[:4]), whole=False) == [
        Finding(COPY, 7, Fault.RECORD),
        Finding(COPY, 8, Fault.RECORD),
    ]


def test_a_copy_finds_a_file_that_was_written_anew_with_the_right_key() -> None:
    anew = lines_of([*ROUNDS[:3], *ROUNDS[4:], ROUNDS[7]])
    assert heard(anew, recorded(anew)) == []
    assert heard(LINES[-1:], recorded(anew), whole=False) == [Finding(COPY, 8, Fault.RECORD)]


def test_a_copy_out_of_order_or_with_foreign_lines_is_found() -> None:
    assert heard([LINES[5], LINES[2], b"{}"], whole=False) == [
        Finding(COPY, 3, Fault.ORDER),
        Finding(COPY, 3, Fault.BACK),
        Finding(COPY, 3, Fault.UNREADABLE),
    ]


def test_a_partner_can_check_a_signature_with_the_line_and_the_public_key_alone() -> None:
    """As the docstring says: signed is the line without its last key."""
    signed, _, signature = LINES[0].partition(b',"signature":"')
    key = VerifyKey(bytes(KEY.verify_key))
    assert key.verify(signed + b"}", base64.b64decode(signature.removesuffix(b'"}'))) == signed + b"}"


# --- the file --------------------------------------------------------------------------------------------

LINE = st.binary(max_size=200).filter(lambda line: b"\n" not in line)


@given(st.lists(LINE))
def test_lines_come_back_as_they_were_appended(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("witness") / "new" / FILE
    assert (list(whole_lines(path)), last_line(path)) == ([], None)
    for line in lines:
        append_line(path, line, drop_half_line=True)
        assert last_line(path) == line
    assert list(whole_lines(path)) == lines


@pytest.mark.parametrize("size", [1 << 10, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1 << 18])
def test_the_last_line_is_found_however_long_it_is(size: int, tmp_path: Path) -> None:
    path = tmp_path / FILE
    for letter in (b"a", b"b"):
        append_line(path, letter * size, drop_half_line=True)
        assert last_line(path) == letter * size


@given(st.lists(LINE), st.binary(min_size=1, max_size=200).filter(lambda half: b"\n" not in half))
def test_a_half_written_line_is_no_line_and_goes_with_the_next_one(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], half: bytes
) -> None:
    path = tmp_path_factory.mktemp("witness") / FILE
    path.write_bytes(b"".join(line + b"\n" for line in lines) + half)
    assert (list(whole_lines(path)), last_line(path)) == (lines, lines[-1] if lines else None)
    append_line(path, b"next", drop_half_line=True)
    assert list(whole_lines(path)) == [*lines, b"next"]


def test_a_half_line_that_no_crash_explains_stays_to_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"one\nha")
    append_line(path, b"next", drop_half_line=False)
    assert path.read_bytes() == b"one\nha\nnext\n"


def test_a_line_is_whole_when_the_disk_is_asked_to_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is asked once too, for the name of the new file."""
    path, kept = tmp_path / FILE, list[bytes]()
    monkeypatch.setattr(os, "fsync", lambda _: kept.append(path.read_bytes()))
    for line in (b"one", b"two"):
        append_line(path, line, drop_half_line=True)
    assert kept == [b"one\n", b"one\n", b"one\ntwo\n"]


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "witness" / FILE
    append_line(path, b"one", drop_half_line=True)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
