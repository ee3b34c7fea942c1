"""Hostile files are read in a process of their own, which may use so much memory and so many seconds and no more.

The libraries that read pictures and PDF are large and have had faults. Here a fault ends the reader, not the server;
the reader has none of the server's secrets, cannot write a file, and what it prints about the file goes nowhere.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from threading import BoundedSemaphore

from wegnetz.core.uploads.refusals import Reason, UploadRefusedError

SECONDS = 20  # of work; the largest honest file takes about three
PATIENCE = 60  # seconds until a reader on a busy machine is given up
MEMORY = 1_000_000_000  # bytes
REFUSED = 3  # how the reader ends when it has printed a reason instead of a file

_turn = BoundedSemaphore(2)


def read_apart(kind: str, content: bytes, *, seconds: int = SECONDS) -> bytes:
    """The harmless version of `content`; `kind` as for `harmless`. Raises UploadRefusedError."""
    command = [sys.executable, "-m", "wegnetz.core.uploads", kind, str(seconds)]
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        with _turn:
            done = subprocess.run(  # noqa: S603  our own module; the content goes to its standard input
                command, input=content, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                timeout=PATIENCE, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UploadRefusedError(Reason.BROKEN) from None
    if done.returncode == REFUSED:
        raise UploadRefusedError(Reason(done.stdout.decode()))
    if done.returncode < 0:  # ended from outside: out of memory or time, or a fault in a library
        raise UploadRefusedError(Reason.BROKEN)
    if done.returncode:
        raise RuntimeError(f"the reader of uploads does not start (exit code {done.returncode})")
    return done.stdout


def limit_oneself(seconds: int) -> None:
    """For the reader: from here on no more than so much work and memory, no files, and no picture of its memory."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        with contextlib.suppress(ValueError):  # a lower one holds already
            resource.setrlimit(limit, (value, value))
