"""News between packages that must not import each other. One table in `config.wiring` says who listens.

An event is a frozen dataclass. Listeners run at once and in the sender's transaction: if one fails, all is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

Wiring = Mapping[type, tuple[Callable[[Any], None], ...]]


def emit(event: object) -> None:
    """Hand an event to every function the wiring table names for its type."""
    wiring = cast("Wiring", import_string(settings.EVENT_WIRING))
    for listener in wiring.get(type(event), ()):
        listener(event)
