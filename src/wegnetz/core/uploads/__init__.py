"""Files that somebody hands in, checked and made harmless before they are kept.

What a file is, is read from its content; neither its name nor the browser is believed. Nothing is kept as it came:
pictures are drawn anew and PDF is built anew (`pictures`, `pdf`), which drops the place where a photograph was taken
and whatever else hides in the file, also when it is a second file. Documents of office programs are refused: their
macros, links, changes and remarks cannot be judged from outside, and every office program writes PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from wegnetz.core.uploads.apart import read_apart
from wegnetz.core.uploads.names import clean_name, ending_of
from wegnetz.core.uploads.refusals import MAX_FILE, Reason, UploadRefusedError

__all__ = ["ACCEPTED", "MAX_FILE", "Kind", "Reason", "Upload", "UploadRefusedError", "read_upload"]

# For the `accept` of a form field. A telephone that sees no HEIC in the list sends its photographs as JPEG.
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp"

# Seen at byte 4: the brands of HEIC, HEIF and AVIF begin after `ftyp`.
TELEPHONE_BRANDS = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1", b"ftypavi")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
PICTURE_ENDINGS = frozenset({"", "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif"})


class Kind(Enum):
    """What is kept: media type, and the ending of its name."""

    PDF = ("application/pdf", "pdf")
    JPEG = ("image/jpeg", "jpg")
    PNG = ("image/png", "png")

    @property
    def media_type(self) -> str:
        return self.value[0]

    @property
    def ending(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it may be kept. `name` is clean and ends as its kind does; `content` is not what was handed in."""

    kind: Kind
    name: str = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        return self.kind.media_type


class Readable(Protocol):
    """Django's uploaded files and every open file are ones."""

    def read(self, size: int, /) -> bytes: ...


def read_upload(file: Readable, *, name: str) -> Upload:
    """Read, check and clean a file of at most MAX_FILE bytes. Takes up to some seconds, most of it in a process of
    its own. Raises UploadRefusedError, and nothing else whatever the file holds.

    The result: PDF as PDF, PNG as PNG, JPEG and WebP as JPEG.
    """
    content = file.read(MAX_FILE + 1)
    if not content:
        raise UploadRefusedError(Reason.EMPTY)
    if len(content) > MAX_FILE:
        raise UploadRefusedError(Reason.TOO_LARGE)
    kind, reader = _recognise(content)
    if ending_of(name) not in ({"", "pdf"} if kind is Kind.PDF else PICTURE_ENDINGS):
        raise UploadRefusedError(Reason.TYPE_MISMATCH)
    harmless = read_apart(reader, content)
    if len(harmless) > MAX_FILE:
        raise UploadRefusedError(Reason.TOO_LARGE)
    return Upload(kind, clean_name(name, kind.ending), harmless)


def _recognise(content: bytes) -> tuple[Kind, str]:
    """What to keep it as, and the reader's word for it, by how the file begins."""
    if content.startswith(b"%PDF-"):
        return Kind.PDF, "PDF"
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG, "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG, "PNG"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.JPEG, "WEBP"
    if content[4:].startswith(TELEPHONE_BRANDS):
        raise UploadRefusedError(Reason.HEIC)
    raise UploadRefusedError(Reason.OFFICE if content.startswith(ARCHIVES) else Reason.UNKNOWN_TYPE)
