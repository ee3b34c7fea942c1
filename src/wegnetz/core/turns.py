"""How often something is asked for: whoever holds a secret link may not ask without end."""

from __future__ import annotations

from typing import Final

from django.core.cache import cache

HOUR: Final = 3600  # seconds


def is_too_often(what: str, most: int) -> bool:
    """Count one more time within the hour, and say whether that is more than `most`."""
    cache.add(what, 0, HOUR)
    try:
        return cache.incr(what) > most
    except ValueError:  # it ran out just now
        return False
