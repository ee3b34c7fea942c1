"""Change contact points and offers, by hand or from a source."""

from __future__ import annotations

from wegnetz.directory.services.imports import ensure_source, take_over
from wegnetz.directory.services.points import (
    EditConflictError,
    confirm,
    delete_offer,
    delete_point,
    give_to,
    restore_offer,
    restore_point,
    save_offer,
    save_point,
)

__all__ = [
    "EditConflictError",
    "confirm",
    "delete_offer",
    "delete_point",
    "ensure_source",
    "give_to",
    "restore_offer",
    "restore_point",
    "save_offer",
    "save_point",
    "take_over",
]
