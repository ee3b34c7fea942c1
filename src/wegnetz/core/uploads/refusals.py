"""Why a file is not kept. The doors word it."""

from __future__ import annotations

from enum import StrEnum

from wegnetz.core.errors import DomainError

MAX_FILE = 10 * 1024 * 1024  # bytes, as it is handed in and as it is kept


class Reason(StrEnum):
    """What is wrong with a file; each calls for another thing to do."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_TYPE = "unknown-type"
    TYPE_MISMATCH = "type-mismatch"  # the name ends as if it were something else
    HEIC = "heic"  # a telephone's own kind of picture
    OFFICE = "office"  # a document of an office program, or an archive: the two begin alike
    BROKEN = "broken"  # cannot be read, or takes too much memory or time to read
    TOO_MANY_PIXELS = "too-many-pixels"
    ENCRYPTED = "encrypted"
    FORM = "form"  # what was filled in is not drawn on the page and would be lost


class UploadRefusedError(DomainError):
    """A file that is not kept. Carries the reason and nothing of the file, not even its name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
