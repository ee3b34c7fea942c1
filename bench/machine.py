"""What the figures were measured on."""

from __future__ import annotations

import math
import os
import platform
import resource
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any


def machine() -> dict[str, Any]:
    """The load tells whether others were at work: above the number of processors, milliseconds mean little."""
    return {
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "load_of_the_last_minute": round(os.getloadavg()[0], 1),
        "system": platform.platform(),
    }


def peak_memory() -> float:
    """The most memory this process ever held, in MB. Linux counts in KiB, macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def fsync_ms(folder: Path, times: int = 50) -> float:
    """How long this disk takes to make 4 KiB safe; every page that shows a person waits for it."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.write(bytes(4096))
            file.flush()
            start = perf_counter()
            os.fsync(file.fileno())
            taken.append(perf_counter() - start)
    return round(median(taken) * 1000, 3)


def percentile(ordered: list[float], percent: int) -> float:
    """The nearest-rank percentile of values in ascending order."""
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)]
