"""Sealed boxes: what opens them, and that nothing else does."""

from __future__ import annotations

import base64
import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.core.crypto import (
    KEY_BYTES,
    SUITE,
    CannotOpenError,
    derive_key,
    key_from_text,
    key_to_text,
    new_key,
    new_pair,
    padded_size,
    seal,
    seal_to,
    unseal,
    unseal_with,
)

KEY = bytes(range(KEY_BYTES))
PLACE = "4f6e6c79|name"
PLAIN = '{"full":"Yonas Tesfay","called":"يونس"}'.encode()
HEADER = 1 + 24


def opens(key: bytes, box: bytes, context: str) -> bool:
    """Whether a box opens."""
    try:
        unseal(key, box, context)
    except CannotOpenError:
        return False
    return True


def test_a_box_opens_with_its_key_in_its_place() -> None:
    assert unseal(KEY, seal(KEY, PLAIN, PLACE), PLACE) == PLAIN


@given(st.binary(max_size=500), st.text(max_size=60), st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES))
def test_whatever_is_sealed_comes_out_the_same(plain: bytes, context: str, key: bytes) -> None:
    assert unseal(key, seal(key, plain, context), context) == plain


def test_no_flipped_bit_passes() -> None:
    box = seal(KEY, PLAIN, PLACE)
    assert len(box) * 8 == 2376  # how many are tried
    opened = [
        (place, bit)
        for place in range(len(box))
        for bit in range(8)
        if opens(KEY, box[:place] + bytes([box[place] ^ 1 << bit]) + box[place + 1 :], PLACE)
    ]
    assert opened == []


def test_no_shortened_or_lengthened_box_passes() -> None:
    box = seal(KEY, PLAIN, PLACE)
    assert [end for end in range(len(box)) if opens(KEY, box[:end], PLACE)] == []
    assert [start for start in range(1, len(box)) if opens(KEY, box[start:], PLACE)] == []
    assert [more for more in range(1, 65) if opens(KEY, box + bytes(more), PLACE)] == []


def test_no_mended_box_passes() -> None:
    """Parts of one box in another: 600 splices of nonces and contents."""
    chance = random.Random(7)
    boxes = [seal(KEY, PLAIN, PLACE) for _ in range(20)]
    opened = []
    for _ in range(600):
        one, other = chance.sample(boxes, 2)
        cut = chance.randrange(2, len(one) - 1)
        mended = one[:cut] + other[cut:]
        # Ends that happen to be alike put the first box together again, and that one has to open.
        opened.append(opens(KEY, mended, PLACE) and mended != one)
    assert opened == [False] * 600


@pytest.mark.parametrize(
    "place", ["4f6e6c79|contact", "4f6e6c7a|name", "4f6e6c79|name ", "", "name|4f6e6c79", "4f6e6c79|name\0"]
)
def test_a_box_moved_to_another_row_or_field_stays_shut(place: str) -> None:
    assert opens(KEY, seal(KEY, PLAIN, PLACE), place) is False


def test_no_other_key_opens_a_box() -> None:
    box = seal(KEY, PLAIN, PLACE)
    near = [KEY[:place] + bytes([KEY[place] ^ 1]) + KEY[place + 1 :] for place in range(KEY_BYTES)]
    assert [opens(key, box, PLACE) for key in [*near, bytes(KEY_BYTES), new_key(), KEY[::-1]]] == [False] * 35


@pytest.mark.parametrize("key", [b"", KEY[:31], KEY + b"\0"])
def test_a_key_of_another_length_opens_nothing(key: bytes) -> None:
    assert opens(key, seal(KEY, PLAIN, PLACE), PLACE) is False


def test_a_refusal_says_nothing_of_what_is_inside() -> None:
    with pytest.raises(CannotOpenError) as refusal:
        unseal(KEY, seal(KEY, PLAIN, PLACE), "elsewhere")
    assert str(refusal.value) == "altered, moved, or sealed with another key"


