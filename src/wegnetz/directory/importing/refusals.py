"""Why a file is not read at all. `words` says it in German and English."""

from __future__ import annotations

from enum import StrEnum

from wegnetz.core.errors import DomainError


class Reason(StrEnum):
    """What is wrong with a file; each calls for another thing to do."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"  # rows, columns or parts
    UNKNOWN_FORMAT = "unknown-format"
    OTHER_FORMAT = "other-format"  # not what it was said to be
    OFFICE = "office"  # a document of an office program that is no XLSX
    ENCODING = "encoding"
    BROKEN_JSON = "broken-json"
    DOUBLE_KEYS = "double-keys"
    BROKEN_TABLE = "broken-table"  # an XLSX that cannot be read, or takes too much memory or time to read
    SWELLS = "swells"  # a packed file that is many times larger unpacked
    ENCRYPTED = "encrypted"
    ONE_FILE = "one-file"  # only Integreat comes in several files
    LANGUAGES = "languages"  # a language that is none


class ReadRefusedError(DomainError):
    """A file that is not read. Carries the reason and nothing of the file."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
