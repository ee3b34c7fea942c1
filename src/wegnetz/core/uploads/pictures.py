"""Pictures, drawn anew: only the pixels are kept.

Where a picture was taken, with which telephone, its small preview, notes, and whatever hangs behind the picture stay
behind. Runs where `apart` puts it: in a process of its own.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from wegnetz.core.uploads.refusals import MAX_FILE, Reason, UploadRefusedError

MAX_PIXELS = 40_000_000  # more than any telephone makes by default; 160 MB of memory
MAX_SCANS = 64  # a JPEG that arrives in steps has some ten; each step costs a pass over all pixels
SCAN = b"\xff\xda"
QUALITIES = (90, 75, 50)  # the best that fits


def redraw(content: bytes, format: str) -> bytes:  # noqa: A002  Pillow's word
    """A picture of Pillow's `format` as a JPEG, or as a PNG if it was one. Raises UploadRefusedError."""
    if format == "JPEG" and content.count(SCAN) > MAX_SCANS:
        raise UploadRefusedError(Reason.BROKEN)
    try:
        upright = _pixels(content, format)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadRefusedError(Reason.TOO_MANY_PIXELS) from None
    if format == "PNG":
        return _saved(upright, "PNG")
    for quality in QUALITIES:
        if len(drawn := _saved(upright, "JPEG", quality=quality)) <= MAX_FILE:
            return drawn
    raise UploadRefusedError(Reason.TOO_LARGE)


def _saved(image: Image.Image, format: str, **options: int) -> bytes:  # noqa: A002
    drawn = BytesIO()
    image.save(drawn, format, **options)
    return drawn.getvalue()


def _pixels(content: bytes, format: str) -> Image.Image:  # noqa: A002
    """The first picture of the file, turned upright, without anything but its pixels."""
    with Image.open(BytesIO(content), formats=[format]) as found:
        if found.width * found.height > MAX_PIXELS:
            raise UploadRefusedError(Reason.TOO_MANY_PIXELS)
        ImageOps.exif_transpose(found, in_place=True)
        plain = _plain(found, see_through=format == "PNG")
    plain.info.clear()
    return plain


def _plain(found: Image.Image, *, see_through: bool) -> Image.Image:
    """In grey or in colours, as both JPEG and PNG know them; what shines through stays or becomes white."""
    if found.mode.startswith("I"):  # 16 bits of grey; Pillow would make all but the darkest white
        return found.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if found.has_transparency_data:
        return found.convert("RGBA") if see_through else _on_white(found.convert("RGBA"))
    mode = "L" if found.mode in {"1", "L", "LA"} else "RGB"
    return found if found.mode == mode else found.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
