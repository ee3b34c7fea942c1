"""Drawings as PNG and PDF, with fonts of our own: they look the same on every machine, in every script we write.

PDF holds pictures of the drawings, one version on a page. Neither says when or by whom it was made.
"""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wegnetz.engines.ego_network import NetworkMap, Version
from wegnetz.network.exporting.picture import HEIGHT, WIDTH, Words, as_svg

if TYPE_CHECKING:
    from PIL import Image

FONTS: Final = [str(path) for path in sorted((Path(__file__).parent / "vendor").glob("*.ttf"))]
PNG_WIDTH: Final = 1200
DOTS: Final = 200  # per inch, of a page
PAGE: Final = (1654, 2339)  # A4 in dots
MARGIN: Final = 140
MOST_PAGES: Final = 12


def as_png(drawn: NetworkMap, words: Words) -> bytes:
    """The last version."""
    return _rendered(drawn.versions[-1] if drawn.versions else Version("1"), words, PNG_WIDTH)


def as_pdf(drawn: NetworkMap, words: Words) -> bytes:
    """All versions in their order; of more than MOST_PAGES the first and the last ones: before and after."""
    shown = drawn.versions
    if len(shown) > MOST_PAGES:
        shown = (shown[0], *shown[1 - MOST_PAGES :])
    pages = [_page(version, words) for version in shown or (Version("1"),)]
    out = BytesIO()
    nobody_knows_when = time.gmtime(0)
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=92, producer="", creator="",
        creationDate=nobody_knows_when, modDate=nobody_knows_when,
    )  # fmt: skip
    return out.getvalue()


def _page(version: Version, words: Words) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  as below

    page = Image.new("RGB", PAGE, "white")
    with Image.open(BytesIO(_rendered(version, words, PAGE[0] - 2 * MARGIN))) as drawing:
        page.paste(drawing.convert("RGB"), (MARGIN, MARGIN))
    return page


def _rendered(version: Version, words: Words, width: int) -> bytes:
    from resvg_py import svg_to_bytes  # noqa: PLC0415  it is large, and most who import this draw nothing

    return bytes(svg_to_bytes(
        svg_string=as_svg(version, words), width=width, height=round(width * HEIGHT / WIDTH), font_files=FONTS,
        skip_system_fonts=True,
    ))  # fmt: skip
