"""Hostile files are read in a process of their own, which may use so much memory and so many seconds and no more.

The libraries that read pictures, PDF and spreadsheets are large and have had faults. Here a fault ends the reader, not
the server; the reader has none of the server's secrets, cannot write a file, and what it prints about the file goes
nowhere.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from threading import BoundedSemaphore

SECONDS = 20  # of work; the largest honest file takes about three
PATIENCE = 60  # seconds until a reader on a busy machine is given up
MEMORY = 1_000_000_000  # bytes
REFUSED = 3  # how the reader ends when it has printed a reason instead of an answer

_turn = BoundedSemaphore(2)


class ReaderEndedError(Exception):
    """The reader gave no answer: out of memory or time, or a fault in a library."""


class RefusedApartError(Exception):
    """The reader will not have the file. `word` is its reason, for whoever knows the reader."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def run_apart(module: str, *arguments: str, content: bytes, seconds: int = SECONDS) -> bytes:
    """What `python -m module arguments seconds` answers to `content`.

    The module ends with `answer_apart`. Raises ReaderEndedError and RefusedApartError.
    """
    command = [sys.executable, "-m", module, *arguments, str(seconds)]
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        with _turn:
            done = subprocess.run(  # noqa: S603  our own module; the content goes to its standard input
                command, input=content, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                timeout=PATIENCE, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ReaderEndedError("out of patience") from None
    if done.returncode == REFUSED:
        raise RefusedApartError(done.stdout.decode())
    if done.returncode < 0:  # ended from outside
        raise ReaderEndedError(f"signal {-done.returncode}")
    if done.returncode:
        raise RuntimeError(f"the reader {module} does not start (exit code {done.returncode})")
    return done.stdout


def answer_apart(seconds: str, answer: Callable[[bytes], bytes]) -> int:
    """For the reader: answers to standard input within the limits, and returns how to end.

    `answer` raises RefusedApartError for a file that it will not have, and nothing else.
    """
    limit_oneself(int(seconds))
    try:
        said, code = answer(sys.stdin.buffer.read()), 0
    except RefusedApartError as error:
        said, code = error.word.encode(), REFUSED
    sys.stdout.buffer.write(said)
    return code


def limit_oneself(seconds: int) -> None:
    """From here on no more than so much work and memory, no files, and no picture of the memory."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        with contextlib.suppress(ValueError):  # a lower one holds already
            resource.setrlimit(limit, (value, value))
