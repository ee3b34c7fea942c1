"""Which keys were destroyed, in a file outside of the databases: a restore must not bring anybody back."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


def _path() -> Path:
    return Path(settings.ERASURES)


def note_erasure(owner: UUID, *, on: datetime) -> None:
    """Append one erasure and see that it is on the disk. OSError: nothing was noted, so nothing may be destroyed."""
    line = _end_of_half_a_line() + json.dumps({"owner": str(owner), "on": on.isoformat()}) + "\n"
    _path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _end_of_half_a_line() -> str:
    """A line that a crash cut off must not swallow the one after it."""
    try:
        content = _path().read_bytes()
    except FileNotFoundError:
        return ""
    return "" if content.endswith(b"\n") or not content else "\n"


def read_erasures() -> dict[UUID, datetime]:
    """Every erasure noted, with the time of the first. A last line cut off by a crash is passed over."""
    try:
        lines = _path().read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return {}
    found: dict[UUID, datetime] = {}
    for line in lines:
        try:
            entry = json.loads(line)
            found.setdefault(UUID(entry["owner"]), datetime.fromisoformat(entry["on"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found