@pytest.mark.parametrize("box", [b"", SUITE, SUITE + bytes(24), b"\x02" + bytes(120), bytes(120)])
def test_what_is_no_box_is_refused(box: bytes) -> None:
    assert opens(KEY, box, PLACE) is False


def test_the_same_content_is_sealed_differently_each_time() -> None:
    boxes = {seal(KEY, PLAIN, PLACE) for _ in range(200)}
    assert len(boxes) == 200
    assert len({box[1:HEADER] for box in boxes}) == 200
    assert {box[:1] for box in boxes} == {SUITE}


def test_the_length_of_a_box_tells_only_the_number_of_blocks() -> None:
    sizes = {0: 256, 255: 256, 256: 512, 511: 512, 512: 1024, 1024: 4096, 4096: 8192, 8192: 16384, 16384: 32768,
             32767: 32768, 32768: 49152}  # fmt: skip
    assert {size: len(seal(KEY, b"x" * size, PLACE)) - HEADER - 16 for size in sizes} == sizes


def test_a_caller_may_ask_for_more_padding_but_never_get_less_than_is_needed() -> None:
    lengths = [padded_size(size, at_least=1024) for size in (0, 1023, 1024, 20_000)]
    assert lengths == [1024, 1024, 4096, 32768]


def test_yes_and_no_have_the_same_length() -> None:
    boxes = [seal(KEY, answer, PLACE) for answer in (b'{"value":true}', b'{"value":false}')]
    assert len(boxes[0]) == len(boxes[1])


def test_keys_for_different_purposes_differ_and_stay_the_same() -> None:
    assert derive_key(KEY, "subject keys") == derive_key(KEY, "subject keys")
    assert len({derive_key(KEY, "subject keys"), derive_key(KEY, "second-factor"), KEY}) == 3
    assert len(derive_key(KEY, "subject keys")) == KEY_BYTES


def test_new_keys_are_32_random_bytes() -> None:
    keys = {new_key() for _ in range(100)}
    assert ({len(key) for key in keys}, len(keys)) == ({32}, 100)


def test_a_key_is_written_and_read_back() -> None:
    key = secrets.token_bytes(32)
    assert key_from_text(key_to_text(key)) == key


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the key has 0 bytes, expected 32"),
        ("short", "the key is no base64 text"),
        (base64.b64encode(bytes(31)).decode(), "the key has 31 bytes, expected 32"),
        ("ß" * 44, "the key is no base64 text"),
        ("*" * 44, "the key is no base64 text"),
    ],
)
def test_a_key_that_cannot_be_read_is_named_without_being_shown(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        key_from_text(text)


# --- pairs of keys -----------------------------------------------------------------------------------


def opens_with(private: bytes, box: bytes, context: str) -> bool:
    try:
        unseal_with(private, box, context)
    except CannotOpenError:
        return False
    return True


@given(st.binary(max_size=500), st.text(max_size=60))
def test_what_is_sealed_to_a_public_key_opens_with_its_private_one(plain: bytes, context: str) -> None:
    public, private = new_pair()
    assert unseal_with(private, seal_to(public, plain, context), context) == plain


def test_no_other_key_place_or_altered_byte_opens_what_was_sealed_to_a_pair() -> None:
    (public, private), (_other, stranger) = new_pair(), new_pair()
    box = seal_to(public, PLAIN, PLACE)
    assert (opens_with(private, box, PLACE), opens_with(stranger, box, PLACE), opens_with(private, box, "x")) == (
        True, False, False,
    )  # fmt: skip
    assert [at for at in range(len(box)) if opens_with(private, box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], PLACE)
            ] == []  # fmt: skip
    assert [end for end in range(len(box)) if opens_with(private, box[:end], PLACE)] == []
    assert len(seal_to(public, b"", PLACE, at_least=512)) == len(seal_to(public, PLAIN, PLACE, at_least=512))
