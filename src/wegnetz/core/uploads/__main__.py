"""The reader that `apart` starts: takes a file on standard input, and answers with its harmless version."""

from __future__ import annotations

import sys

from wegnetz.core.apart import RefusedApartError, answer_apart
from wegnetz.core.uploads.harmless import harmless
from wegnetz.core.uploads.refusals import UploadRefusedError


def main(kind: str, seconds: str) -> int:
    def answer(content: bytes) -> bytes:
        try:
            return harmless(kind, content)
        except UploadRefusedError as error:
            raise RefusedApartError(error.reason) from None

    return answer_apart(seconds, answer)


sys.exit(main(*sys.argv[1:]))
