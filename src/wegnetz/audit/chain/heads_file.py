"""The file of entries: it only grows, and a line is on the disk before anyone relies on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_BLOCK: Final = 1 << 16


def whole_lines(path: Path) -> Iterator[bytes]:
    """Every line that has its end; what a crash left half-written has none. Nothing when there is no file."""
    if path.exists():
        with path.open("rb") as file:
            yield from (line[:-1] for line in file if line.endswith(b"\n"))


def last_line(path: Path) -> bytes | None:
    """The last whole line, found from the end."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _tail(file)[0]


def append_line(path: Path, line: bytes, *, drop_half_line: bool) -> None:
    """Add a line and wait until it is on the disk. Raises OSError: then it is not there, or only its beginning is.

    A half-written last line goes first. Or it gets an end and stays, for whoever looks into what happened.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        _, end = _tail(file)
        if end < file.seek(0, os.SEEK_END):
            if drop_half_line:
                file.truncate(end)
            else:
                file.write(b"\n")
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if end == 0:
        _keep_name(path)


def _tail(file: BinaryIO) -> tuple[bytes | None, int]:
    """The last whole line, and where the whole lines end."""
    size, length = file.seek(0, os.SEEK_END), _BLOCK
    while True:
        start = max(0, size - length)
        file.seek(start)
        block = file.read(size - start)
        whole, _, half = block.rpartition(b"\n")
        if start == 0 or b"\n" in whole:
            end = size - len(half)
            return (whole.rpartition(b"\n")[2] if end else None), end
        length *= 2


def _keep_name(path: Path) -> None:
    """A new file is only safe once its folder is written too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
