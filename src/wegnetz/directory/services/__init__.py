"""Change contact points and offers, by hand or from a source."""

from __future__ import annotations

from wegnetz.directory.services.imports import (
    ImportWaits,
    TooManyWaitingError,
    discard_import,
    ensure_source,
    forget_imports,
    hand_in,
    hand_in_from,
    map_columns,
    take_over_import,
)
from wegnetz.directory.services.points import (
    EditConflictError,
    HandedOn,
    confirm,
    confirm_all,
    delete_offer,
    delete_point,
    give_to,
    restore_offer,
    restore_point,
    save_offer,
    save_point,
)
from wegnetz.directory.services.reminders import ask_to_confirm
from wegnetz.directory.services.search import make_searchable, rebuild_search, search_what_changed
from wegnetz.directory.services.taking import PreviewChangedError, take_over
from wegnetz.directory.services.weeks import forget_past_weeks, set_week
from wegnetz.directory.services.work import waiting_imports, work_on_import

__all__ = [
    "EditConflictError",
    "HandedOn",
    "ImportWaits",
    "PreviewChangedError",
    "TooManyWaitingError",
    "ask_to_confirm",
    "confirm",
    "confirm_all",
    "delete_offer",
    "delete_point",
    "discard_import",
    "ensure_source",
    "forget_imports",
    "forget_past_weeks",
    "give_to",
    "hand_in",
    "hand_in_from",
    "make_searchable",
    "map_columns",
    "rebuild_search",
    "restore_offer",
    "restore_point",
    "save_offer",
    "save_point",
    "search_what_changed",
    "set_week",
    "take_over",
    "take_over_import",
    "waiting_imports",
    "work_on_import",
]
