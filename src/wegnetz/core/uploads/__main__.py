"""The reader that `apart` starts: takes a file on standard input, and answers with its harmless version."""

from __future__ import annotations

import sys

from wegnetz.core.uploads.apart import REFUSED, limit_oneself
from wegnetz.core.uploads.harmless import harmless
from wegnetz.core.uploads.refusals import UploadRefusedError


def main(kind: str, seconds: str) -> int:
    limit_oneself(int(seconds))
    try:
        answer, code = harmless(kind, sys.stdin.buffer.read()), 0
    except UploadRefusedError as error:
        answer, code = error.reason.encode(), REFUSED
    sys.stdout.buffer.write(answer)
    return code


sys.exit(main(*sys.argv[1:]))
