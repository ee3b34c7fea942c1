"""What is wrong with a file, in one sentence."""

from __future__ import annotations


class MapFileError(ValueError):
    """The file holds no network map that can be read; the message says where and why."""
