"""The root of all errors that a person can do something about."""

from __future__ import annotations


class DomainError(Exception):
    """Something the caller asked for cannot be done. Subclasses carry data; `desk` and `exchange` word it."""


class GoneError(DomainError):
    """What was asked for was erased. To whoever asks, it looks as if it had never been there."""
