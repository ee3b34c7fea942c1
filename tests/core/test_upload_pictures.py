"""Pictures are drawn anew: what one sees stays, and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.core import hostile
from wegnetz.core.uploads.harmless import harmless
from wegnetz.core.uploads.pictures import MAX_PIXELS, MAX_SCANS, SCAN
from wegnetz.core.uploads.refusals import MAX_FILE, Reason, UploadRefusedError

KINDS = ("JPEG", "PNG", "WEBP")
RED, BLUE = (254, 0, 0), (0, 0, 254)


def redrawn(content: bytes, kind: str) -> Image.Image:
    return Image.open(BytesIO(harmless(kind, content)))


def colour_at(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Rounded, for JPEG is never quite exact."""
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(round(part / 254) * 254 for part in found)


def place_of(image: Image.Image) -> dict[int, object]:
    return dict(image.getexif().get_ifd(hostile.PLACE))


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_where_a_photograph_was_taken_is_gone(kind: str) -> None:
    content = hostile.photograph(kind)
    with Image.open(BytesIO(content)) as before:
        assert place_of(before)[2] == hostile.LATITUDE
    after = redrawn(content, kind)
    assert (place_of(after), dict(after.getexif())) == ({}, {})
    assert {key for key in after.info if not str(key).startswith("jfif")} == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (40, 20), (5, 10)),
        (2, (40, 20), (35, 10)),
        (3, (40, 20), (35, 10)),
        (6, (20, 40), (10, 5)),
        (8, (20, 40), (10, 35)),
    ],
)
def test_a_photograph_is_turned_upright_before_its_notes_go(
    kind: str, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    after = redrawn(hostile.photograph(kind, orientation), kind)
    assert (after.size, colour_at(after, *red)) == (size, RED)
    assert colour_at(after, size[0] - 1 - red[0], size[1] - 1 - red[1]) == BLUE


TAILS = {
    "a page": b"<html><script>alert(1)</script></html>",
    "an archive": hostile.docx(),
    "a PDF": hostile.acting_pdf(),
    "another photograph": hostile.photograph(),
}


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_hangs_behind_a_picture_is_gone(kind: str, tail: str) -> None:
    content = hostile.photograph(kind)
    assert harmless(kind, content + TAILS[tail]) == harmless(kind, content)


def test_what_stands_between_the_pixels_of_a_png_is_gone() -> None:
    whole = hostile.picture("PNG")
    said = hostile.png_chunk(b"tEXt", b"Comment\0" + hostile.SECRET.encode())
    own = hostile.png_chunk(b"prVt", b"<?php system($_GET[0]) ?>")
    assert harmless("PNG", whole[:33] + said + own + whole[33:]) == harmless("PNG", whole)


def test_a_colour_profile_is_gone() -> None:
    profile = b"\0" * 128 + hostile.SECRET.encode()
    for kind in KINDS:
        after = redrawn(hostile.picture(kind, icc_profile=profile), kind)
        assert (kind, "icc_profile" in after.info) == (kind, False)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_moving_pictures_the_first_is_kept(kind: str) -> None:
    second = Image.new("RGB", (40, 20), "green")
    content = hostile.picture(kind, save_all=True, append_images=[second])
    after = redrawn(content, kind)
    assert (getattr(after, "n_frames", 1), colour_at(after, 5, 10), colour_at(after, 35, 10)) == (1, RED, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_depth_is_kept_as_bright_as_it_was(mode: str) -> None:
    image = hostile.stripes().convert("L" if mode == "I;16" else mode)
    deep = image.point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else image
    after = redrawn(hostile.picture("PNG", deep), "PNG")
    assert list(after.convert("L").get_flattened_data()) == list(image.convert("L").get_flattened_data())


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_every_colour_space_is_kept(mode: str) -> None:
    after = redrawn(hostile.picture("JPEG", hostile.stripes().convert(mode)), "JPEG")
    assert (after.format, after.mode) == ("JPEG", "L" if mode == "L" else "RGB")


def test_what_is_seen_through_stays_so_in_a_png_and_is_white_in_a_jpeg() -> None:
    clear = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    kept = redrawn(hostile.picture("PNG", clear), "PNG")
    assert (kept.mode, kept.getpixel((0, 0))) == ("RGBA", (0, 0, 0, 0))
    white = redrawn(hostile.picture("WEBP", clear, lossless=True), "WEBP")
    assert (white.mode, white.getpixel((0, 0))) == ("RGB", (255, 255, 255))


def test_a_picture_that_arrives_in_endless_steps_is_refused() -> None:
    assert redrawn(hostile.picture("JPEG", progressive=True), "JPEG").size == (40, 20)
    with pytest.raises(UploadRefusedError) as caught:
        harmless("JPEG", hostile.picture("JPEG", comment=SCAN * (MAX_SCANS + 1)))
    assert caught.value.reason == Reason.BROKEN


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_with_as_many_pixels_as_allowed_is_kept_and_one_more_row_is_not(kind: str) -> None:
    width, height = 8_000, MAX_PIXELS // 8_000
    flat = hostile.picture(kind, Image.new("L", (width, height)))
    assert redrawn(flat, kind).size == (width, height)
    with pytest.raises(UploadRefusedError) as caught:
        harmless(kind, hostile.picture(kind, Image.new("L", (width, height + 1))))
    assert caught.value.reason == Reason.TOO_MANY_PIXELS


def test_a_webp_that_says_it_is_huge_is_refused() -> None:
    content = bytearray(hostile.picture("WEBP", lossless=True))
    content[21:25] = b"\xff\xff\xff\x0f"  # 16,384 x 16,384
    with pytest.raises(UploadRefusedError) as caught:
        harmless("WEBP", bytes(content))
    assert caught.value.reason == Reason.TOO_MANY_PIXELS


def test_a_picture_of_pure_noise_is_kept_in_a_quality_that_fits() -> None:
    noise = Image.effect_noise((4_000, 4_000), 120)
    handed_in, best = (hostile.picture("JPEG", noise, quality=quality) for quality in (50, 90))
    assert len(handed_in) <= MAX_FILE < len(best)
    assert len(harmless("JPEG", handed_in)) <= MAX_FILE


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from(KINDS))
def test_a_picture_keeps_its_size_whatever_it_is(width: int, height: int, kind: str) -> None:
    content = hostile.picture(kind, Image.new("RGB", (width, height), "red"))
    assert redrawn(content, kind).size == (width, height)
