"""Files that are handed in are read in a process of their own."""

from __future__ import annotations

from wegnetz.core.apart import SECONDS, ReaderEndedError, RefusedApartError, run_apart
from wegnetz.core.uploads.refusals import Reason, UploadRefusedError


def read_apart(kind: str, content: bytes, *, seconds: int = SECONDS) -> bytes:
    """The harmless version of `content`; `kind` as for `harmless`. Raises UploadRefusedError."""
    try:
        return run_apart("wegnetz.core.uploads", kind, content=content, seconds=seconds)
    except ReaderEndedError:
        raise UploadRefusedError(Reason.BROKEN) from None
    except RefusedApartError as error:
        raise UploadRefusedError(Reason(error.word)) from None
