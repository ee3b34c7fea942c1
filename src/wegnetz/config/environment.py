"""Typed readers for environment variables; a secret may also come from a file (`NAME_FILE`)."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Read yes/no. Anything that is neither stops the start: a typo must not switch a protection off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from error


def own_path(name: str) -> str:
    """A path on this server, such as `/tiles/{z}/{x}/{y}.png`; empty where none is set."""
    value = os.environ.get(name, "")
    if value and not re.fullmatch(r"/(?!/)[\w{}./-]*", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; write a path on this server that begins with one slash.")
    return value


def secret(name: str, fallback: Path | None) -> str:
    """Read a secret from NAME, from the file NAME_FILE points to, or from the data folder.

    Raises ImproperlyConfigured when a named file cannot be read, or when there is no secret at all. Without a
    `fallback` there need be none: then it is empty.
    """
    if value := os.environ.get(name):
        return value
    named = os.environ.get(f"{name}_FILE")
    path = Path(named) if named else fallback
    if path is None:
        return ""
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        hint = f"{name}_FILE points to it" if named else f"`wegnetz up` creates it; or set {name}"
        raise ImproperlyConfigured(f"Cannot read the secret in {path} ({hint}).") from error
